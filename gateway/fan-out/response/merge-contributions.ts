import { pagination } from '@hub/shared/database';
import { readInnerFields, type TopField } from '../../engine/documents/selection.js';
import { sortFieldsOf, type GatherRule } from '../rules/fan-out-rules.js';
import { InvalidResponse } from './compile-projection.js';
import { hidden } from './hidden-fields.js';
import type { MergePlan } from './merge-plan.js';

/** One value of a sort key. */
export type SortKey = string | number | boolean | null;

/**
 * The sort keys of a row, which were selected under hidden names.
 * @param order the one that the client chose. @default the usual one
 * @throws {@link InvalidResponse}
 */
export function readSortKeys(
  row: Row | null | undefined,
  rule: GatherRule,
  order?: string,
): readonly SortKey[] {
  if (!row) throw new InvalidResponse('A row of a gathered list is null.');
  const fields = order === undefined ? rule.orderBy : sortFieldsOf(rule);
  return keysOf(rule, order).map((name) => {
    const key = row[hidden.sortKey(fields.indexOf(name))] ?? null;
    // A custom scalar may be an object, and comparing it may throw.
    if (typeof key === 'object' && key !== null)
      throw new InvalidResponse('A sort key of a gathered list is an object.');
    return key as SortKey;
  });
}

const keysOf = ({ orderBy, orders }: GatherRule, order: string | undefined): readonly string[] =>
  (order === undefined ? undefined : orders.get(order)?.keys) ?? orderBy;

/**
 * The sort keys of a row of a connection.
 * @throws {@link InvalidResponse}
 */
export function readEdgeKeys(
  edge: Row | null | undefined,
  rule: GatherRule,
  order: string | undefined,
): readonly SortKey[] {
  const node = edge?.[hidden.node] as Row | null | undefined;
  if (order === undefined || !rule.orders.get(order)?.isOwnerOnly)
    return readSortKeys(node, rule, order);
  const keys = readCursorKeys(edge?.[hidden.cursor], rule, order);
  if (!keys || keys.at(-1) !== readSortKeys(node, rule).at(-1))
    throw new InvalidResponse('A cursor does not match its row.');
  return keys;
}

/**
 * The sort keys in a cursor, if it has our format: behind the name of an order that was chosen. Any
 * other format is the partners’ own matter.
 */
export function readCursorKeys(
  cursor: unknown,
  rule: GatherRule,
  order: string | undefined,
): readonly SortKey[] | undefined {
  if (typeof cursor !== 'string') return undefined;
  const head = order === undefined ? [] : [order];
  try {
    const found = pagination.decodeCursor(cursor, head.length + keysOf(rule, order).length);
    return found[0] === (head[0] ?? found[0]) ? found.slice(head.length) : undefined;
  } catch {
    return undefined;
  }
}

