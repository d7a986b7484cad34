import { HubError } from '@hub/shared/errors';
import {
  getNullableType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isRequiredArgument,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
} from 'graphql';
import type { KeyOf } from './entity-keys.js';

/** The path from a row to a cell. */
export interface Column {
  /** `owner.name` */
  readonly name: string;
  readonly path: readonly string[];
  /** The paths that select it: one, or one for each type of a union on the path. */
  readonly selected: readonly (readonly string[])[];
  /**
   * The number of fields on the path that are lists of objects. The cell then has one value for
   * each item.
   */
  readonly lists: number;
}

const createColumn = (
  path: readonly string[],
  lists = 0,
  selected: Column['selected'] = [path],
): Column => ({ name: path.join('.'), path, lists, selected });

/** The type of a field without its non-null. */
const typeOf = ({ type }: GraphQLField<unknown, unknown>): GraphQLOutputType =>
  getNullableType(type);

const isCell = (type: GraphQLOutputType): boolean =>
  isLeafType(type) ||
  (isListType(type) && isCell(getNullableType(type.ofType as GraphQLOutputType)));

/** A union has the fields that all its types have alike. */
function fieldsOf(
  type: GraphQLCompositeType,
): Readonly<Record<string, GraphQLField<unknown, unknown>>> {
  if (!isUnionType(type)) return type.getFields();
  const [first, ...others] = type.getTypes();
  const isShared = ({ name, type: value }: GraphQLField<unknown, unknown>) =>
    others.every((other) => String(other.getFields()[name]?.type) === String(value));
  return Object.fromEntries(
    Object.entries(first?.getFields() ?? {}).filter(([, field]) => isShared(field)),
  );
}

/** The ways into a field of this type, after those that lead to the type. */
const into = (
  type: GraphQLCompositeType,
  field: string,
  ways: Column['selected'],
): Column['selected'] =>
  isUnionType(type) && field !== '__typename'
    ? type.getTypes().flatMap(({ name }) => ways.map((way) => [...way, `... on ${name}`, field]))
    : ways.map((way) => [...way, field]);

const needsNoArguments = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  !args.some(isRequiredArgument);

/** The field at the end of a path, through objects and lists of objects. */
export function findField(
  node: GraphQLCompositeType,
  path: readonly string[],
): GraphQLField<unknown, unknown> | undefined {
  let object: GraphQLCompositeType | undefined = node;
  let field: GraphQLField<unknown, unknown> | undefined;
  for (const name of path) {
    if (!object) return undefined;
    const fields = fieldsOf(object);
    field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const type: GraphQLOutputType | undefined = field && typeOf(field);
    object = type && (itemsOf(type) ?? (isCompositeType(type) ? type : undefined));
  }
  return field;
}

/** The item type of a field that is a list of objects. Undefined for other fields. */
function itemsOf(type: GraphQLOutputType): GraphQLCompositeType | undefined {
  const item = isListType(type) ? getNullableType(type.ofType as GraphQLOutputType) : undefined;
  return isCompositeType(item) ? item : undefined;
}

/**
 * The row’s own values, and the keys of its references. A row without a key is identified by its
 * references, so the keys in its lists are columns too.
 */
export function defaultColumns(node: GraphQLCompositeType, keyOf: KeyOf): Column[] {
  const columns = isAbstractType(node) ? [createColumn(['__typename'])] : [];
  const isEntity = keyOf(node) !== undefined;
  for (const field of Object.values(fieldsOf(node)).filter(needsNoArguments)) {
    const type = typeOf(field);
    const items = isEntity ? undefined : itemsOf(type);
    const far = items ?? (isCompositeType(type) ? type : undefined);
    const key = far && keyOf(far);
    if (isCell(type)) columns.push(createColumn([field.name], 0, into(node, field.name, [[]])));
    else if (key !== undefined && far) {
      const ways = into(far, key, into(node, field.name, [[]]));
      columns.push(createColumn([field.name, key], items ? 1 : 0, ways));
    }
  }
  return columns;
}

