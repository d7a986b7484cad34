import { tokens } from '@hub/shared/identity';
import { ConfigError, digestOf } from '@hub/shared/system';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';

/** A program whose operations its owner has written down. */
export interface Application {
  readonly name: string;
  readonly version: string;
  /** The code of the organisation that is responsible for it. */
  readonly owner: string;
  /** True if it comes with the hub, and is trusted in every mode. */
  readonly isOwn?: boolean;
  /** The text of each operation, by its SHA-256 hash in hexadecimal. */
  readonly documents: ReadonlyMap<string, string>;
}

/**
 * What happens to an operation that is not a trusted document: with `off` and `prefer` it runs, with
 * `log` it runs and is logged, with `only` it is refused. With `off`, ids are not known either.
 */
const modes = ['off', 'log', 'prefer', 'only'] as const;
export type TrustMode = (typeof modes)[number];

/** A mode for each kind of caller. A partner’s own server asks what its code needs. */
export const callers = ['anonymous', ...tokens.roles.filter((role) => role !== 'service')] as const;
export type TrustModes = Readonly<Record<(typeof callers)[number], TrustMode>>;

export interface Trust {
  readonly applications: readonly Application[];
  readonly modes: TrustModes;
}

const modesOf = (modeOf: (caller: (typeof callers)[number]) => TrustMode): TrustModes =>
  Object.fromEntries(callers.map((caller) => [caller, modeOf(caller)])) as TrustModes;

/** Without a file, no application is registered. */
export const noTrust: Trust = { applications: [], modes: modesOf(() => 'off') };

const fileForm = z.strictObject({
  modes: z.partialRecord(z.enum(callers), z.enum(modes)).default({}),
  applications: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        version: z.string().min(1).max(50),
        owner: z.string().min(1).max(200),
        manifest: z.string().min(1),
      }),
    )
    .default([]),
});

/** The manifest that GraphQL code generator writes: the text of each operation by its hash. */
const manifestForm = z.record(
  // Its earlier versions wrote the hash alone.
  z.string().regex(/^(?:sha256:)?[0-9a-f]{64}$/),
  z.string().min(1),
);

function readJson<T>(file: string, form: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const { data, error } = form.safeParse(value);
  if (data !== undefined) return data;
  const errors = error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  throw new ConfigError(`${file}: ${errors.join('; ')}`);
}

/**
 * Reads a manifest.
 * @throws `ConfigError` if it cannot be read, or if a hash is not that of its text
 */
export function readManifest(file: string): ReadonlyMap<string, string> {
  const documents = Object.entries(readJson(file, manifestForm)).map(
    ([id, text]) => [id.replace('sha256:', ''), text] as const,
  );
  for (const [hash, text] of documents) {
    if (digestOf(text) !== hash)
      throw new ConfigError(`${file}: ${hash} is not the hash of its document.`);
  }
  return new Map(documents);
}

/**
 * Reads the file of `HUB_TRUSTED_DOCUMENTS`. Paths of manifests start at its folder.
 * @throws `ConfigError`
 */
export function readTrust(file: string): Trust {
  const { applications, modes: set } = readJson(file, fileForm);
  const folder = dirname(file);
  return {
    modes: modesOf((caller) => set[caller] ?? 'prefer'),
    applications: applications.map(({ manifest, ...application }) => ({
      ...application,
      documents: readManifest(resolve(folder, manifest)),
    })),
  };
}
