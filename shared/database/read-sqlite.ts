import type { Database } from 'sqlite3';
import { QueryFailedError, type DataSource } from 'typeorm';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';

/**
 * Runs a reading as TypeORM does on SQLite, and fails as it does; without the runner, the events and the promises that
 * it makes for each: they took longer than all else that is done here for a reading.
 */
export function readSqlite<Row>(
  source: DataSource,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  // It says itself what is wrong with one that has been closed.
  if (!source.isInitialized) return source.query<Row[]>(text, [...parameters]);
  const connection = (source.driver as SqliteDriver).databaseConnection as Database;
  const given = [...parameters];
  source.logger.logQuery(text, given);
  return new Promise((resolve, reject) => {
    connection.all<Row>(text, given, (error, rows) => {
      if (!error) return resolve(rows);
      source.logger.logQueryError(error, text, given);
      reject(new QueryFailedError(text, given, error));
    });
  });
}
