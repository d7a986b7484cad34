import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import {
  consentSchema,
  maintenanceSchema,
  mostConformanceCharacters,
  type Consent,
  type MaintenanceWindow,
} from '../../records/manifest/manifest.js';
import type { Logger } from '../../system/logger.js';

/** What an operator states in files, and may change while the server runs. */
export interface Statements {
  readonly maintenance: readonly MaintenanceWindow[];
  readonly consents: readonly Consent[];
  /** The statement of a check. Null for none. */
  readonly conformance: string | null;
}

export interface StatedFilesOptions {
  /** A JSON array of maintenance windows. @default none */
  readonly maintenanceFile?: string | undefined;
  /** A JSON array of consents. @default none */
  readonly consentsFile?: string | undefined;
  /** `{"conformance": "…"}`, as the check writes it. @default none */
  readonly conformanceFile?: string | undefined;
  readonly logger: Logger;
  readonly clock: () => Date;
}

const mostBytes = 1_000_000;

/**
 * Makes the function that reads the files, each again when it has changed. A missing file states
 * nothing. A file that cannot be read, or is invalid, is logged, and what it said before stays: a
 * slip of the pen must not withdraw a consent.
 */
export function createStatedFiles({
  maintenanceFile,
  consentsFile,
  conformanceFile,
  logger,
  clock,
}: StatedFilesOptions): () => Promise<Statements> {
  const isAhead = ({ to }: MaintenanceWindow) => Date.parse(to) > clock().getTime();
  const readMaintenance = createReader<readonly MaintenanceWindow[]>(
    { path: maintenanceFile, form: z.array(maintenanceSchema), nothing: [] },
    logger,
  );
  const readConsents = createReader<readonly Consent[]>(
    { path: consentsFile, form: z.array(consentSchema), nothing: [] },
    logger,
  );
  const readConformance = createReader(
    { path: conformanceFile, form: conformanceForm, nothing: { conformance: null } },
    logger,
  );
  let windows: readonly MaintenanceWindow[] = [];
  let ahead: readonly MaintenanceWindow[] = [];
  return async () => {
    const read = await readMaintenance();
    // What is past is left out when the file is read. Time alone does not change a manifest.
    if (read !== windows) ahead = read.filter(isAhead);
    windows = read;
    const consents = await readConsents();
    return { maintenance: ahead, consents, ...(await readConformance()) };
  };
}

/** Whether its signature is valid, the hub decides, which made it. */
const conformanceForm = z.strictObject({
  conformance: z
    .string()
    .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'must be a compact JWS')
    .max(mostConformanceCharacters)
    .nullable(),
});

interface StatedFile<Content> {
  readonly path: string | undefined;
  readonly form: z.ZodType<Content>;
  /** What a missing file states. */
  readonly nothing: Content;
}

function createReader<Content>({ path, form, nothing }: StatedFile<Content>, logger: Logger) {
  let known = nothing;
  let version = 'missing';
  const parse = async (file: string): Promise<Content> => {
    const text = await readFile(file, 'utf8');
    return form.parse(JSON.parse(text));
  };
  return async (): Promise<Content> => {
    if (path === undefined) return known;
    const found = await stat(path).catch(() => undefined);
    const now = found ? `${found.mtimeMs}:${found.size}:${found.ino}` : 'missing';
    if (now === version) return known;
    version = now;
    if (!found) return (known = nothing);
    try {
      if (found.size > mostBytes) throw new Error('The file is too large.');
      known = await parse(path);
    } catch (error) {
      const reason =
        error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
      logger.error({ file: path, reason }, 'a file is invalid; what it said before stays');
    }
    return known;
  };
}