/** The most columns of an export, the most steps of each, and the most paths that select it. */
const most = { columns: 200, steps: 30, ways: 30 } as const;

const refuse = (message: string, argument = 'columns'): HubError =>
  new HubError('BAD_USER_INPUT', { argument, message });

/** The arguments of fields on paths, as the operation writes them. */
type WrittenArguments = ReadonlyMap<string, string>;

/** Follows a dotted path to its cell. */
function readColumn(text: string, node: GraphQLCompositeType, written: WrittenArguments): Column {
  const path = text.split('.');
  const shown = text.slice(0, 100);
  if (path.length > most.steps) {
    throw refuse(`\`columns\`: \`${shown}\` must have at most ${most.steps} steps.`);
  }
  let type: GraphQLOutputType = node;
  let lists = 0;
  let ways: Column['selected'] = [[]];
  for (const [index, name] of path.entries()) {
    const own = written.get(path.slice(0, index + 1).join('.'));
    const items = itemsOf(type);
    if (items) lists += 1;
    const object: GraphQLOutputType = items ?? type;
    if (!isCompositeType(object))
      throw refuse(`\`columns\`: \`${shown}\` leads through a field that is not an object.`);
    ways = into(object, `${name}${own ?? ''}`, ways);
    if (ways.length > most.ways)
      throw refuse(`\`columns\`: \`${shown}\` leads through too many types.`);
    if (name === '__typename' && path.at(-1) === name) return createColumn(path, lists, ways);
    const field = Object.hasOwn(fieldsOf(object), name) ? fieldsOf(object)[name] : undefined;
    if (!field) throw refuse(`\`columns\`: \`${shown}\` does not exist.`);
    if (own === undefined && !needsNoArguments(field))
      throw refuse(`\`columns\`: \`${shown}\` needs an argument.`);
    type = typeOf(field);
  }
  if (isCell(type)) return createColumn(path, lists, ways);
  throw refuse(`\`columns\`: \`${shown}\` is an object. Name one of its fields.`);
}

/**
 * Parses `columns=id,name,owner.name`: dotted paths to values, through objects and lists of
 * objects. Duplicates count once.
 * @throws HubError `BAD_USER_INPUT` with `argument: columns`
 */
export function readColumns(
  text: string,
  node: GraphQLCompositeType,
  written: WrittenArguments = new Map(),
): Column[] {
  const names = new Set(text.split(',').map((name) => name.trim()));
  if (names.size > most.columns) {
    throw refuse(`\`columns\` must name at most ${most.columns} columns.`);
  }
  return [...names].map((name) => readColumn(name, node, written));
}

/**
 * Parses `rows=visits.stops`: the path to a list of objects, whose items become the rows.
 * @throws HubError `BAD_USER_INPUT` with `argument: rows`
 */
export function readRowsPath(
  text: string,
  node: GraphQLCompositeType,
): { readonly path: readonly string[]; readonly items: GraphQLCompositeType } {
  const path = text.split('.').slice(0, most.steps);
  const field = findField(node, path);
  const items = field && itemsOf(typeOf(field));
  if (items) return { path, items };
  throw refuse(`\`rows\`: \`${text.slice(0, 100)}\` is not a list of objects.`, 'rows');
}

interface Selection extends Map<string, Selection> {}

/** Writes columns as a selection: `id owner { id name }`. */
export function writeSelection(columns: readonly Column[]): string {
  const selection: Selection = new Map();
  for (const way of columns.flatMap(({ selected }) => selected)) {
    let inner = selection;
    for (const name of way) {
      const next = inner.get(name) ?? new Map<string, Selection>();
      inner.set(name, next);
      inner = next;
    }
  }
  const write = (fields: Selection): string =>
    [...fields]
      .map(([name, inner]) => (inner.size > 0 ? `${name} { ${write(inner)} }` : name))
      .join(' ');
  return write(selection);
}
