import type {
  DataSource,
  EntityMetadata,
  EntityTarget,
  ObjectLiteral,
  SelectQueryBuilder,
} from 'typeorm';
import { DriverUtils } from 'typeorm/driver/DriverUtils.js';
import { orderBy, type OrderKey } from './order.js';

type Raw = Readonly<Record<string, unknown>>;

/** Makes an entity of a row whose columns begin with an alias, as TypeORM names them. */
type Hydrate<T> = (raw: Raw) => T;

const hydrators = new WeakMap<EntityMetadata, Map<string, Hydrate<ObjectLiteral>>>();

function hydratorOf<T extends ObjectLiteral>(metadata: EntityMetadata, alias: string): Hydrate<T> {
  const known = hydrators.get(metadata) ?? new Map<string, Hydrate<ObjectLiteral>>();
  hydrators.set(metadata, known);
  const hydrate = known.get(alias) ?? createHydrator(metadata, alias);
  known.set(alias, hydrate);
  return hydrate as Hydrate<T>;
}

function createHydrator(metadata: EntityMetadata, alias: string): Hydrate<ObjectLiteral> {
  const { driver } = metadata.connection;
  const columns = metadata.columns.map((column) => ({
    column,
    name: DriverUtils.buildAlias(driver, undefined, alias, column.databaseName),
  }));
  return (raw) => {
    const row = metadata.create();
    for (const { column, name } of columns) {
      const value = raw[name];
      if (value === undefined) continue;
      column.setEntityValue(row, driver.prepareHydratedValue(value, column));
    }
    return row;
  };
}

/**
 * The rows of a query, as `getMany` reads them, and much faster: TypeORM gathers rows into entities and their relations,
 * and an entity of a partner’s has none. What is joined filters, and is not selected.
 */
export async function readRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): Promise<T[]> {
  const { mainAlias } = query.expressionMap;
  if (!mainAlias) throw new Error('The query reads from nothing.');
  const raw = await query.getRawMany<Raw>();
  return raw.map(hydratorOf<T>(mainAlias.metadata, mainAlias.name));
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
  const known = texts.get(source) ?? new Map<string, string>();
  texts.set(source, known);
  const name = JSON.stringify([metadata.name, column, order]);
  let text = known.get(name);
  if (text === undefined) {
    const query = source.getRepository(entity).createQueryBuilder('row');
    query.where(isOneOf(source, `row.${column}`), { keys: toParameter(source, keys) });
    [text] = orderBy(query, order).getQueryAndParameters();
    known.set(name, text);
  }
  const raw = await source.query<Raw[]>(text, [toParameter(source, keys)]);
  return raw.map(hydratorOf<T>(metadata, 'row'));
}
