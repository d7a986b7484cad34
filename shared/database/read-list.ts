import type { EntityMetadata, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { orderBy, type OrderKey } from './order.js';
import { formOfQuery, nameReading } from './read-rows.js';
import type { RawRow } from './row-form.js';
import { readSqlite } from './sqlite/read-sqlite.js';

/** The statements by entity, then by alias and order. */
const texts = new WeakMap<EntityMetadata, Map<string, string>>();

/** True for a query that reads all rows of its entity, without an order yet. */
function isWholeList({
  expressionMap,
}: Pick<SelectQueryBuilder<ObjectLiteral>, 'expressionMap'>): boolean {
  const { wheres, joinAttributes, havings, groupBys, orderBys, selects, limit } = expressionMap;
  const added = [wheres, joinAttributes, havings, groupBys, Object.keys(orderBys)];
  return added.every(({ length }) => length === 0) && selects.length === 1 && limit === undefined;
}

/**
 * Reads the first rows of an unfiltered list on SQLite. The statement is built once, because
 * building it with TypeORM took longer than reading a page.
 * @returns undefined for any other list
 */
export async function readWholeList<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  order: readonly OrderKey[],
  limit: number,
): Promise<T[] | undefined> {
  if (query.connection.options.type !== 'sqlite') return undefined;
  if (!isWholeList(query)) return undefined;
  const { form, alias } = formOfQuery(query);
  const { metadata } = query.expressionMap.mainAlias ?? {};
  if (!metadata) return undefined;
  const known = texts.get(metadata) ?? new Map<string, string>();
  texts.set(metadata, known);
  const name = nameReading(alias, '', order);
  let text = known.get(name);
  if (text === undefined) {
    text = form.toText(`${orderBy(query.clone(), order).getQuery()} LIMIT ?`);
    known.set(name, text);
  }
  return form.toRows(await readSqlite<RawRow>(query.connection, text, [limit]));
}
