import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

type Work<Result> = (manager: EntityManager) => Promise<Result>;

/** What is under way or waits on each SQLite database. */
const queues = new WeakMap<DataSource, Promise<unknown>>();

/**
 * Does work in one transaction: all of it is committed, or nothing.
 *
 * TypeORM has one connection to a SQLite database, where two transactions cannot be open at one time: there they wait
 * for each other, and begin by taking the right to write, so that another process’s write is waited for and cannot
 * come between what is read and what is written. Do not begin one inside another: it would wait for itself.
 * @throws what the work throws, after undoing it.
 */
export function inTransaction<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  if (source.options.type !== 'sqlite') return source.transaction(work);
  const before = queues.get(source) ?? Promise.resolve();
  const own = before.then(() => runOnSqlite(source.createQueryRunner(), work));
  queues.set(
    source,
    own.catch(() => undefined),
  );
  return own;
}

async function runOnSqlite<Result>(runner: QueryRunner, work: Work<Result>): Promise<Result> {
  await runner.startTransaction();
  try {
    // TypeORM begins deferred transactions only; one that reads first could not write after another process has.
    await runner.query('ROLLBACK');
    await runner.query('BEGIN IMMEDIATE');
    const result = await work(runner.manager);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction().catch(async () => {
      // None is open where it failed to begin. TypeORM still counts one, and would never begin another.
      await runner.query('BEGIN');
      await runner.rollbackTransaction();
    });
    throw error;
  }
}

/**
 * Does work that removes what must not stay readable anywhere: as {@link inTransaction}, and what SQLite’s log still
 * holds of it is overwritten before this returns. PostgreSQL removes old rows by its own VACUUM.
 */
export async function erase<Result>(source: DataSource, work: Work<Result>): Promise<Result> {
  const result = await inTransaction(source, work);
  if (source.options.type === 'sqlite') await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
  return result;
}
