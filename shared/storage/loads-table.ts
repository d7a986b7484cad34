import type { DataSource } from 'typeorm';

/** The table of loads into a database. It is created on first use, not by a migration. */
export async function createLoadsTable(source: Pick<DataSource, 'query'>): Promise<void> {
  await source.query('CREATE TABLE IF NOT EXISTS "loads" ("name" varchar PRIMARY KEY)');
}
