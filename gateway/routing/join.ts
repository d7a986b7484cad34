import { hidden } from './prepare.js';
import { InvalidAnswer } from './project.js';
import {
  areMet,
  createSelectionSet,
  readTopFields,
  type TopField,
  type Variables,
} from './selection.js';
import type { GatherRule } from './spread-rules.js';

/** One value of a sort key. */
type SortKey = string | number | boolean | null;
type Row = Record<string, unknown>;

/** A part of a connection that was asked under some response key. */
export interface ConnectionPart {
  readonly key: string;
  readonly name: string;
  readonly typeName: string;
  /** Where it was asked, and under which conditions. */
  readonly tops: readonly TopField[];
}

/** How one gathered field is joined: its rule, and under which response keys a connection’s parts were asked. */
export interface JoinPlan {
  readonly rule: GatherRule;
  readonly typeName: string;
  readonly parts: readonly ConnectionPart[];
  /** Of the connection’s counts, those that never lie: the sum of what came. The others are null unless all came. */
  readonly countsAtLeast: ReadonlySet<string>;
}

export interface JoinArguments {
  /** The length of a connection’s page. */
  readonly first: number;
  readonly hasAfter: boolean;
  readonly variables: Variables;
  /** True when every partner that was to be asked has answered with a value. */
  readonly isComplete: boolean;
}

/** Joins the projected values of one gathered field; a null among them adds nothing. */
export function joinValues(
  plan: JoinPlan,
  values: readonly unknown[],
  args: JoinArguments,
): unknown {
  const present = values.filter((value) => value !== null && value !== undefined);
  // A partner that answered with null has said nothing of its rows.
  const areAll = args.isComplete && present.length === values.length;
  switch (plan.rule.join) {
    case 'sum':
      return areAll ? sum(present) : null;
    case 'list':
      return joinLists(plan, present as Row[][]);
    case 'connection':
      return joinConnections(plan, present as Row[], { ...args, areAll });
  }
}

const sum = (values: readonly unknown[]): number =>
  values.reduce<number>((total, value) => total + (value as number), 0);

function joinLists({ rule }: JoinPlan, lists: readonly Row[][]): Row[] {
  return lists
    .flat()
    .map((row) => ({ row, keys: takeSortKeys(row, rule) }))
    .toSorted((a, b) => compareKeys(a.keys, b.keys))
    .map(({ row }) => row);
}

/** A connection’s rows, each known by its place, so that the same rows are taken under every response key. */
function joinConnections(
  { rule, typeName, parts, countsAtLeast }: JoinPlan,
  connections: readonly Row[],
  { first, hasAfter, variables, areAll }: JoinArguments & { readonly areAll: boolean },
): Row {
  const rows = connections
    .flatMap((connection) =>
      (connection[hidden.edges] as Row[]).map((edge, index) => ({
        connection,
        index,
        cursor: edge[hidden.cursor],
        keys: readSortKeys(edge[hidden.node] as Row, rule),
      })),
    )
    .toSorted((a, b) => compareKeys(a.keys, b.keys));
  const page = rows.slice(0, first);
  const pageInfo: Row = {
    hasNextPage:
      rows.length > first ||
      connections.some((connection) => (connection[hidden.pageInfo] as Row)[hidden.hasNextPage]),
    hasPreviousPage: hasAfter,
    startCursor: page[0]?.cursor ?? null,
    endCursor: page.at(-1)?.cursor ?? null,
  };
  const joined: Row = {};
  for (const { key, name, typeName: partType, tops } of parts) {
    const asked = tops.filter(({ conditions }) => areMet(conditions, variables));
    if (asked.length === 0) continue;
    if (name === '__typename') joined[key] = typeName;
    else if (name === 'edges' || name === 'nodes') {
      joined[key] = page.map(({ connection, index }) => (connection[key] as unknown[])[index]);
    } else if (name === 'pageInfo') {
      joined[key] = pick({ ...pageInfo, __typename: partType }, asked, variables);
    } else {
      const counts = connections.map((connection) => connection[key]);
      const isKnown = countsAtLeast.has(name) || (areAll && !counts.includes(null));
      joined[key] = isKnown ? sum(counts) : null;
    }
  }
  return joined;
}

function pick(source: Row, asked: readonly TopField[], variables: Variables): Row {
  const selections = asked.flatMap(({ field }) => field.selectionSet?.selections ?? []);
  const picked: Row = {};
  for (const [key, tops] of readTopFields(createSelectionSet(selections))) {
    const top = tops.find(({ conditions }) => areMet(conditions, variables));
    if (top) picked[key] = source[top.field.name.value];
  }
  return picked;
}

/**
 * Checks what one partner contributes to a gathered field, where it contributes anything.
 * @throws {@link InvalidAnswer}
 */
export function checkContribution(plan: JoinPlan, value: unknown, first: number): void {
  if (value === null || value === undefined) return;
  if (plan.rule.join === 'list') checkList(plan, value as (Row | null)[]);
  if (plan.rule.join === 'connection') checkConnection(plan, value as Row, first);
}

/** A list’s last sort key is unique: a row that is null, or that comes twice, is none that was asked. */
function checkList({ rule }: JoinPlan, rows: readonly (Row | null)[]): void {
  const seen = new Set(rows.map((row) => readSortKeys(row, rule).at(-1)));
  if (seen.size < rows.length) throw new InvalidAnswer('A row of a gathered list comes twice.');
}

/**
 * Checks what one partner contributes to a connection: as many edges and nodes as it says, no more than were asked,
 * in the declared order, each once. A page in another order, or one that ends before it must, would lose rows between
 * this page and the next.
 */
function checkConnection({ rule, parts }: JoinPlan, value: Row, first: number): void {
  const edges = value[hidden.edges] as (Row | null)[];
  if (edges.length > first) throw new InvalidAnswer('A page is longer than was asked.');
  const { [hidden.hasNextPage]: hasNextPage } = value[hidden.pageInfo] as Row;
  if (hasNextPage === true && edges.length < first) {
    throw new InvalidAnswer('A page is shorter than was asked, and more follow.');
  }
  for (const { key, name } of parts) {
    if (name !== 'edges' && name !== 'nodes') continue;
    const list = value[key];
    if (list !== undefined && (list as unknown[]).length !== edges.length) {
      throw new InvalidAnswer('A page has not as many nodes as edges.');
    }
  }
  let previous: readonly SortKey[] | undefined;
  for (const edge of edges) {
    const keys = readSortKeys(edge?.[hidden.node] as Row | null | undefined, rule);
    if (previous && compareKeys(previous, keys) >= 0) {
      throw new InvalidAnswer('A page is not in its order.');
    }
    previous = keys;
  }
}

function readSortKeys(row: Row | null | undefined, { orderBy }: GatherRule): readonly SortKey[] {
  if (!row) throw new InvalidAnswer('A row of a gathered list is null.');
  return orderBy.map((_, index) => (row[hidden.sortKey(index)] ?? null) as SortKey);
}

function takeSortKeys(row: Row, rule: GatherRule): readonly SortKey[] {
  const keys = readSortKeys(row, rule);
  rule.orderBy.forEach((_, index) => delete row[hidden.sortKey(index)]);
  return keys;
}

function compareKeys(a: readonly SortKey[], b: readonly SortKey[]): number {
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

/** UTF-16 puts the surrogates of U+10000 and above before U+E000; code points, as databases compare them, do not. */
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
