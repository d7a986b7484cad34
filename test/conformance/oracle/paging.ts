import type { OpenHub } from '../../e2e/network/open-hub.js';

/** A list that is asked for in pages, and what tells its rows apart. */
export interface PagedList {
  readonly field: string;
  readonly key: string;
  /** Whether it takes rehearsals in, which are the only people of the demonstration. */
  readonly rehearsals?: boolean;
}

export const pagedLists: readonly PagedList[] = [
  { field: 'officers', key: 'id', rehearsals: true },
  { field: 'experts', key: 'id', rehearsals: true },
  { field: 'events', key: 'id', rehearsals: true },
  { field: 'organisations', key: 'id' },
  { field: 'statements', key: 'id', rehearsals: true },
  { field: 'delegates', key: 'id', rehearsals: true },
  { field: 'delegateNominations', key: 'id' },
  { field: 'groups', key: 'id', rehearsals: true },
  { field: 'visits', key: 'id', rehearsals: true },
];

/** The arguments of a list, but for those of paging. */
export const filterOf = ({ rehearsals = false }: PagedList): string =>
  rehearsals ? 'filter: { rehearsals: true }, ' : '';

/** All that a page says. */
export const wholePage = ({ key }: PagedList): string =>
  `edges { cursor node { ${key} } } nodes { ${key} } totalCount
   pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** Asks for page after page, each from where the last one ended. */
export async function pageThrough(
  hub: OpenHub,
  list: PagedList,
  first: number,
): Promise<{ readonly keys: readonly string[]; readonly pages: number }> {
  const query = `query ($first: Int, $after: String) {
    page: ${list.field}(${filterOf(list)}first: $first, after: $after) { nodes { key: ${list.key} } pageInfo { hasNextPage endCursor } }
  }`;
  const keys: string[] = [];
  let pages = 0;
  let after: string | null = null;
  do {
    const { data } = await hub.ask(query, { first, after });
    const { nodes, pageInfo } = data.page as {
      nodes: { key: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
    keys.push(...nodes.map((node) => node.key));
    pages += 1;
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return { keys, pages };
}
