import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { orderBy, type OrderKey } from './order.js';
import { rowFormOf, type RawRow } from './row-form.js';

/**
 * The rows of a query, as `getMany` reads them, and much faster: TypeORM gathers rows into entities and their relations,
 * and an entity of a partner’s has none. What is joined filters, and is not selected.
 */
export async function readRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): Promise<T[]> {
  const { mainAlias } = query.expressionMap;
  if (!mainAlias) throw new Error('The query reads from nothing.');
  const { toText, toRows } = rowFormOf<T>(mainAlias.metadata, mainAlias.name);
  // TypeORM itself finds the connection of a transaction; SQLite’s has one connection, and so one for all.
  if (query.connection.options.type !== 'sqlite') return toRows(await query.getRawMany<RawRow>());
  const [text, parameters] = query.getQueryAndParameters();
  return toRows(await query.connection.query<RawRow[]>(toText(text), parameters));
}

const texts = new WeakMap<DataSource, Map<string, string>>();

/** The condition that a column has one of many values; it has one parameter, so that the text does not depend on how many. */
const isOneOf = (source: DataSource, column: string): string =>
  source.options.type === 'postgres'
    ? `${column} = ANY(:keys)`
    : `${column} IN (SELECT value FROM json_each(:keys))`;

const toParameter = (source: DataSource, keys: readonly string[]): unknown =>
  source.options.type === 'postgres' ? [...keys] : JSON.stringify(keys);

/** The rows whose column has one of these values. The statement’s text is built once for a database. */
export async function readByKeys<T extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<T>,
  column: string,
  keys: readonly string[],
  order: readonly OrderKey[] = [],
): Promise<T[]> {
  const metadata = source.getMetadata(entity);
  const { toText, toRows } = rowFormOf<T>(metadata, 'row');
  const known = texts.get(source) ?? new Map<string, string>();
  texts.set(source, known);
  const name = JSON.stringify([metadata.name, column, order]);
  let text = known.get(name);
  if (text === undefined) {
    const query = source.getRepository(entity).createQueryBuilder('row');
    query.where(isOneOf(source, `row.${column}`), { keys: toParameter(source, keys) });
    const [asked] = orderBy(query, order).getQueryAndParameters();
    text = toText(asked);
    known.set(name, text);
  }
  return toRows(await source.query<RawRow[]>(text, [toParameter(source, keys)]));
}
