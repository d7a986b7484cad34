import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'sqlite3';
import type { DataSource } from 'typeorm';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';

/**
 * The pragmas of each look after the files. They only read. After a write of another connection,
 * preparing one reads the schema again, which took longer than the write.
 */
export const lookPragmas = ['PRAGMA data_version', 'PRAGMA wal_checkpoint(NOOP)'] as const;

/**
 * The files of an open SQLite database were replaced or removed, so writes to them would be lost.
 */
export class LostFile extends Error {
  override readonly name = 'LostFile';

  constructor({ file, how }: Loss) {
    super(`The file of the ${file} was ${how}.`);
  }
}

/** Which file of a database was lost, and how. */
export interface Loss {
  readonly file: 'database' | 'log';
  readonly how: 'removed' | 'replaced' | 'overwritten';
}

/** The state of a file when the database was opened. */
interface Opened {
  readonly path: string;
  readonly found: BigIntStats | undefined;
}

/** SQLite’s counters. While they stay the same, SQLite has not written the database’s file. */
interface Done {
  /** How many frames the log has, and how many of them were merged into the file. */
  readonly log: number;
  readonly taken: number;
  /** Changes with each commit of another connection. */
  readonly commits: number;
}

/** When the database’s file was last written, and how long it is. */
interface Written {
  readonly at: bigint;
  readonly bytes: bigint;
}

interface Files {
  readonly main: Opened;
  /**
   * SQLite keeps its log beside the real file, not beside a link to it, until the last connection
   * closes.
   */
  readonly log: Opened;
  /** The state at the last check. */
  done: Done | undefined;
  written: Written;
  loss: Loss | undefined;
  /** When the last check ended, by the process’s own clock. */
  lookedAt: number;
  looking: Promise<Loss | undefined> | undefined;
  /**
   * How many writes of this process have begun, and whether one is running, which may merge the log
   * into the file.
   */
  turns: number;
  isInTurn: boolean;
}

const opened = new WeakMap<DataSource, Files>();

/** How long a read relies on the last check. */
const trustMs = 1_000;

/** Another process may be merging the log into the file. It gets this much time. */
const attempts = 10;
const betweenAttemptsMs = 100;

/** The file at a path. Undefined if it cannot be read. */
function findFile(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const open = (path: string): Opened => ({ path, found: findFile(path) });

const toWritten = (stats: BigIntStats | undefined): Written => ({
  at: stats?.mtimeNs ?? 0n,
  bytes: stats?.size ?? 0n,
});

/** A statement is running on this connection. */
const busy: ReadonlySet<unknown> = new Set(['SQLITE_LOCKED', 'SQLITE_BUSY']);

/** SQLite rejects a file that is not a database. */
const damaged: ReadonlySet<unknown> = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/** SQLite could not finish what it had begun, because the disk is full or failed. */
const unfinished: ReadonlySet<unknown> = new Set(['SQLITE_FULL', 'SQLITE_IOERR']);

/** SQLite’s code, which TypeORM puts into an error of its own. */
const codeOf = (error: unknown): unknown => {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return driverError?.code ?? code;
};

/** Bypasses TypeORM, so that counts and logs of statements have only those of operations. */
function ask<Row>(source: DataSource, text: string): Promise<Row | undefined> {
  const connection = (source.driver as SqliteDriver).databaseConnection as Database;
  return new Promise((resolve, reject) => {
    connection.all<Row>(text, [], (error, rows) => (error ? reject(error) : resolve(rows[0])));
  });
}

/**
 * SQLite’s counters; undefined if they are not available now. This does not open the files itself,
 * because closing them would release SQLite’s locks.
 */
async function readDone(source: DataSource, before?: Done): Promise<Done | undefined> {
  if (!source.isInitialized) return undefined;
  try {
    const [dataVersion, checkpoint] = lookPragmas;
    const version = await ask<{ data_version: number }>(source, dataVersion);
    const counts = await ask<{ log: number; checkpointed: number }>(source, checkpoint);
    if (!version || !counts) return undefined;
    return { log: counts.log, taken: counts.checkpointed, commits: version.data_version };
  } catch (error) {
    const code = codeOf(error);
    if (busy.has(code)) return undefined;
    if (damaged.has(code)) return before;
    throw error;
  }
}

/**
 * Records the open files of a SQLite database, to detect when they are removed, replaced or
 * overwritten.
 */
export async function noteFiles(source: DataSource): Promise<void> {
  const { options } = source;
  if (options.type !== 'sqlite' || options.database === ':memory:') return;
  const path = String(options.database);
  const done = await readDone(source);
  const main = open(path);
  opened.set(source, {
    main,
    log: open(`${realpathSync(path)}-wal`),
    done,
    written: toWritten(main.found),
    loss: undefined,
    lookedAt: performance.now(),
    looking: undefined,
    turns: 0,
    isInTurn: false,
  });
}

/** What happened to a file. Undefined if it is still the same. */
function findMove({ path, found }: Opened): 'removed' | 'replaced' | undefined {
  if (!found) return undefined;
  const now = findFile(path);
  if (!now) return 'removed';
  return now.ino === found.ino && now.dev === found.dev ? undefined : 'replaced';
}

function findMovedFile({ main, log }: Files): Loss | undefined {
  for (const [file, opened] of Object.entries({ database: main, log })) {
    const how = findMove(opened);
    if (how) return { file: file as Loss['file'], how };
  }
  return undefined;
}

/**
 * Finds what happened to the files. The database’s file was overwritten if it was written since the
 * last check without a merge of the log by SQLite, the only time when SQLite writes it.
 */
async function findLoss(source: DataSource, files: Files): Promise<Loss | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await wait(betweenAttemptsMs);
    const { turns, isInTurn, done: before, written: writtenBefore } = files;
    const done = isInTurn ? undefined : await readDone(source, before);
    const moved = findMovedFile(files);
    const written = toWritten(findFile(files.main.path));
    // A write of this process may do both at once. It checks the files itself, before and after.
    if (moved || !done || turns !== files.turns) return moved;
    if (isDeepStrictEqual(written, writtenBefore) || !isDeepStrictEqual(done, before)) {
      Object.assign(files, { done, written });
      return undefined;
    }
  }
  return { file: 'database', how: 'overwritten' };
}

