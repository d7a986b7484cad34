import { basename } from 'node:path';
import { QueryFailedError } from 'typeorm';
import type { Environment, PartnerConfig } from '../config/index.js';
import { keepFilesPrivate } from '../files/index.js';
import { openPartner, type PartnerDefinition } from '../partner/index.js';
import { silentLogger } from '../telemetry/index.js';
import { describeUsage, readCommand, type ImportCommand } from './command-line.js';
import { readFolder } from './config.js';
import { describeColumns } from './describe-columns.js';
import { describeFault, type Fault } from './fault.js';
import { importFile, type ImportProgress, type ImportSummary } from './import-file.js';
import type { ImportKind } from './kind.js';

export interface RunImportOptions {
  readonly definition: PartnerDefinition;
  readonly kinds: readonly ImportKind[];
  /** The partner’s own. */
  readonly readConfig: (
    environment: Environment | undefined,
    argv: readonly string[],
  ) => PartnerConfig;
  /** @default the process’s */
  readonly argv?: readonly string[];
  /** Takes what is asked for: faults, and what was done. @default the standard output */
  readonly print?: (text: string) => void;
  /** Takes progress, and why nothing was done. @default the error output */
  readonly tell?: (text: string) => void;
}

/** Faults that are listed. The summary counts all of them. */
const mostFaults = { import: 100, dryRun: 1_000 } as const;
const progressMs = 1_000;

const inWords = (number: number): string => number.toLocaleString('en');

/** Tells how far an import has come, each second at most. */
function createProgress(name: string, tell: (text: string) => void) {
  let told = Date.now();
  return ({ phase, rows, of }: ImportProgress) => {
    if (Date.now() - told < progressMs) return;
    told = Date.now();
    const all = of === undefined ? '' : ` of ${inWords(of)}`;
    tell(`${name}: ${inWords(rows)}${all} rows ${phase}\n`);
  };
}

/** Lists the first faults: an import as many as can be read, a dry run as many as can be worked through. */
function createFaultList(dryRun: boolean, print: (text: string) => void) {
  const most = dryRun ? mostFaults.dryRun : mostFaults.import;
  const hint = dryRun ? '' : `: --dry-run lists ${inWords(mostFaults.dryRun)}`;
  let found = 0;
  return (fault: Fault) => {
    found += 1;
    if (found <= most) print(`${describeFault(fault)}\n`);
    else if (found === most + 1) print(`… and more${hint}.\n`);
  };
}

function describeSummary(
  name: string,
  { rows, added, changed, unchanged, faults }: ImportSummary,
  dryRun: boolean,
): string {
  if (faults > 0) {
    const number = faults === 1 ? '1 fault' : `${inWords(faults)} faults`;
    return `${name}: ${number}. Nothing was written.\n`;
  }
  const counts = dryRun
    ? `${inWords(added)} to add, ${inWords(changed)} to change, ${inWords(unchanged)} unchanged. Nothing was written: a dry run.`
    : `${inWords(added)} added, ${inWords(changed)} changed, ${inWords(unchanged)} unchanged.`;
  return `${name}: ${rows === 1 ? '1 row' : `${inWords(rows)} rows`}: ${counts}\n`;
}

const databaseFaults: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'The database is busy: another process is writing. Try again.',
  SQLITE_FULL: 'The disk is full.',
  '23505': 'Somebody else wrote one of these records at the same time. Try again.',
};

/** Why nothing was done. A database’s own words may have values in them: its code has to do. */
function explain(error: unknown, name: string): string {
  if (error instanceof QueryFailedError) {
    const { code = 'no code' } = error.driverError as { readonly code?: string };
    return databaseFaults[code] ?? `The database refused: ${code}.`;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${name}: there is no such file.`;
  if (code === 'EISDIR') return `${name}: is a folder.`;
  return error instanceof Error ? error.message : String(error);
}

async function carryOut(
  { file, kind, dryRun, configFlags }: ImportCommand,
  { definition, readConfig }: RunImportOptions,
  print: (text: string) => void,
  tell: (text: string) => void,
): Promise<number> {
  const name = basename(file.path);
  const config = readConfig(undefined, configFlags);
  const { partner } = config;
  keepFilesPrivate();
  // As the server starts: its tables are made, and what it begins with is there.
  const logger = silentLogger;
  await using server = await openPartner(definition, {
    ...config,
    logger,
    // Who brings records says that the database may be empty.
    recognition: config.recognition && { ...config.recognition, mayBeFirst: true },
  });
  const summary = await importFile({
    source: server.source,
    partner,
    kind,
    file,
    dryRun,
    onFault: createFaultList(dryRun, print),
    onProgress: createProgress(name, tell),
  });
  print(describeSummary(name, summary, dryRun));
  return summary.faults > 0 ? 1 : 0;
}

/**
 * Runs an import as a process of its own, beside the partner’s server or without it.
 * @returns the exit code: 0, or 1 where something does not fit. Nothing has been written then.
 * @example process.exit(await runImport({ definition, kinds, readConfig }));
 */
export async function runImport(options: RunImportOptions): Promise<number> {
  const {
    kinds,
    argv = process.argv.slice(2),
    print = (text) => process.stdout.write(text),
    tell = (text) => process.stderr.write(text),
  } = options;
  let name = 'import';
  try {
    const command = readCommand(argv, kinds, readFolder());
    if (command === 'help' || command === 'columns') {
      print(`${command === 'help' ? describeUsage(kinds) : describeColumns(kinds)}\n`);
      return 0;
    }
    name = basename(command.file.path);
    return await carryOut(command, options, print, tell);
  } catch (error) {
    tell(`${explain(error, name)}\n`);
    return 1;
  }
}
