import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import {
  decodeCursor,
  encodeCursor,
  readPageSize,
  type Connection,
  type Edge,
  type PageInfo,
  type SortKeys,
} from '../pagination/index.js';

/** A property by which a list is sorted; strings compare by code points, null sorts last. The last key of an order is unique. */
export interface OrderKey {
  readonly property: string;
  readonly nullable?: boolean;
}

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export const byId: readonly OrderKey[] = [{ property: 'id' }];

/** Sorts a query by these keys. */
export function orderBy<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
): SelectQueryBuilder<T> {
  for (const { property, nullable } of keys) {
    query.addOrderBy(`${query.alias}.${property}`, 'ASC', nullable ? 'NULLS LAST' : undefined);
  }
  return query;
}

/** The rows after the one with these sort keys: k1 > v1, or k1 = v1 and k2 > v2, and so on. */
export function isAfter(alias: string, keys: readonly OrderKey[], values: SortKeys): Brackets {
  const column = (index: number) => `${alias}.${keys[index]!.property}`;
  const equals = (index: number) =>
    values[index] === null ? `${column(index)} IS NULL` : `${column(index)} = :after${index}`;
  const exceeds = (index: number) => {
    if (values[index] === null) return undefined;
    const exceeds = `${column(index)} > :after${index}`;
    return keys[index]!.nullable ? `(${exceeds} OR ${column(index)} IS NULL)` : exceeds;
  };
  const alternatives = keys.flatMap((_, last) => {
    const exceedsLast = exceeds(last);
    if (!exceedsLast) return [];
    return [[...keys.slice(0, last).map((_, index) => equals(index)), exceedsLast].join(' AND ')];
  });
  const parameters = Object.fromEntries(values.map((value, index) => [`after${index}`, value]));
  return new Brackets((where) =>
    where.where(alternatives.length > 0 ? alternatives.map((a) => `(${a})`).join(' OR ') : '1 = 0', parameters),
  );
}

/** A page of rows, read one further than it is long, with the list’s own count where it is asked for. */
export function toConnection<T extends ObjectLiteral>(
  rows: readonly T[],
  first: number,
  keys: readonly OrderKey[],
  after: string | null | undefined,
  count: () => Promise<number>,
): Connection<T> {
  const edges: Edge<T>[] = rows.slice(0, first).map((node) => ({
    node,
    cursor: encodeCursor(keys.map(({ property }) => node[property] as string | null)),
  }));
  const pageInfo: PageInfo = {
    hasNextPage: rows.length > first,
    hasPreviousPage: after != null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  let counted: Promise<number> | undefined;
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo,
    get totalCount() {
      return (counted ??= count());
    },
    get countAtLeast() {
      return (counted ??= count());
    },
  };
}

/**
 * One page of a filtered query, by keyset: the cost of a page does not grow with its distance from the start.
 * The query may join to-one relations only; what filters by a to-many relation is an `EXISTS`.
 * @throws `BAD_USER_INPUT` for a page size or cursor that is none.
 */
export async function readPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
  { first: asked, after }: PageArguments,
): Promise<Connection<T>> {
  const first = readPageSize(asked);
  const page = query.clone();
  if (after != null) page.andWhere(isAfter(query.alias, keys, decodeCursor(after, keys.length)));
  const rows = await orderBy(page, keys)
    .limit(first + 1)
    .getMany();
  return toConnection(rows, first, keys, after, () => query.clone().getCount());
}
