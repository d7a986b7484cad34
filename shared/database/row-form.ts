import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import { DriverUtils } from 'typeorm/driver/DriverUtils.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

export type RawRow = Readonly<Record<string, unknown>>;

/** How the rows of an entity come from a database. */
export interface RowForm<T> {
  /** The expression that makes one text of all rows of a query; undefined where rows come as they are. */
  readonly packed: string | undefined;
  /** What is asked of the database instead of a query. */
  toText(query: string): string;
  /** The entities of its answer, in its order. */
  toRows(answer: readonly RawRow[]): T[];
}

type Forms = Map<string, RowForm<ObjectLiteral>>;

const forms = new WeakMap<EntityMetadata, Forms>();

/** The form of an entity’s rows, whose columns begin with an alias, as TypeORM names them. */
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

/** What JSON holds as it is: no bytes, and no fractions, of which SQLite’s JSON tells fifteen digits. */
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
      toRows: (answer) => answer.map((raw) => toRow(names.map((name) => raw[name]))),
    };
  }
  // All rows as one text: the driver makes an object of each row, and a value of each column, one by one; reading them
  // from JSON takes half the time. SQLite keeps the order of a query that is summed up so.
  const list = names.map((name) => `"${name}"`).join(', ');
  const sum = `json_group_array(json_array(${list}))`;
  return {
    packed: sum,
    toText: (query) => `SELECT ${sum} AS "${packedName}" FROM (${query})`,
    toRows([answer]) {
      return (JSON.parse(String(answer?.[packedName])) as unknown[][]).map(toRow);
    },
  };
}

const plain: ReadonlySet<unknown> = new Set(['varchar', 'text', 'integer']);

/** Sets a property to what a column holds, as TypeORM does. */
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
