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

/** The way from a row to a cell. */
export interface Column {
  /** `owner.name` */
  readonly name: string;
  readonly path: readonly string[];
  /** How many fields on the way are lists of objects: the cell then holds a value for each. */
  readonly lists: number;
}

const createColumn = (path: readonly string[], lists = 0): Column => ({
  name: path.join('.'),
  path,
  lists,
});

/** What is in a field, without its non-null. */
const typeOf = ({ type }: GraphQLField<unknown, unknown>): GraphQLOutputType =>
  getNullableType(type);

const isCell = (type: GraphQLOutputType): boolean =>
  isLeafType(type) ||
  (isListType(type) && isCell(getNullableType(type.ofType as GraphQLOutputType)));

const fieldsOf = (
  type: GraphQLCompositeType,
): Readonly<Record<string, GraphQLField<unknown, unknown>>> =>
  isUnionType(type) ? {} : type.getFields();

const needsNoArguments = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  !args.some(isRequiredArgument);

/** The objects of a field that is a list of them. */
function itemsOf(type: GraphQLOutputType): GraphQLCompositeType | undefined {
  const item = isListType(type) ? getNullableType(type.ofType as GraphQLOutputType) : undefined;
  return isCompositeType(item) ? item : undefined;
}

/**
 * What a row of this type says of itself, and the keys of what it refers to. A row that has no key of its own is known
 * by what it refers to, so that the keys in its lists are columns as well.
 */
export function defaultColumns(node: GraphQLCompositeType, keyOf: KeyOf): Column[] {
  const columns = isAbstractType(node) ? [createColumn(['__typename'])] : [];
  const isEntity = keyOf(node) !== undefined;
  for (const field of Object.values(fieldsOf(node)).filter(needsNoArguments)) {
    const type = typeOf(field);
    const items = isEntity ? undefined : itemsOf(type);
    const far = items ?? (isCompositeType(type) ? type : undefined);
    const key = far && keyOf(far);
    if (isCell(type)) columns.push(createColumn([field.name]));
    else if (key !== undefined) columns.push(createColumn([field.name, key], items ? 1 : 0));
  }
  return columns;
}

/** How many columns an export has at most, and how many steps lead to each. */
const most = { columns: 200, steps: 30 } as const;

const refuse = (message: string): HubError =>
  new HubError('BAD_USER_INPUT', { argument: 'columns', message });

/** Follows a dotted path to its cell. */
function readColumn(text: string, node: GraphQLCompositeType): Column {
  const path = text.split('.');
  const shown = text.slice(0, 100);
  if (path.length > most.steps) {
    throw refuse(`\`columns\`: \`${shown}\` must have at most ${most.steps} steps.`);
  }
  let type: GraphQLOutputType = node;
  let lists = 0;
  for (const name of path) {
    const items = itemsOf(type);
    if (items) lists += 1;
    const object: GraphQLOutputType = items ?? type;
    if (!isCompositeType(object)) throw refuse(`\`columns\`: \`${shown}\` leads into no object.`);
    if (name === '__typename' && path.at(-1) === name) return createColumn(path, lists);
    const field = Object.hasOwn(fieldsOf(object), name) ? fieldsOf(object)[name] : undefined;
    if (!field) throw refuse(`\`columns\`: there is no \`${shown}\`.`);
    if (!needsNoArguments(field)) throw refuse(`\`columns\`: \`${shown}\` needs an argument.`);
    type = typeOf(field);
  }
  if (isCell(type)) return createColumn(path, lists);
  throw refuse(`\`columns\`: \`${shown}\` is no value: name one of its fields.`);
}

/**
 * Reads `columns=id,name,owner.name`: dotted paths to values, through objects and lists of objects. A column that is
 * named twice is there once.
 * @throws HubError `BAD_USER_INPUT` with `argument: columns`
 */
export function readColumns(text: string, node: GraphQLCompositeType): Column[] {
  const names = new Set(text.split(',').map((name) => name.trim()));
  if (names.size > most.columns) {
    throw refuse(`\`columns\` must name at most ${most.columns} columns.`);
  }
  return [...names].map((name) => readColumn(name, node));
}

interface Selection extends Map<string, Selection> {}

/** Writes columns as a selection: `id owner { id name }`. */
export function writeSelection(columns: readonly Column[]): string {
  const selection: Selection = new Map();
  for (const { path } of columns) {
    let inner = selection;
    for (const name of path) {
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
