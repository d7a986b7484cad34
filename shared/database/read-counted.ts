import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { listSortKeys, orderBy, type OrderKey } from './order.js';
import { formOfQuery, packedName, readRows, type RawRow } from './read-rows.js';
import { readSqlite } from './sqlite/connections.js';

/** The results of one statement, and so of one state of the database. */
export interface CountedRows<T> {
  readonly rows: T[];
  /**
   * The counts by key. A key whose count is 0 may be missing. Undefined if no counts were
   * requested.
   */
  readonly counts: ReadonlyMap<string, number> | undefined;
}

export interface CountedReading<T extends ObjectLiteral> {
  /** The rows, not sorted yet. */
  readonly page: SelectQueryBuilder<T>;
  readonly order: readonly OrderKey[];
  /** Selects a text `key` and a number `count`. Undefined if only rows are requested. */
  readonly counts: SelectQueryBuilder<T> | undefined;
}

/**
 * Reads sorted rows, with counts on request. Two statements could see different states, and a
 * transaction around them would hold a connection for longer.
 */
export async function readCounted<T extends ObjectLiteral>({
  page,
  order,
  counts,
}: CountedReading<T>): Promise<CountedRows<T>> {
  const isSqlite = page.connection.options.type === 'sqlite';
  orderBy(page, order);
  if (!counts) return { rows: await readRows(page), counts };
  const { form, alias } = formOfQuery(page);
  const group = isSqlite ? 'json_group_object' : 'json_object_agg';
  const counted = `(SELECT ${group}("key", "count") FROM (${counts.getQuery()}) AS "each")`;
  const parameters = { ...counts.getParameters(), ...page.getParameters() };
  const query = page.createQueryBuilder() as SelectQueryBuilder<ObjectLiteral>;
  query.select(counted, 'counts').setParameters(parameters);
  if (isSqlite && form.packed) {
    query.addSelect(form.packed, packedName).from(`(${page.getQuery()})`, 'page');
    const [text, values] = query.getQueryAndParameters();
    const found = await readSqlite<RawRow>(page.connection, text, values);
    return { rows: form.toRows(found), counts: toCounts(found[0]?.['counts']) };
  }
  // An empty page has one row without a position.
  page.addSelect(`ROW_NUMBER() OVER (ORDER BY ${listSortKeys(alias, order)})`, 'place');
  const found = await query
    .addSelect('page.*')
    .from('(SELECT 1)', 'once')
    .leftJoin(`(${page.getQuery()})`, 'page', '1 = 1')
    .orderBy('page.place')
    .getRawMany<RawRow>();
  const rows = form.toRows(found.filter(({ place }) => place !== null));
  return { rows, counts: toCounts(found[0]?.['counts']) };
}

/** PostgreSQL returns null if there is nothing to count. Its driver parses JSON. */
function toCounts(counts: unknown): ReadonlyMap<string, number> {
  const read = (typeof counts === 'string' ? JSON.parse(counts) : counts) as object | null;
  return new Map(Object.entries(read ?? {}));
}
