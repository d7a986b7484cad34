import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { writeToFile } from './lost-file.js';
import { readSqlite } from './read-sqlite.js';
import { writerOf } from './writer.js';

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** What is under way or waits on each SQLite database. */
const queues = new WeakMap<DataSource, Promise<unknown>>();

/**
 * Does work in one transaction: all of it is committed, or nothing.
 *
 * On SQLite it runs on a connection of its own, so that nobody reads what is not committed; two transactions cannot be
 * open at one time there: they wait for each other, and begin by taking the right to write, so that another process’s
 * write is waited for and cannot come between what is read and what is written. Do not begin one inside another: it
 * would wait for itself.
 * @throws what the work throws, after undoing it.
 */
export function inTransaction<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  if (source.options.type !== 'sqlite') return source.transaction(work);
  return writeInFile(source, (writer) => runOnSqlite(writer.createQueryRunner(), work));
}

const listeners = new WeakMap<DataSource, () => void>();

/** Calls somebody after each transaction that was committed on a SQLite database. */
export function onCommit(source: DataSource, listener: () => void): void {
  listeners.set(source, listener);
}

/**
 * Does what needs a SQLite database’s writer alone, after all that came before.
 * @throws `LostFile` where its file was lost before it is done: what was committed to a file that is gone is not kept
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
 * Takes what SQLite’s log holds into the file, in its turn. Passive: it waits for nobody, and what others still read stays
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
      // None is open where SQLite undid it by itself. TypeORM still counts one, and would never begin another.
      await runner.query('BEGIN');
      await runner.rollbackTransaction();
    });
    throw error;
  }
}

/**
 * Runs one statement that writes a SQLite database, in its turn. It is a transaction by itself: all of it is committed
 * when this resolves, or nothing.
 * @returns what its `RETURNING` returns
 */
export function writeAtOnce<Row>(
  source: DataSource,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  return writeInFile(source, (writer) => readSqlite<Row>(writer, text, parameters));
}

/** The name of PostgreSQL’s lock for those who write in turn: a number of our own. */
const turn = 7_640_000_002;

/**
 * As {@link inTransaction}, and one after the other on either database: what a rule has read of any row is still true
 * when the work is committed. A partner’s writes are few; that they wait for each other costs nothing that is noticed.
 */
export function writeInTurn<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  return inTransaction(source, async (manager) => {
    if (source.options.type === 'postgres') {
      // What is acknowledged is on disk, also where the server’s setting would acknowledge earlier.
      await manager.query(
        `SELECT set_config('synchronous_commit', 'on', true), pg_advisory_xact_lock($1)`,
        [turn],
      );
    }
    return work(manager);
  });
}

/** With SQLite’s own wait in the last attempt this is less than the hub waits for a partner. */
const overwritingMs = 1_000;

/** Another process that overwrites the log refuses at once whoever would do the same. */
const betweenAttemptsMs = 20;

/**
 * Does work that removes what must not stay readable anywhere: as {@link writeInTurn}, and what SQLite’s log still
 * holds of it is overwritten before this returns, or anybody else writes: a log is not overwritten while its writer is
 * in a transaction. PostgreSQL removes old rows by its own VACUUM.
 * @throws when readers keep the log from being overwritten; the work is committed then, and may be repeated.
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
    // It waits for readers as long as the busy timeout says.
    const [row] = await writer.query<{ busy: number }[]>('PRAGMA wal_checkpoint(TRUNCATE)');
    if (row?.busy === 0) return;
    await wait(betweenAttemptsMs);
  } while (performance.now() - begun < overwritingMs);
  throw new Error('The log of the database is in use and could not be overwritten.');
}
