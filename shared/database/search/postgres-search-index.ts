import { QueryFailedError, type QueryRunner } from 'typeorm';
import type { SearchIndex } from './search-index.js';

/** The number of PostgreSQL’s advisory lock for creating the indexes. */
const lock = 7_640_000_004;

/** The server has no such extension, or this user may not create it, or has it in another schema. */
const refusals: ReadonlySet<unknown> = new Set(['0A000', '42501', '42704', '58P01']);

/** The pattern of `LIKE` for the texts that contain a term. */
export const toPattern = (term: string): string => `%${term.replaceAll(/[\\%_]/g, '\\$&')}%`;

/**
 * Creates the indexes that are missing. Processes of one partner do so one after the other.
 * @returns false if the database does not allow them
 */
export async function indexOnPostgres(
  runner: QueryRunner,
  indexes: readonly SearchIndex[],
): Promise<boolean> {
  const found: { name: string }[] = await runner.query(
    `SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()`,
  );
  const known = new Set(found.map(({ name }) => name));
  const missing = indexes.filter(({ name }) => !known.has(name));
  if (missing.length === 0) return true;
  // Like migrations, without a time limit.
  await runner.query('SET statement_timeout = 0; SET lock_timeout = 0');
  await runner.query('SELECT pg_advisory_lock($1)', [lock]);
  try {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    for (const { name, table, column } of missing)
      await runner.query(
        `CREATE INDEX IF NOT EXISTS "${name}" ON "${table}" USING gin ("${column}" gin_trgm_ops)`,
      );
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
    await runner.query('RESET statement_timeout; RESET lock_timeout');
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  refusals.has((error.driverError as { readonly code?: unknown }).code);
