import { readInnerFields, type TopField } from '../../documents/selection.js';
import { hidden } from './hidden-fields.js';
import type { JoinPlan } from './merge-plan.js';
import { compareKeys, readSortKeys } from './sort-keys.js';

type Row = Record<string, unknown>;

export interface JoinArguments {
  /** The length of a connection’s page. */
  readonly first: number;
  readonly hasAfter: boolean;
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
      return areAll ? sumExactly(present) : null;
    case 'list':
      return joinLists(plan, present as Row[][]);
    case 'connection':
      return joinConnections(plan, present as Row[], { ...args, areAll });
  }
}

/** The largest that an `Int` may be. */
const largestInt = 2 ** 31 - 1;

const sum = (values: readonly unknown[]): number =>
  values.reduce<number>((total, value) => total + (value as number), 0);

/** A sum that is no `Int` any more is not known; of one that says “at least”, the largest there is still holds. */
const sumExactly = (values: readonly unknown[]): number | null =>
  sum(values) > largestInt ? null : sum(values);
const sumAtLeast = (values: readonly unknown[]): number => Math.min(sum(values), largestInt);

function joinLists({ rule }: JoinPlan, lists: readonly Row[][]): Row[] {
  return lists
    .flat()
    .map((row) => ({ row, keys: readSortKeys(row, rule) }))
    .toSorted((a, b) => compareKeys(a.keys, b.keys))
    .map(({ row }) => row);
}

/** A connection’s rows, each known by its place, so that the same rows are taken under every response key. */
function joinConnections(
  { rule, typeName, parts, countsAtLeast }: JoinPlan,
  connections: readonly Row[],
  { first, hasAfter, areAll }: JoinArguments & { readonly areAll: boolean },
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
    if (name === '__typename') joined[key] = typeName;
    else if (name === 'edges' || name === 'nodes') {
      joined[key] = page.map(({ connection, index }) => (connection[key] as unknown[])[index]);
    } else if (name === 'pageInfo') {
      joined[key] = pick({ ...pageInfo, __typename: partType }, tops);
    } else {
      const counts = connections.map((connection) => connection[key]);
      if (countsAtLeast.has(name)) joined[key] = sumAtLeast(counts);
      else joined[key] = areAll && !counts.includes(null) ? sumExactly(counts) : null;
    }
  }
  return joined;
}

function pick(source: Row, asked: readonly TopField[]): Row {
  const picked: Row = {};
  for (const [key, [top]] of readInnerFields(asked))
    picked[key] = source[top?.field.name.value ?? key];
  return picked;
}
