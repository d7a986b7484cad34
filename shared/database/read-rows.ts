import type {
  DataSource,
  EntityMetadata,
  EntityTarget,
  ObjectLiteral,
  SelectQueryBuilder,
} from 'typeorm';
import { DriverUtils } from 'typeorm/driver/DriverUtils.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { orderBy, type OrderKey } from './order.js';
import { readSqlite } from './sqlite/connections.js';

/** Measures the statements of a database. */
export interface StatementMeter {
  /**
   * A statement was handed to the database, or waits for a connection.
   * @returns what is called at its end, with its time in seconds, waiting included
   */
  begin(): (seconds: number) => void;
}

const ignore = (): void => undefined;

/** For databases that nobody measures. */
export const unmeasured: StatementMeter = { begin: () => ignore };

/** Starts to measure one statement, and returns what ends it. */
export function startStatement(meter: StatementMeter): () => void {
  if (meter === unmeasured) return ignore;
  const startedAt = performance.now();
  const end = meter.begin();
  return () => end((performance.now() - startedAt) / 1_000);
}

export type RawRow = Readonly<Record<string, unknown>>;

/** How the rows of an entity are read from a database. */
interface RowForm<T> {
  /**
   * The SQL expression that packs all rows of a query into one text. Undefined if rows are read one
   * by one.
   */
  readonly packed: string | undefined;
  /** The statement that is executed instead of a query. */
  toText(query: string): string;
  /** The entities of its result, in order. */
  toRows(rows: readonly RawRow[]): T[];
}

type Forms = Map<string, RowForm<ObjectLiteral>>;

const forms = new WeakMap<EntityMetadata, Forms>();

/** The form of an entity’s rows. Their columns begin with an alias, as in TypeORM. */
function rowFormOf<T extends ObjectLiteral>(metadata: EntityMetadata, alias: string): RowForm<T> {
  const known = forms.get(metadata) ?? (new Map() as Forms);
  forms.set(metadata, known);
  const form = known.get(alias) ?? createForm(metadata, alias);
  known.set(alias, form);
  return form as RowForm<T>;
}

/**
 * Types that JSON holds exactly. Not bytes, and not fractions, of which SQLite’s JSON keeps fifteen
 * digits.
 */
const packed: ReadonlySet<unknown> = new Set([
  'varchar',
  'text',
  'integer',
  'boolean',
  'simple-json',
]);
export const packedName = 'packed';

function createForm(metadata: EntityMetadata, alias: string): RowForm<ObjectLiteral> {
  const { driver, options } = metadata.connection;
  const columns = metadata.columns.filter(({ isSelect }) => isSelect);
  const names = columns.map(({ databaseName }) =>
    DriverUtils.buildAlias(driver, undefined, alias, databaseName),
  );
  const setters = columns.map(createSetter);
  const toRow = (values: readonly unknown[]): ObjectLiteral => {
    const row: ObjectLiteral = metadata.create();
    for (let index = 0; index < setters.length; index += 1) {
      const value = values[index];
      if (value !== undefined) setters[index]?.(row, value);
    }
    return row;
  };
  if (options.type !== 'sqlite' || !columns.every(({ type }) => packed.has(type))) {
    return {
      packed: undefined,
      toText: (query) => query,
      toRows: (rows) => rows.map((raw) => toRow(names.map((name) => raw[name]))),
    };
  }
  // All rows as one text. The driver makes an object for each row and a value for each column;
  // parsing JSON takes half the time. SQLite keeps the order of the query.
  const list = names.map((name) => `"${name}"`).join(', ');
  const sum = `json_group_array(json_array(${list}))`;
  return {
    packed: sum,
    toText: (query) => `SELECT ${sum} AS "${packedName}" FROM (${query})`,
    toRows([row]) {
      return (JSON.parse(String(row?.[packedName])) as unknown[][]).map(toRow);
    },
  };
}

const plain: ReadonlySet<unknown> = new Set(['varchar', 'text', 'integer']);

/** Makes a function that sets a property from a column, as TypeORM does. */
function createSetter(column: ColumnMetadata): (row: ObjectLiteral, value: unknown) => void {
  const { driver } = column.entityMetadata.connection;
  const { propertyName, transformer, embeddedMetadata, isVirtual, isArray } = column;
  const isPlain =
    plain.has(column.type) && !transformer && !embeddedMetadata && !isVirtual && !isArray;
  if (isPlain && driver.options.type === 'sqlite') {
    return (row, value) => {
      row[propertyName] = value;
    };
  }
  return (row, value) => column.setEntityValue(row, driver.prepareHydratedValue(value, column));
}

/**
 * Reads the rows of a query as `getMany` does, and much faster. TypeORM builds entities with
 * relations, which partners’ entities do not have. Joins are for filters only.
 */
export async function readRows<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): Promise<T[]> {
  const {
    form: { toText, toRows },
  } = formOfQuery(query);
  // TypeORM finds the connection of a transaction by itself. SQLite has one connection for
  // everything.
  if (query.connection.options.type !== 'sqlite') return toRows(await query.getRawMany<RawRow>());
  const [text, parameters] = query.getQueryAndParameters();
  return toRows(await readSqlite<RawRow>(query.connection, toText(text), parameters));
}

/** The form of a query’s rows, and the alias of its entity. */
export function formOfQuery<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
): { readonly form: RowForm<T>; readonly alias: string } {
  const { mainAlias } = query.expressionMap;
  if (!mainAlias) throw new Error('The query reads from nothing.');
  const { metadata, name: alias } = mainAlias;
  return { form: rowFormOf<T>(metadata, alias), alias };
}

/** A read by keys whose statement has been built. */
type KeyReading<T> = (keys: readonly string[]) => Promise<T[]>;
type KeyReadings = Map<string, KeyReading<ObjectLiteral>>;

const readings = new WeakMap<DataSource, KeyReadings>();

/**
 * Reads the rows whose column has one of these values. The statement is built once for each
 * database.
 */
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

/** The name of such a read. No property contains a space. */
export function nameReading(entity: string, column: string, order: readonly OrderKey[]): string {
  let name = `${entity} ${column}`;
  for (const { property, nullable, descending, nullsFirst, isEmptyNull } of order) {
    name += nullable ? ` ${property}?` : ` ${property}`;
    if (isEmptyNull) name += '0';
    if (descending) name += '-';
    if (nullsFirst) name += '!';
  }
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
  // One parameter for all keys, so that the statement does not depend on their number.
  if (source.options.type === 'postgres') {
    const text = textWhere(`row.${column} = ANY(:keys)`, []);
    return async (keys) => toRows(await source.query<RawRow[]>(text, [[...keys]]));
  }
  const ofMany = textWhere(`row.${column} IN (SELECT value FROM json_each(:keys))`, '[]');
  // For one key, a list of one took a fifth of the time.
  const ofOne = textWhere(`row.${column} = :keys`, '');
  return async (keys) => {
    const [text, parameter] = keys.length === 1 ? [ofOne, keys[0]] : [ofMany, JSON.stringify(keys)];
    return toRows(await readSqlite<RawRow>(source, text, [parameter]));
  };
}
