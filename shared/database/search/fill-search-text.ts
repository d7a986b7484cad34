import type { QueryRunner } from 'typeorm';
import { toSearchText } from './search.js';

const pageSize = 500;

/**
 * For a migration: writes `search_text`, or another column, of every row of a table anew from these columns, as `toSearchText`
 * writes it now. The present `search_text` can be one of them: a text that is folded again loses nothing.
 * @example await fillSearchText(queryRunner, 'events', ['title', 'city', 'venue']);
 */
export async function fillSearchText(
  queryRunner: QueryRunner,
  table: string,
  columns: readonly string[],
  target = 'search_text',
): Promise<void> {
  const isPostgres = queryRunner.connection.options.type === 'postgres';
  const [first, second] = isPostgres ? ['$1', '$2'] : ['?', '?'];
  const names = columns.map((column) => `"${column}"`).join(', ');
  const page = `SELECT "id", ${names} FROM "${table}" WHERE "id" > ${first} ORDER BY "id" LIMIT ${pageSize}`;
  const change = `UPDATE "${table}" SET "${target}" = ${first} WHERE "id" = ${second}`;
  let rows: Record<string, string | null>[] = [];
  for (let after = ''; ; after = rows.at(-1)?.['id'] ?? '') {
    rows = await queryRunner.query(page, [after]);
    for (const row of rows) {
      const text = toSearchText(...columns.map((column) => row[column]));
      await queryRunner.query(change, [text, row['id']]);
    }
    if (rows.length < pageSize) return;
  }
}
