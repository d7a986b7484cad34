import type { DataSource } from 'typeorm';
import { type DatabaseOptions, openDatabase } from '../database/data-source.js';
import type { TestDatabaseKind } from './databases.js';

type Tables = Pick<DatabaseOptions, 'entities' | 'migrations'>;

const readDrift = async (source: DataSource): Promise<string[]> =>
  (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);

/** The tables of entities that are there. */
async function findTables(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  const found: string[] = [];
  for (const { tableName } of source.entityMetadatas)
    if (await runner.hasTable(tableName)) found.push(tableName);
  await runner.release();
  return found;
}

/**
 * Runs the migrations on a new database, undoes them one by one and runs them again.
 * @returns the statements that would still be needed for the entities, and the tables that the undoing left
 */
export async function rehearseMigrations(
  { create }: TestDatabaseKind,
  { entities, migrations }: Tables,
): Promise<{ readonly drift: string[]; readonly left: string[] }> {
  await using database = await create();
  const source = await openDatabase({ url: database.url, entities, migrations });
  try {
    const drift = await readDrift(source);
    for (const _ of source.migrations) await source.undoLastMigration();
    const left = await findTables(source);
    await source.runMigrations();
    return { drift: [...drift, ...(await readDrift(source))], left };
  } finally {
    await source.destroy();
  }
}

/** The columns of short texts that the migrations do not let compare by code points. */
export async function findOtherCollations(
  { create }: TestDatabaseKind,
  { entities, migrations }: Tables,
): Promise<unknown[]> {
  await using database = await create();
  const source = await openDatabase({ url: database.url, entities, migrations });
  try {
    const tables = source.entityMetadatas.map(({ tableName }) => `'${tableName}'`).join(', ');
    return await source.query(
      source.options.type === 'postgres'
        ? `SELECT table_name, column_name FROM information_schema.columns
           WHERE table_name IN (${tables}) AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'`
        : `SELECT name FROM sqlite_master WHERE sql LIKE '%COLLATE%' AND tbl_name IN (${tables})`,
    );
  } finally {
    await source.destroy();
  }
}
