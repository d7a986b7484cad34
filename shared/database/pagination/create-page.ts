import type { Connection, PageInfo } from './connection-types.js';
import { encodeCursor, readCursor, type SortKeys } from './cursor.js';
import { readPageRequest, type PageRequest } from './page-size.js';
import type { PageArguments } from './paged.js';

/**
 * A page of a list of the program’s own. `toConnection` makes one of a table’s rows.
 * @param found the rows from the start of the page, at least one more than it has if more follow;
 * backwards, from its end
 */
export function createPage<Row, Node>(
  found: readonly Row[],
  request: PageRequest,
  keysOf: (row: Row) => SortKeys,
  nodeOf: (row: Row) => Node,
  name?: string,
): Pick<Connection<Node>, 'edges' | 'nodes' | 'pageInfo'> {
  const edges = cutPage(found, request).map((row) => ({
    cursor: encodeCursor(keysOf(row), name),
    node: nodeOf(row),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: describePage(found.length, request, edges[0]?.cursor, edges.at(-1)?.cursor),
  };
}

/**
 * A page of a list that is in memory. Texts compare by code points, and null sorts last.
 * @param keysOf the sort keys of a row, `length` of them. The last one is unique.
 * @param name of an order that the caller chose, as for `encodeCursor`
 * @throws `BAD_USER_INPUT` for an invalid page size or cursor
 */
export function sortPage<Row>(
  rows: readonly Row[],
  asked: PageArguments,
  keysOf: (row: Row) => SortKeys,
  length: number,
  name?: string,
): Connection<Row> {
  const request = readPageRequest(asked);
  const cursor = readCursor(request, length, name);
  const sign = request.isBackwards ? -1 : 1;
  const found = rows
    .map((row) => ({ row, keys: keysOf(row) }))
    .filter(({ keys }) => !cursor || compareSortKeys(keys, cursor) * sign > 0)
    .toSorted((one, other) => compareSortKeys(one.keys, other.keys) * sign);
  const page = createPage(
    found,
    request,
    ({ keys }) => keys,
    ({ row }) => row,
    name,
  );
  return { ...page, totalCount: rows.length, countAtLeast: rows.length };
}

function compareSortKeys(one: SortKeys, other: SortKeys): number {
  for (const [index, first] of one.entries()) {
    const second = other[index] ?? null;
    if (first === second) continue;
    if (first === null) return 1;
    if (second === null) return -1;
    return Buffer.compare(Buffer.from(first), Buffer.from(second));
  }
  return 0;
}

/** The rows of a page in the order of the list. */
export function cutPage<Row>(found: readonly Row[], { size, isBackwards }: PageRequest): Row[] {
  const rows = found.slice(0, size);
  return isBackwards ? rows.reverse() : rows;
}

/** @param found how many rows were found, beyond the page too */
export function describePage(
  found: number,
  { size, cursor, isBackwards }: PageRequest,
  startCursor: string | undefined,
  endCursor: string | undefined,
): PageInfo {
  const [isContinued, hasMore] = [cursor !== null, found > size];
  return {
    hasNextPage: isBackwards ? isContinued : hasMore,
    hasPreviousPage: isBackwards ? hasMore : isContinued,
    startCursor: startCursor ?? null,
    endCursor: endCursor ?? null,
  };
}
