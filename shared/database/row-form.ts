import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import { DriverUtils } from 'typeorm/driver/DriverUtils.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

export type RawRow = Readonly<Record<string, unknown>>;

/** How the rows of an entity are read from a database. */
export interface RowForm<T> {
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
export function rowFormOf<T extends ObjectLiteral>(
  metadata: EntityMetadata,
  alias: string,
): RowForm<T> {
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
