export type Key = string | number | null;

/** By code points, null last. */
export function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    if (typeof left === 'number' && typeof right === 'number') return left - right;
    // UTF-8 keeps the order of code points.
    return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  }
  return 0;
}

/** A cursor is the sort keys of its row, as a JSON array in base64url. */
export const toCursor = (keys: readonly Key[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

const fromCursor = (cursor: string): Key[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Key[];

/** Whether the cursor of a page, if it has one, is of a list in this order. */
export function isPlaceIn(
  { last, after, before }: Readonly<Record<string, unknown>>,
  head: readonly string[],
  sortKeys: number,
): boolean {
  const cursor = typeof last === 'number' ? before : after;
  if (typeof cursor !== 'string') return true;
  const found = fromCursor(cursor);
  return found.length === head.length + sortKeys && head.every((name, at) => found[at] === name);
}

/** The first rows after a cursor, or the last ones before it, of rows in their order. */
export function page<Row>(
  rows: readonly { readonly row: Row; readonly keys: readonly Key[] }[],
  { first, after, last, before }: Readonly<Record<string, unknown>>,
  isComplete: boolean,
) {
  const isBackwards = typeof last === 'number';
  const cursor = isBackwards ? before : after;
  const rest =
    typeof cursor === 'string'
      ? rows.filter(({ keys }) => {
          const order = compareKeys(keys, fromCursor(cursor));
          return isBackwards ? order < 0 : order > 0;
        })
      : rows;
  const shown = isBackwards
    ? rest.slice(-last)
    : rest.slice(0, typeof first === 'number' ? first : 50);
  const edges = shown.map(({ row, keys }) => ({ node: row, cursor: toCursor(keys) }));
  return {
    edges,
    nodes: shown.map(({ row }) => row),
    pageInfo: {
      hasNextPage: isBackwards ? cursor != null : rest.length > shown.length,
      hasPreviousPage: isBackwards ? rest.length > shown.length : cursor != null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: isComplete ? rows.length : null,
    countAtLeast: rows.length,
  };
}
