import type { DataSource } from 'typeorm';

/**
 * Reads every row of every table, as sorted texts, to see whether anything was written. It is one
 * statement, because tests of refusals read the tables before and after each of them.
 */
export async function readEveryRow(source: DataSource): Promise<string[]> {
  const quote = source.options.type === 'postgres' ? 'quote_nullable' : 'quote';
  const tables = source.entityMetadatas.map(({ tableName, columns }) => {
    const values = columns.map(({ databaseName }) => `${quote}("${databaseName}")`);
    const row = [`'${tableName}'`, ...values].join(` || ',' || `);
    return `SELECT ${row} AS "row" FROM "${tableName}"`;
  });
  const rows = await source.query<{ row: string }[]>(tables.join(' UNION ALL '));
  return rows.map(({ row }) => row).toSorted();
}
