import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createCommand, HelpShown, mustBe, type Say } from '../cli/define-command.js';
import { UsageError } from '../config.js';

const readCount = mustBe(
  (text) => (Number(text) > 0 ? Number(text) : undefined),
  'Give a number above 0.',
);

/** Names of what is there, separated by commas. */
export const readNames = (known: readonly string[]) =>
  mustBe(
    (text) => {
      const names = text.split(',').map((name) => name.trim());
      return names.every((name) => known.includes(name)) ? names : undefined;
    },
    `Give names of ${known.join(', ')}.`,
  );

/** A folder in which another build has this file. */
export const readBuild = (file: string) =>
  mustBe(
    (folder) => (existsSync(join(folder, file)) ? folder : undefined),
    `Give a folder in which ${file} was built.`,
  );

/** How long a bench measures, and whether beside another build. */
export interface Rounds {
  readonly quick?: true;
  readonly rounds?: number;
  readonly seconds?: number;
  readonly connections: number;
  readonly against?: string;
}

/** The command of a bench, with the options that all benches have. */
export const createBenchCommand = (name: string, say: Say) =>
  createCommand(name, say)
    .option('--quick', 'fewer and shorter rounds')
    .option('--rounds <n>', 'rounds in which each system has its turn', readCount)
    .option('--seconds <n>', 'how long a turn is', readCount)
    .option('--connections <n>', 'requests at a time', readCount, 16);

/**
 * Runs a bench by its command line.
 * @returns the exit code
 */
export async function runCommandLine(
  argv: readonly string[],
  tell: Say,
  read: (argv: readonly string[], say: Say) => Promise<unknown>,
): Promise<number> {
  process.setMaxListeners(0);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(130));
  try {
    await read(argv, (text) => void process.stdout.write(`${text}\n`));
    return 0;
  } catch (error) {
    if (error instanceof HelpShown) return 0;
    if (!(error instanceof UsageError)) throw error;
    tell(error.message);
    return 2;
  }
}
