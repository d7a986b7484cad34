import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Head } from '../../../records/chain/chain.js';
import { hashForm } from '../../../system/digest.js';
import { UsageError } from '../../../system/settings/read-environment.js';

const usage = `Usage:
  disclosures verify (--partner CODE | --database URL) [--at-least N --hash H] [--archive FILE]…
  disclosures verify --archive FILE…
  disclosures close (--partner CODE | --database URL) --until DATE --to FILE
  disclosures heads --partner CODE [--to FILE] [--openings FILE]
  disclosures hand-in --partner CODE

  --partner CODE   the database of this partner in the data folder
  --database URL   sqlite:PATH or postgres://…, for a partner that keeps its own
  --at-least N     the record had N links when somebody noted its end …
  --hash H         … and link N had this hash
  --archive FILE   an archive of the record: all of them, from the first on
  --until DATE     2026-01-31 or 2026-01-31T00:00:00Z: links from before it are archived
  --to FILE        the archive to write, or a copy of all partners’ heads; it must not exist
  --openings FILE  the file to write for an auditor: what this partner’s own heads hide; it must not exist`;

/** Whose record: a partner or a database. Neither if only archives are verified. */
export interface WhoseRecord {
  readonly partner?: string | undefined;
  readonly database?: string | undefined;
}

/** About the heads of a partner’s record. */
export type HeadOptions = HeadsOptions | { readonly command: 'hand-in'; readonly partner: string };

export interface HeadsOptions {
  readonly command: 'heads';
  readonly partner: string;
  readonly to?: string | undefined;
  /** Where to write what the partner’s own heads hide. */
  readonly openings?: string | undefined;
}

export type DisclosureOptions =
  | HeadOptions
  | (WhoseRecord &
      (
        | {
            readonly command: 'verify';
            readonly noted: Head | undefined;
            readonly archives: readonly string[];
          }
        | { readonly command: 'close'; readonly until: Date; readonly to: string }
      ));

const whose = { partner: z.string().optional(), database: z.string().optional() };

const verifySchema = z.strictObject({
  ...whose,
  'at-least': z.coerce.number().int().min(1).optional(),
  hash: z.string().regex(hashForm, 'must be a hash of 64 hexadecimal digits').optional(),
  archive: z.array(z.string()).default([]),
});

const closeSchema = z.strictObject({
  ...whose,
  until: z
    .string('is required')
    .regex(/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/, 'must be a date or a time')
    .transform((text) => new Date(text))
    .refine((date) => !Number.isNaN(date.getTime()), 'must be a date or a time'),
  to: z.string('is required').min(1),
});

const headsSchema = z.strictObject({
  partner: z.string('is required'),
  to: z.string().min(1).optional(),
  openings: z.string().min(1).optional(),
});
const handInSchema = headsSchema.omit({ to: true, openings: true });

const refuse = (message: string): UsageError => new UsageError(`${message}\n\n${usage}`);

/** Parses the command line of `disclosures`. @throws {@link UsageError} */
export function readDisclosureOptions(argv: readonly string[]): DisclosureOptions {
  const { positionals, values } = parse(argv);
  const command = positionals.join(' ');
  if (command === 'verify') {
    const { 'at-least': links, hash, archive, ...given } = check(verifySchema, values);
    if ((links === undefined) !== (hash === undefined)) {
      throw refuse('--at-least and --hash must be used together.');
    }
    checkWhose(given, archive.length > 0);
    const noted = links !== undefined && hash !== undefined ? { links, hash } : undefined;
    return { command, ...given, noted, archives: archive };
  }
  if (command === 'heads') return { command, ...check(headsSchema, values) };
  if (command === 'hand-in') return { command, ...check(handInSchema, values) };
  if (command !== 'close') throw refuse(`Unknown command: disclosures ${command}`);
  const { until, to, ...given } = check(closeSchema, values);
  checkWhose(given, false);
  return { command, ...given, until, to };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        partner: text,
        database: text,
        'at-least': text,
        hash: text,
        archive: { type: 'string', multiple: true },
        until: text,
        to: text,
        openings: text,
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw refuse((error as Error).message);
  }
}

function check<Schema extends z.ZodType>(schema: Schema, values: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse({ ...(values as object) });
  if (data !== undefined) return data;
  throw refuse(
    error?.issues
      .map(({ path, message }) => (path.length > 0 ? `--${path.join('.')} ${message}` : message))
      .join('\n') ?? 'The command line is invalid.',
  );
}

function checkWhose({ partner, database }: WhoseRecord, mayBeNone: boolean): void {
  const given = [partner, database].filter((one) => one !== undefined);
  if (given.length === 1 || (given.length === 0 && mayBeNone)) return;
  throw refuse('Use --partner or --database to choose a record.');
}
