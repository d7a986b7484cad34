import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { readSqlite, writerOf } from './sqlite/connections.js';
import { writeToFile } from './sqlite/lost-file.js';

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** The transactions that run or wait on each SQLite database. */
const queues = new WeakMap<DataSource, Promise<unknown>>();

/**
 * Runs work in one transaction: all of it is committed, or nothing.
 *
 * On SQLite it runs on a separate connection, so that nobody reads uncommitted data. Only one
 * transaction can be open there, so they wait for each other. Each takes the write lock at its
 * start, so that no write of another process can come between its reads and its writes. Do not
 * start one inside another: it would wait for itself.
 * @throws what the work throws, after undoing it.
 */
export function inTransaction<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  if (source.options.type !== 'sqlite') return source.transaction(work);
  return writeInFile(source, (writer) => runOnSqlite(writer.createQueryRunner(), work));
}

const listeners = new WeakMap<DataSource, () => void>();

/** Calls a listener after each committed transaction on a SQLite database. */
export function onCommit(source: DataSource, listener: () => void): void {
  listeners.set(source, listener);
}

/**
 * Runs work on a SQLite database’s writer alone, after all earlier work.
 * @throws `LostFile` if its file was lost before the end: data committed to a removed file is lost
 */
function inTurn<Result>(
  source: DataSource,
  task: (writer: DataSource) => Promise<Result>,
  may: { readonly mayLackLog?: boolean } = {},
): Promise<Result> {
  const before = queues.get(source) ?? Promise.resolve();
  const own = before.then(() => writeToFile(source, async () => task(await writerOf(source)), may));
  queues.set(
    source,
    own.catch(() => undefined),
  );
  return own;
}

/** As {@link inTurn}, for what commits. */
async function writeInFile<Result>(
  source: DataSource,
  task: (writer: DataSource) => Promise<Result>,
): Promise<Result> {
  const result = await inTurn(source, task);
  listeners.get(source)?.();
  return result;
}

/**
 * Merges SQLite’s log into the file, in its turn. It waits for nobody: what others still read stays
 * in the log until the next time.
 */
export async function takeInLog(source: DataSource): Promise<void> {
  await inTurn(source, (writer) => writer.query('PRAGMA wal_checkpoint(PASSIVE)'), {
    mayLackLog: true,
  });
}

async function runOnSqlite<Result>(runner: QueryRunner, work: Work<Result>): Promise<Result> {
  await runner.startTransaction();
  try {
    const result = await work(runner.manager);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction().catch(async () => {
      // SQLite may have undone the transaction by itself. TypeORM still counts it, and would never
      // begin another.
      await runner.query('BEGIN');
      await runner.rollbackTransaction();
    });
    throw error;
  }
}

/**
 * Runs one statement that writes to a SQLite database, after all earlier work. It is a transaction
 * by itself.
 * @returns what its `RETURNING` returns
 */
export function writeAtOnce<Row>(
  source: DataSource,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  return writeInFile(source, (writer) => readSqlite<Row>(writer, text, parameters));
}

/** The number of PostgreSQL’s advisory lock for writes in turn. */
const turn = 7_640_000_002;

/**
 * Like {@link inTransaction}, but one after the other on both databases: what a rule has read is
 * still true when the work is committed. Partners write rarely, so waiting costs hardly anything.
 */
export function writeInTurn<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  return inTransaction(source, async (manager) => {
    if (source.options.type === 'postgres') {
      // A commit is on disk before it is acknowledged, even if the server’s setting would
      // acknowledge earlier.
      await manager.query(
        `SELECT set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock($1)`,
        [turn],
      );
    }
    return work(manager);
  });
}

/**
 * With SQLite’s own wait in the last attempt, this is shorter than the hub’s deadline for a
 * partner.
 */
const overwritingMs = 1_000;

/** If another process overwrites the log, SQLite refuses this at once. */
const betweenAttemptsMs = 20;

/**
 * Runs work that removes data which must not stay readable. Like {@link writeInTurn}, but SQLite’s
 * log is overwritten before this returns and before anybody else writes, because a log cannot be
 * overwritten during a transaction. PostgreSQL removes old rows by its own VACUUM.
 * @throws if readers keep the log from being overwritten; the work is then committed, and may be
 * repeated
 */
export function erase<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  if (source.options.type !== 'sqlite') return writeInTurn(source, work);
  return writeInFile(source, async (writer) => {
    const result = await runOnSqlite(writer.createQueryRunner(), work);
    await overwriteLog(writer);
    return result;
  });
}

async function overwriteLog(writer: DataSource): Promise<void> {
  const begun = performance.now();
  do {
    // Waits for readers as long as the busy timeout says.
    const [row] = await writer.query<{ busy: number }[]>('PRAGMA wal_checkpoint(TRUNCATE)');
    if (row?.busy === 0) return;
    await wait(betweenAttemptsMs);
  } while (performance.now() - begun < overwritingMs);
  throw new Error('The log of the database is in use and could not be overwritten.');
}
