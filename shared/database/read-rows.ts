import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { orderBy, type OrderKey } from './order.js';
import { readSqlite } from './read-sqlite.js';
import { rowFormOf, type RawRow, type RowForm } from './row-form.js';
import { selectColumns, wholeRows, type Needs, type SelectedColumns } from './selected-columns.js';

/**
 * The rows of a query, as `getMany` reads them, and much faster: TypeORM gathers rows into entities and their relations,
 * and an entity of a partner’s has none. What is joined filters, and is not selected.
 * @param needs what of the rows is needed: `loaders.shown.needs` where they go into the answer. @default all of them
 * @param alsoRead the properties that the reading goes by
 */
export async function readRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  needs: Needs = wholeRows,
  alsoRead: readonly string[] = [],
): Promise<T[]> {
  const {
    form: { toText, toRows },
  } = prepareReading(query, needs, alsoRead);
  // TypeORM itself finds the connection of a transaction; SQLite’s has one connection, and so one for all.
  if (query.connection.options.type !== 'sqlite') return toRows(await query.getRawMany<RawRow>());
  const [text, parameters] = query.getQueryAndParameters();
  return toRows(await readSqlite<RawRow>(query.connection, toText(text), parameters));
}

/** Has a query select what is needed of its rows, and says how they come. */
export function prepareReading<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  needs: Needs,
  alsoRead: readonly string[],
): { readonly form: RowForm<T>; readonly alias: string } {
  const { mainAlias } = query.expressionMap;
  if (!mainAlias) throw new Error('The query reads from nothing.');
  const { metadata, name: alias } = mainAlias;
  const selected = selectColumns(metadata, needs(metadata.name), alsoRead);
  if (selected) query.select(selected.map((property) => `${alias}.${property}`));
  return { form: rowFormOf<T>(metadata, alias, selected), alias };
}

/** A reading by keys whose text has been built. */
type KeyReading<T> = (keys: readonly string[]) => Promise<T[]>;
type KeyReadings = Map<string, KeyReading<ObjectLiteral>>;

/** Of whole rows, and, by the list, of what is selected. */
const readings = new WeakMap<DataSource, KeyReadings>();
const selectedReadings = new WeakMap<readonly string[], KeyReadings>();

/** The rows whose column has one of these values. The statement’s text is built once for a database and a selection. */
export function readByKeys<T extends ObjectLiteral>(
  source: DataSource,
  entity: EntityTarget<T>,
  column: string,
  keys: readonly string[],
  { order = [], needs = wholeRows }: KeyReadingOptions = {},
): Promise<T[]> {
  const metadata = source.getMetadata(entity);
  const selected = selectColumns(metadata, needs(metadata.name), [column]);
  const known =
    (selected ? selectedReadings.get(selected) : readings.get(source)) ??
    (new Map() as KeyReadings);
  if (selected) selectedReadings.set(selected, known);
  else readings.set(source, known);
  const name = nameReading(metadata.name, column, order);
  const read = known.get(name) ?? buildReading(source, entity, column, order, selected);
  known.set(name, read);
  return read(keys) as Promise<T[]>;
}

interface KeyReadingOptions {
  readonly order?: readonly OrderKey[];
  /** What of the rows is needed. @default all */
  readonly needs?: Needs;
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
  selected: SelectedColumns,
): KeyReading<T> {
  const { toText, toRows } = rowFormOf<T>(source.getMetadata(entity), 'row', selected);
  const textWhere = (condition: string, keys: unknown): string => {
    const query = source.getRepository(entity).createQueryBuilder('row');
    if (selected) query.select(selected.map((property) => `row.${property}`));
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
