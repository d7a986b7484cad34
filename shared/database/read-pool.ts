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
