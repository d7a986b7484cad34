import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { orderBy, type OrderKey } from './order.js';
import { readSqlite } from './read-sqlite.js';
import { rowFormOf, type RawRow, type RowForm } from './row-form.js';

/**
 * The rows of a query, as `getMany` reads them, and much faster: TypeORM gathers rows into entities and their relations,
 * and an entity of a partner’s has none. What is joined filters, and is not selected.
 */
export async function readRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): Promise<T[]> {
  const {
    form: { toText, toRows },
  } = formOfQuery(query);
  // TypeORM itself finds the connection of a transaction; SQLite’s has one connection, and so one for all.
  if (query.connection.options.type !== 'sqlite') return toRows(await query.getRawMany<RawRow>());
  const [text, parameters] = query.getQueryAndParameters();
  return toRows(await readSqlite<RawRow>(query.connection, toText(text), parameters));
}

/** The form in which the rows of a query come, and the alias of what it reads from. */
export function formOfQuery<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): { readonly form: RowForm<T>; readonly alias: string } {
  const { mainAlias } = query.expressionMap;
  if (!mainAlias) throw new Error('The query reads from nothing.');
  const { metadata, name: alias } = mainAlias;
  return { form: rowFormOf<T>(metadata, alias), alias };
}

/** A reading by keys whose text has been built. */
type KeyReading<T> = (keys: readonly string[]) => Promise<T[]>;
type KeyReadings = Map<string, KeyReading<ObjectLiteral>>;

const readings = new WeakMap<DataSource, KeyReadings>();

/** The rows whose column has one of these values. The statement’s text is built once for a database. */
export function readByKeys<T extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<T>,
  column: string,
  keys: readonly string[],
  order: readonly OrderKey[] = [],
): Promise<T[]> {
  const metadata = source.getMetadata(entity);
  const known = readings.get(source) ?? (new Map() as KeyReadings);
  readings.set(source, known);
  const name = nameReading(metadata.name, column, order);
  const read = known.get(name) ?? buildReading(source, entity, column, order);
  known.set(name, read);
  return read(keys) as Promise<T[]>;
}

/** Names the kind of reading that it is: no property has a space in it. */
export function nameReading(entity: string, column: string, order: readonly OrderKey[]): string {
  let name = `${entity} ${column}`;
  for (const { property, nullable } of order) name += nullable ? ` ${property}?` : ` ${property}`;
  return name;
}

function buildReading<T extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<T>,
  column: string,
  order: readonly OrderKey[],
): KeyReading<T> {
  const { toText, toRows } = rowFormOf<T>(source.getMetadata(entity), 'row');
  const textWhere = (condition: string, keys: unknown): string => {
    const query = source.getRepository(entity).createQueryBuilder('row');
    return toText(orderBy(query.where(condition, { keys }), order).getSql());
  };
  // There is one parameter, so that the text does not depend on how many keys there are.
  if (source.options.type === 'postgres') {
    const text = textWhere(`row.${column} = ANY(:keys)`, []);
    return async (keys) => toRows(await source.query<RawRow[]>(text, [[...keys]]));
  }
  const ofMany = textWhere(`row.${column} IN (SELECT value FROM json_each(:keys))`, '[]');
  // To go through a list of one took a fifth of the whole reading.
  const ofOne = textWhere(`row.${column} = :keys`, '');
  return async (keys) => {
    const [text, parameter] = keys.length === 1 ? [ofOne, keys[0]] : [ofMany, JSON.stringify(keys)];
    return toRows(await readSqlite<RawRow>(source, text, [parameter]));
  };
}
