import { statSync } from 'node:fs';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

/** The connections to PostgreSQL, and the statements that wait for one. */
export interface PoolState {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Undefined on SQLite, which has no pool. */
export function readPool({ options, driver, isInitialized }: DataSource): PoolState | undefined {
  if (options.type !== 'postgres' || !isInitialized) return undefined;
  const { totalCount, idleCount, waitingCount } = (driver as PostgresDriver).master as pg.Pool;
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * The size of a database. SQLite’s log is its write-ahead log; that of PostgreSQL belongs to the whole
 * server. Undefined if the database does not respond.
 */
export async function readStoredBytes(
  source: DataSource,
): Promise<{ readonly data: number; readonly log?: number } | undefined> {
  const { type, database } = source.options;
  if (!source.isInitialized) return undefined;
  if (type !== 'postgres')
    return { data: sizeOf(String(database)), log: sizeOf(`${String(database)}-wal`) };
  try {
    const [row] = await source.query<{ bytes: string }[]>(
      'SELECT pg_database_size(current_database()) AS bytes',
    );
    return row && { data: Number(row.bytes) };
  } catch {
    return undefined;
  }
}
