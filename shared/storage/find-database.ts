import type { DataSource } from 'typeorm';
import type { FoundDatabase } from './refuse-database.js';

/** The names of all tables. */
export async function listTables(source: DataSource): Promise<readonly string[]> {
  const rows = await source.query<{ name: string }[]>(
    source.options.type === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()`,
  );
  return rows.map(({ name }) => name);
}

interface StoredMark {
  readonly id: string;
  readonly partner: string;
  readonly logs_begun?: number;
}

/** What is in a database, whatever version of the code made it. */
export async function lookInto(source: DataSource): Promise<FoundDatabase> {
  const tables = await listTables(source);
  const [mark] = tables.includes('database_mark')
    ? await source.query<StoredMark[]>('SELECT * FROM "database_mark"')
    : [];
  const isEmpty = tables.length === 0;
  if (!mark) return { isEmpty, mark: undefined };
  // An earlier version's has no count.
  const { id, partner, logs_begun: logsBegun = 0 } = mark;
  return { isEmpty, mark: { id, partner, logsBegun } };
}
