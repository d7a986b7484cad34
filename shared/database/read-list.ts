import type { EntityMetadata, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { orderBy, type OrderKey } from './order.js';
import { formOfQuery, nameReading } from './read-rows.js';
import { readSqlite } from './read-sqlite.js';
import type { RawRow } from './row-form.js';

/** By the entity, then by the alias and the order. */
const texts = new WeakMap<EntityMetadata, Map<string, string>>();

/** True for a query that reads all rows of its entity, in no order yet. */
function isWholeList({
  expressionMap,
}: Pick<SelectQueryBuilder<ObjectLiteral>, 'expressionMap'>): boolean {
  const { wheres, joinAttributes, havings, groupBys, orderBys, selects, limit } = expressionMap;
  const added = [wheres, joinAttributes, havings, groupBys, Object.keys(orderBys)];
  return added.every(({ length }) => length === 0) && selects.length === 1 && limit === undefined;
}

/**
 * The first rows of a list that nothing filters, on SQLite. Its text is built once: TypeORM took longer to build it anew
 * than it takes to read a page.
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
