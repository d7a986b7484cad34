import type { OpenHub } from '../../e2e/network/open-hub.js';

/** A list that is asked for in pages, and what tells its rows apart. */
export interface PagedList {
  readonly field: string;
  readonly key: string;
  /** Whether it takes rehearsals in, which are the only people of the demonstration. */
  readonly rehearsals?: boolean;
  /** @default the usual one */
  readonly orderBy?: string;
}

export const pagedLists: readonly PagedList[] = [
  { field: 'officers', key: 'id', rehearsals: true },
  { field: 'officers', key: 'id', rehearsals: true, orderBy: 'TARGET_GROUP' },
  { field: 'experts', key: 'id', rehearsals: true },
  { field: 'events', key: 'id', rehearsals: true },
  { field: 'events', key: 'id', rehearsals: true, orderBy: 'TITLE' },
  { field: 'organisations', key: 'id' },
  { field: 'statements', key: 'id', rehearsals: true },
  { field: 'delegates', key: 'id', rehearsals: true },
  { field: 'delegates', key: 'id', rehearsals: true, orderBy: 'TARGET_GROUP' },
  { field: 'delegateNominations', key: 'id' },
  { field: 'delegateNominations', key: 'id', orderBy: 'NOMINATED_ON_DESCENDING' },
  { field: 'delegateNominations', key: 'id', orderBy: 'STATUS' },
  { field: 'groups', key: 'id', rehearsals: true },
  { field: 'visits', key: 'id', rehearsals: true },
];

/** The arguments of a list, but for those of paging. */
export const filterOf = ({ rehearsals = false, orderBy }: PagedList): string =>
  `${rehearsals ? 'filter: { rehearsals: true }, ' : ''}${orderBy ? `orderBy: ${orderBy}, ` : ''}`;

/** All that a page says. */
export const wholePage = ({ key }: PagedList): string =>
  `edges { cursor node { ${key} } } nodes { ${key} } totalCount
   pageInfo { hasNextPage hasPreviousPage startCursor endCursor }`;

/** Asks for page after page, each from where the last one ended: forwards, or backwards. */
export async function pageThrough(
  hub: OpenHub,
  list: PagedList,
  size: number,
  isBackwards = false,
): Promise<readonly string[]> {
  const query = `query ($size: Int, $cursor: String) {
    page: ${list.field}(${filterOf(list)}${isBackwards ? 'last: $size, before: $cursor' : 'first: $size, after: $cursor'}) {
      nodes { key: ${list.key} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  }`;
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const { data } = await hub.ask(query, { size, cursor });
    const { nodes, pageInfo } = data.page as {
      nodes: { key: string }[];
      pageInfo: {
        hasNextPage: boolean;
        hasPreviousPage: boolean;
        startCursor: string | null;
        endCursor: string | null;
      };
    };
    pages.push(nodes.map((node) => node.key));
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
    if (isBackwards) cursor = hasPreviousPage ? startCursor : null;
    else cursor = hasNextPage ? endCursor : null;
  } while (cursor !== null);
  return (isBackwards ? pages.toReversed() : pages).flat();
}
