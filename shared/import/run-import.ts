import { basename } from 'node:path';
import { QueryFailedError } from 'typeorm';
import type { ReadConfig } from '../partner/config/config.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { openPartner } from '../partner/partner.js';
import { silentLogger } from '../system/logger.js';
import { keepFilesPrivate } from '../system/private-files.js';
import type { Column } from './column.js';
import { describeUsage, readCommand, type ImportCommand } from './command-line.js';
import { readFolder } from './config.js';
import { describeFault, type Fault } from './fault.js';
import { importFile, type ImportProgress, type ImportSummary } from './import-file.js';
import type { ImportKind } from './kind.js';
import { columnsOf } from './read-record.js';

export interface RunImportOptions {
  readonly definition: PartnerDefinition;
  readonly kinds: readonly ImportKind[];
  readonly readConfig: ReadConfig;
  /** @default the process’s */
  readonly argv?: readonly string[];
  /** Prints results: errors, and what was done. @default standard output */
  readonly print?: (text: string) => void;
  /** Prints progress, and why nothing was done. @default standard error */
  readonly tell?: (text: string) => void;
}

/** The most errors that are listed. The summary counts all of them. */
const mostFaults = { import: 100, dryRun: 1_000 } as const;
const progressMs = 1_000;

const inWords = (number: number): string => number.toLocaleString('en');

/** Prints the progress of an import, at most once a second. */
function createProgress(name: string, tell: (text: string) => void) {
  let told = Date.now();
  return ({ phase, rows, of }: ImportProgress) => {
    if (Date.now() - told < progressMs) return;
    told = Date.now();
    const all = of === undefined ? '' : ` of ${inWords(of)}`;
    tell(`${name}: ${inWords(rows)}${all} rows ${phase}\n`);
  };
}

/**
 * Lists the first errors: for an import as many as can be read, for a dry run as many as can be
 * worked through.
 */
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
    const number = faults === 1 ? '1 error' : `${inWords(faults)} errors`;
    return `${name}: ${number}. Nothing was written.\n`;
  }
  const counts = dryRun
    ? `${inWords(added)} to add, ${inWords(changed)} to change, ${inWords(unchanged)} unchanged. Nothing was written: a dry run.`
    : `${inWords(added)} added, ${inWords(changed)} changed, ${inWords(unchanged)} unchanged.`;
  return `${name}: ${rows === 1 ? '1 row' : `${inWords(rows)} rows`}: ${counts}\n`;
}

const databaseFaults: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'The database is busy, because another process is writing. Try again.',
  SQLITE_FULL: 'The disk is full.',
  '23505': 'Another process wrote one of these records at the same time. Try again.',
};

/**
 * Why nothing was done. The database’s own message may contain values, so only its code is shown.
 */
function explain(error: unknown, name: string): string {
  if (error instanceof QueryFailedError) {
    const { code = 'no code' } = error.driverError as { readonly code?: string };
    return databaseFaults[code] ?? `The database returned an error: ${code}.`;
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${name}: does not exist.`;
  if (code === 'EISDIR') return `${name}: is a folder.`;
  return error instanceof Error ? error.message : String(error);
}

const describeColumn = ([name, { about, form, isNeeded }]: [string, Column<unknown>]): string =>
  `| \`${name}\` | ${isNeeded ? 'yes' : ''} | ${form} | ${about} |`;

/** The columns of a partner’s kinds of files. `id` is the same in all. */
function describeColumns(kinds: readonly ImportKind[]): string {
  return kinds
    .map((kind) => {
      return [
        `## ${kind.name}`,
        `${kind.about} The first row: \`${Object.keys(columnsOf(kind)).join(',')}\``,
        '',
        '| column | needed | form | meaning |',
        '|---|---|---|---|',
        ...Object.entries(kind.columns).map(describeColumn),
      ].join('\n');
    })
    .join('\n\n');
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
  // As at the start of the server: migrations run, and the first content is loaded.
  const logger = silentLogger;
  await using server = await openPartner(definition, {
    ...config,
    logger,
    // An operator who imports records allows the database to be empty.
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
 * Runs an import in a process of its own, with or without the partner’s server.
 * @returns the exit code: 0, or 1 if there are errors. Then nothing was written.
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
