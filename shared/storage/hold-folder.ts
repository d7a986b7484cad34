import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { sqliteDriver } from '../database/sqlite/sqlite-driver.js';
import { describeFileError } from '../system/file-error.js';
import { DatabaseRefused } from './refuse-database.js';

/** The empty file on which one process has SQLite’s exclusive lock. */
const lockName = 'in-use.lock';

/**
 * Holds a folder for one process, until the hold is disposed of or the process ends in any way: it
 * is a lock of the system. Undefined if another process holds the folder.
 * @throws {@link DatabaseRefused} if the folder cannot be written
 */
export async function holdFolder(folder: string): Promise<AsyncDisposable | undefined> {
  const path = join(folder, lockName);
  const source = new DataSource({ type: 'sqlite', driver: sqliteDriver, database: path });
  try {
    await source.initialize();
    // On the connection itself, because TypeORM would begin another kind of transaction.
    await source.query('BEGIN EXCLUSIVE');
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    if ((error as { driverError?: { code?: unknown } }).driverError?.code === 'SQLITE_BUSY') return;
    const problem = describeFileError(error, path);
    throw problem ? new DatabaseRefused(problem, { cause: error }) : error;
  }
  return { [Symbol.asyncDispose]: () => source.destroy() };
}
