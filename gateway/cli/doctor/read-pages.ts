import type { AskHub, HubError } from './hub-connection.js';

export type Row = Readonly<Record<string, unknown>>;

export interface Page {
  readonly rows: readonly Row[];
  /** Why rows, or parts of them, are missing. */
  readonly errors: readonly HubError[];
}

/** A root field that lists records, or returns the only one. */
export interface Listing {
  readonly root: string;
  readonly isConnection: boolean;
  /** Makes the list whole. */
  readonly argument?: string | undefined;
  /** The selection for each record. */
  readonly selection: string;
}

interface Connection {
  readonly nodes?: unknown;
  readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: string | null };
}

/** Rows of a page: few enough for distant partners, enough for a hundred thousand records. */
const pageSize = 250;

/** Reads all records of a root field, page by page. */
export async function* readPages(listing: Listing, ask: AskHub): AsyncGenerator<Page> {
  const { root, isConnection } = listing;
  const query = printListing(listing);
  for (let after: string | null = null; ;) {
    const { data, errors = [] } = await ask(query, isConnection ? { first: pageSize, after } : {});
    const found = data?.[root];
    if (!isConnection) {
      yield { rows: readRows(found), errors };
      return;
    }
    const { nodes, pageInfo } = (found ?? {}) as Connection;
    yield { rows: readRows(nodes), errors };
    const next = pageInfo?.hasNextPage ? pageInfo.endCursor : undefined;
    if (!next || next === after) return;
    after = next;
  }
}

function printListing({ root, isConnection, argument, selection }: Listing): string {
  if (!isConnection)
    return `query Doctor { ${root}${argument ? `(${argument})` : ''} { ${selection} } }`;
  return `query Doctor($first: Int, $after: String) {
    ${root}(first: $first, after: $after ${argument ?? ''}) { nodes { ${selection} } pageInfo { hasNextPage endCursor } }
  }`;
}

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The rows of a value: a list, a single row, or none. */
export const readRows = (value: unknown): readonly Row[] => [value].flat().filter(isRow);