async function look(source: DataSource, files: Files): Promise<Loss | undefined> {
  // Overwritten data does not come back.
  if (files.loss?.how === 'overwritten') return files.loss;
  files.loss = await findLoss(source, files);
  files.lookedAt = performance.now();
  return files.loss;
}

/**
 * Which file of an open SQLite database was removed, replaced or overwritten; undefined if none. It
 * takes two file look-ups and two of SQLite’s shortest statements.
 */
export async function findLostFile(source: DataSource): Promise<Loss | undefined> {
  const files = opened.get(source);
  if (!files) return undefined;
  files.looking ??= look(source, files).finally(() => (files.looking = undefined));
  return files.looking;
}

/**
 * Checks the files of a SQLite database at most once a second, for read operations. Within that
 * second a read may return wrong data: rows of an older copy, of another database, or a mixture of
 * both.
 * @throws {@link LostFile} if a file of an open SQLite database was removed, replaced or
 * overwritten
 */
export function refuseLostFile(source: DataSource): void | Promise<void> {
  const files = opened.get(source);
  // After a loss it checks each time, because the file may be back.
  if (!files || (!files.loss && performance.now() - files.lookedAt < trustMs)) return undefined;
  return lookAndRefuse(source);
}

async function lookAndRefuse(source: DataSource): Promise<void> {
  const loss = await findLostFile(source);
  if (loss) throw new LostFile(loss);
}

/**
 * Runs a write on a SQLite database, and checks the files before and after it.
 * @param mayLackLog whether to run work that merges the log into the file even if the log was
 * removed or replaced
 * @throws {@link LostFile} if a file was lost before the end: the committed data is lost
 */
export async function writeToFile<Result>(
  source: DataSource,
  work: () => Promise<Result>,
  { mayLackLog = false } = {},
): Promise<Result> {
  const files = opened.get(source);
  if (!files) return work();
  const refuse = async () => {
    // A check that began earlier may have seen the earlier state.
    await files.looking;
    const loss = await findLostFile(source);
    if (loss && !(mayLackLog && loss.file === 'log')) throw new LostFile(loss);
  };
  await refuse();
  files.turns += 1;
  files.isInTurn = true;
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    // SQLite wrote as much of the log into the file as there was room for, and counts none of it.
    if (unfinished.has(codeOf(error))) files.written = toWritten(findFile(files.main.path));
    throw error;
  } finally {
    files.isInTurn = false;
  }
  await refuse();
  return result;
}
