import type { Database } from 'sqlite3';
import { QueryFailedError, type DataSource } from 'typeorm';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';

/**
 * Runs a read on SQLite as TypeORM does, with the same errors, but without TypeORM’s runner, events
 * and promises. They took longer than everything else in a read.
 */
export function readSqlite<Row>(
  source: DataSource,
  text: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  // TypeORM has its own error for a closed database.
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
