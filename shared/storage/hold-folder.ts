import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { sqliteDriver } from '../database/sqlite/sqlite-driver.js';
import { describeFileFault } from '../files/index.js';
import { DatabaseRefused } from './refuse-database.js';

/** The empty file of which one process at a time has SQLite’s exclusive lock. */
const lockName = 'in-use.lock';

/**
 * Holds a folder for one process, until it is disposed of or the process ends, however that happens: the lock is the system’s
 * own. Undefined where another process holds it.
 * @throws {@link DatabaseRefused} where the folder cannot be written
 */
export async function holdFolder(folder: string): Promise<AsyncDisposable | undefined> {
  const path = join(folder, lockName);
  const source = new DataSource({ type: 'sqlite', driver: sqliteDriver, database: path });
  try {
    await source.initialize();
    // On the connection itself: TypeORM would begin a transaction of its own kind.
    await source.query('BEGIN EXCLUSIVE');
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    if ((error as { driverError?: { code?: unknown } }).driverError?.code === 'SQLITE_BUSY') return;
    const fault = describeFileFault(error, path);
    throw fault ? new DatabaseRefused(fault, { cause: error }) : error;
  }
  return { [Symbol.asyncDispose]: () => source.destroy() };
}
