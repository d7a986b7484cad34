import type { Connection, PageInfo } from './connection-types.js';
import { encodeCursor, type SortKeys } from './cursor.js';
import type { PagePlace } from './page-size.js';

/**
 * A page of a list of the program’s own. `toConnection` makes one of a table’s rows.
 * @param found the rows from the start of the page, at least one more than it has if more follow;
 * backwards, from its end
 */
export function createPage<Row, Node>(
  found: readonly Row[],
  place: PagePlace,
  keysOf: (row: Row) => SortKeys,
  nodeOf: (row: Row) => Node,
): Pick<Connection<Node>, 'edges' | 'nodes' | 'pageInfo'> {
  const edges = cutPage(found, place).map((row) => ({
    cursor: encodeCursor(keysOf(row)),
    node: nodeOf(row),
  }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: describePage(found.length, place, edges[0]?.cursor, edges.at(-1)?.cursor),
  };
}

/** The rows of a page in the order of the list. */
export function cutPage<Row>(found: readonly Row[], { size, isBackwards }: PagePlace): Row[] {
  const rows = found.slice(0, size);
  return isBackwards ? rows.reverse() : rows;
}

/** @param found how many rows were found, beyond the page too */
export function describePage(
  found: number,
  { size, cursor, isBackwards }: PagePlace,
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
