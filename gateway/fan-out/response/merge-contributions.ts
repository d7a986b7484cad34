import { readInnerFields, type TopField } from '../../engine/documents/selection.js';
import { hidden } from './hidden-fields.js';
import type { MergePlan } from './merge-plan.js';
import { compareKeys, readSortKeys } from './sort-keys.js';

type Row = Record<string, unknown>;

export interface MergeArguments {
  /** The number of rows of a connection’s page. */
  readonly first: number;
  readonly hasAfter: boolean;
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
  { first, hasAfter, areAll }: MergeArguments & { readonly areAll: boolean },
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

function pick(source: Row, asked: readonly TopField[]): Row {
  const picked: Row = {};
  for (const [key, [top]] of readInnerFields(asked))
    picked[key] = source[top?.field.name.value ?? key];
  return picked;
}
