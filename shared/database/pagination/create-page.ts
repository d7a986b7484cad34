import type { Connection } from './connection-types.js';
import { encodeCursor, type SortKeys } from './cursor.js';

/**
 * A page of a list of the program’s own. `toConnection` makes one of a table’s rows.
 * @param found the rows from the start of the page, at least one more than it has if more follow
 */
export function createPage<Row, Node>(
  found: readonly Row[],
  { first, after }: { readonly first: number; readonly after?: string | null | undefined },
  keysOf: (row: Row) => SortKeys,
  nodeOf: (row: Row) => Node,
): Pick<Connection<Node>, 'edges' | 'nodes' | 'pageInfo'> {
  const edges = found
    .slice(0, first)
    .map((row) => ({ cursor: encodeCursor(keysOf(row)), node: nodeOf(row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: found.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