/** The order of a gathered list: texts by code points, null last. */
export function compareKeys(a: readonly SortKey[], b: readonly SortKey[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareKey(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareKey(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'string' && typeof b === 'string') return compareByCodePoints(a, b);
  return a < b ? -1 : 1;
}

/**
 * In UTF-16, the surrogates of U+10000 and above sort before U+E000. In code points, as databases
 * sort, they do not.
 */
const inCodePointOrder = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

export function compareByCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference =
      inCodePointOrder(a.charCodeAt(index)) - inCodePointOrder(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

type Row = Record<string, unknown>;

/** Which rows of a gathered field are a page. */
export interface GatheredPlace extends pagination.PageRequest {
  /** The order that the client chose. @default the usual one */
  readonly order?: string | undefined;
}

/** Stands for a field without pages. */
export const firstPage: GatheredPlace = {
  size: pagination.pageSize.default,
  cursor: null,
  isBackwards: false,
};

export interface MergeArguments {
  /** Which rows of a connection are its page. */
  readonly place: GatheredPlace;
  /** True if every needed partner responded with a value. */
  readonly isComplete: boolean;
}

/** Merges the projected values of one gathered field. A null adds nothing. */
export function mergeContributions(
  plan: MergePlan,
  values: readonly unknown[],
  args: MergeArguments,
): unknown {
  const present = values.filter((value) => value !== null && value !== undefined);
  // A partner that sent null said nothing about its rows.
  const areAll = args.isComplete && present.length === values.length;
  switch (plan.rule.mergeKind) {
    case 'sum':
      return areAll ? sumExactly(present) : null;
    case 'list':
      return mergeLists(plan, present as Row[][]);
    case 'connection':
      return mergeConnections(plan, present as Row[], { ...args, areAll });
  }
}

/** The largest `Int`. */
const largestInt = 2 ** 31 - 1;

const sum = (values: readonly unknown[]): number =>
  values.reduce<number>((total, value) => total + (value as number), 0);

/** A larger sum is unknown. For a lower bound, the largest `Int` is still right. */
const sumExactly = (values: readonly unknown[]): number | null =>
  sum(values) > largestInt ? null : sum(values);
const sumAtLeast = (values: readonly unknown[]): number => Math.min(sum(values), largestInt);

function mergeLists({ rule }: MergePlan, lists: readonly Row[][]): Row[] {
  return lists
    .flat()
    .map((row) => ({ row, keys: readSortKeys(row, rule) }))
    .toSorted((a, b) => compareKeys(a.keys, b.keys))
    .map(({ row }) => row);
}

/**
 * Merges connections. Each row is known by its position, so that every response key gets the same
 * rows.
 */
function mergeConnections(
  { rule, typeName, parts, countsAtLeast }: MergePlan,
  connections: readonly Row[],
  { place, areAll }: MergeArguments & { readonly areAll: boolean },
): Row {
  const rows = connections
    .flatMap((connection) =>
      (connection[hidden.edges] as Row[]).map((edge, index) => ({
        connection,
        index,
        cursor: edge[hidden.cursor],
        keys: readEdgeKeys(edge, rule, place.order),
      })),
    )
    .toSorted((a, b) => compareKeys(a.keys, b.keys));
  const { size, cursor, isBackwards } = place;
  const page = isBackwards ? rows.slice(-size) : rows.slice(0, size);
  const hasMore =
    rows.length > size || connections.some((connection) => saysMore(connection, place));
  const isContinued = cursor !== null;
  const pageInfo: Row = {
    hasNextPage: isBackwards ? isContinued : hasMore,
    hasPreviousPage: isBackwards ? hasMore : isContinued,
    startCursor: page[0]?.cursor ?? null,
    endCursor: page.at(-1)?.cursor ?? null,
  };
  const merged: Row = {};
  for (const { key, name, typeName: partType, tops } of parts) {
    if (name === '__typename') merged[key] = typeName;
    else if (name === 'edges' || name === 'nodes') {
      merged[key] = page.map(({ connection, index }) => (connection[key] as unknown[])[index]);
    } else if (name === 'pageInfo') {
      merged[key] = pick({ ...pageInfo, __typename: partType }, tops);
    } else {
      const counts = connections.map((connection) => connection[key]);
      if (countsAtLeast.has(name)) merged[key] = sumAtLeast(counts);
      else merged[key] = areAll && !counts.includes(null) ? sumExactly(counts) : null;
    }
  }
  return merged;
}

/** Whether a partner has rows beyond its page, in the direction of the reading. */
export const saysMore = (
  { [hidden.pageInfo]: pageInfo }: Row,
  { isBackwards }: pagination.PageRequest,
): boolean => (pageInfo as Row)[isBackwards ? hidden.hasPreviousPage : hidden.hasNextPage] === true;

function pick(source: Row, asked: readonly TopField[]): Row {
  const picked: Row = {};
  for (const [key, [top]] of readInnerFields(asked))
    picked[key] = source[top?.field.name.value ?? key];
  return picked;
}
