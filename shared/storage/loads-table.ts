import type { DataSource } from 'typeorm';

/** The table of what a database was filled with. It is made when it is first needed, by no migration. */
export async function createLoadsTable(source: Pick<DataSource, 'query'>): Promise<void> {
  await source.query('CREATE TABLE IF NOT EXISTS "loads" ("name" varchar PRIMARY KEY)');
}
