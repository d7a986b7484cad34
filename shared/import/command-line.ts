import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportKind } from './kind.js';
import type { ImportFile } from './read-table.js';

/** An invalid command line. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command line of an import. */
export interface ImportCommand {
  readonly file: ImportFile;
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  /** The flags for the partner’s configuration, which choose the database. */
  readonly configFlags: readonly string[];
}

const namesOf = (kinds: readonly ImportKind[]): string => kinds.map(({ name }) => name).join(', ');

export const describeUsage = (kinds: readonly ImportKind[]): string =>
  [
    'Usage: npm run import -- <file.csv|file.xlsx> [--dry-run] [--kind <kind>] [--sheet <name>] [--partner <code>] [--facts-only]',
    `  The kind is the beginning of the file’s name, or --kind: ${namesOf(kinds)}.`,
    '  --dry-run    lists up to 1,000 errors and the changes, and writes nothing',
    '  --sheet      the sheet of a workbook (default: the first)',
    '  --partner    the partner, if the folder serves several; DATABASE_URL as for the server',
    '  --columns    prints the columns of each kind',
  ].join('\n');

/** The kind from the flag, or from the file’s name: `officers-2026.csv`, `Experts (2).xlsx`. */
function chooseKind(
  kinds: readonly ImportKind[],
  asked: string | undefined,
  path: string,
): ImportKind {
  const [word = ''] = asked === undefined ? basename(path).split(/[^A-Za-z]/) : [asked];
  const kind = kinds.find(({ name }) => name === word.toLowerCase());
  if (kind) return kind;
  const hint =
    asked === undefined
      ? 'The file’s name does not begin with a kind. Use --kind'
      : '--kind must be';
  throw new UsageError(`${hint} one of ${namesOf(kinds)}.`);
}

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        columns: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        'facts-only': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        kind: { type: 'string' },
        partner: { type: 'string' },
        sheet: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * Parses the command line of an import. Returns `help` or `columns` for these flags.
 * @param folder the start of relative paths
 * @throws {@link UsageError}
 */
export function readCommand(
  argv: readonly string[],
  kinds: readonly ImportKind[],
  folder: string,
): ImportCommand | 'help' | 'columns' {
  const { values, positionals } = readArguments(argv);
  if (values.help) return 'help';
  if (values.columns) return 'columns';
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) {
    throw new UsageError(`Give exactly one file.\n${describeUsage(kinds)}`);
  }
  return {
    file: { path: resolve(folder, path), sheet: values.sheet },
    kind: chooseKind(kinds, values.kind, path),
    dryRun: values['dry-run'],
    configFlags: [
      ...(values.partner === undefined ? [] : ['--partner', values.partner]),
      ...(values['facts-only'] ? ['--facts-only'] : []),
    ],
  };
}
