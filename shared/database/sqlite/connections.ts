import type { Database } from 'sqlite3';
import { DataSource, QueryFailedError } from 'typeorm';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';

/** Shorter than the hub’s deadline for a partner, so that a caller learns the reason. */
const sqliteBusyTimeoutMs = 3_000;

/** Settings that make SQLite durable, and the values that it must confirm. */
const sqlitePragmas = [
  // First, so that the others wait while another process is working.
  { name: 'busy_timeout', value: String(sqliteBusyTimeoutMs), accepted: [sqliteBusyTimeoutMs] },
  { name: 'journal_mode', value: 'WAL', accepted: ['wal', 'memory'] },
  { name: 'synchronous', value: 'FULL', accepted: [2] },
  { name: 'foreign_keys', value: 'ON', accepted: [1] },
  // Deleted data is overwritten in the file.
  { name: 'secure_delete', value: 'ON', accepted: [1] },
] as const;

/** @throws if SQLite does not accept a setting */
export async function setSqlitePragmas(source: DataSource): Promise<void> {
  for (const { name, value, accepted } of sqlitePragmas) {
    await source.query(`PRAGMA ${name} = ${value}`);
    const [row] = await source.query<Record<string, unknown>[]>(`PRAGMA ${name}`);
    const actual = Object.values(row ?? {})[0];
    if (!(accepted as readonly unknown[]).includes(actual)) {
      throw new Error(`SQLite refuses ${name}=${value}: it is ${String(actual)}.`);
    }
  }
}

const writers = new WeakMap<DataSource, Promise<DataSource>>();

const isInMemory = (source: DataSource): boolean =>
  source.options.type === 'sqlite' && source.options.database === ':memory:';

/**
 * The connection that writes to a SQLite database. TypeORM has one connection to a database, on
 * which readers would see uncommitted data. So writers have their own. It is opened on first use,
 * and closed with the database. A database in memory has only one connection.
 */
export function writerOf(source: DataSource): Promise<DataSource> {
  const known = writers.get(source);
  if (known) return known;
  const writer = isInMemory(source) ? Promise.resolve(source) : openWriter(source);
  writers.set(source, writer);
  // A connection that could not be opened is tried again.
  writer.catch(() => writers.delete(source));
  return writer;
}

async function openWriter(source: DataSource): Promise<DataSource> {
  const writer = new DataSource(source.options);
  await writer.initialize();
  try {
    await setSqlitePragmas(writer);
  } catch (error) {
    await writer.destroy();
    throw error;
  }
  closeWith(source, writer);
  return writer;
}

function closeWith(source: DataSource, writer: DataSource): void {
  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    writers.delete(source);
    if (writer.isInitialized) await writer.destroy();
    await destroy();
  };
}

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
