import type { AnswerError, AskHub } from './hub-connection.js';

export type Row = Readonly<Record<string, unknown>>;

export interface Page {
  readonly rows: readonly Row[];
  /** Why rows, or parts of them, are missing. */
  readonly errors: readonly AnswerError[];
}

/** A root field that lists records, or has the one that there is. */
export interface Listing {
  readonly root: string;
  readonly isConnection: boolean;
  /** What is read of each record. */
  readonly selection: string;
}

interface Connection {
  readonly nodes?: unknown;
  readonly pageInfo?: { readonly hasNextPage?: boolean; readonly endCursor?: string | null };
}

/** How many rows a page has: few enough for partners that are far away, many enough for a hundred thousand. */
const pageSize = 250;

/** Reads all records of a root field, one page at a time. */
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

function printListing({ root, isConnection, selection }: Listing): string {
  if (!isConnection) return `query Doctor { ${root} { ${selection} } }`;
  return `query Doctor($first: Int, $after: String) {
    ${root}(first: $first, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } }
  }`;
}

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

/** The rows in a value that is one, or a list, or missing. */
export const readRows = (value: unknown): readonly Row[] => [value].flat().filter(isRow);
