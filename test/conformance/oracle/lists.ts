import type { Row } from './rows.js';

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

export const sortBy = (rows: readonly Row[], ...columns: readonly string[]): Row[] =>
  [...rows].sort((a, b) =>
    compareKeys(
      columns.map((column) => a[column] as Key),
      columns.map((column) => b[column] as Key),
    ),
  );

/** A cursor is the sort keys of its row, as a JSON array in base64url. */
export const toCursor = (keys: readonly Key[]): string =>
  Buffer.from(JSON.stringify(keys)).toString('base64url');

const fromCursor = (cursor: string): Key[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Key[];

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** The first rows after a cursor, of rows in their order. */
export function page(
  rows: readonly Row[],
  { first, after }: PageArguments,
  {
    keysOf = ({ id }: Row): Key[] => [id as string],
    compare = compareKeys,
    isComplete = true,
  } = {},
): Row {
  const rest =
    after == null ? rows : rows.filter((row) => compare(keysOf(row), fromCursor(after)) > 0);
  const nodes = rest.slice(0, first ?? 50);
  const edges = nodes.map((node) => ({ node, cursor: toCursor(keysOf(node)) }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: rest.length > nodes.length,
      hasPreviousPage: after != null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: isComplete ? rows.length : null,
    countAtLeast: rows.length,
  };
}

/** In one case and without marks, as far as the facts need it. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('ø', 'o');

/** Whether any of the texts contains the term, in any case, with marks or without. */
export const contains = (term: string, ...texts: readonly (string | null)[]): boolean =>
  texts.some((text) => text !== null && plain(text).includes(plain(term)));

/** Whether two texts are the same in that way. */
export const isSame = (one: string, other: string | null): boolean =>
  other !== null && plain(one) === plain(other);

/** The days from the first to the last that a date of any precision may mean. */
export function daysOf(date: string): readonly [string, string] {
  const [year = '', month, day] = date.split('-');
  if (day !== undefined) return [date, date];
  const months = month === undefined ? ['01', '12'] : [month, month];
  const length = new Date(Date.UTC(Number(year), Number(months[1]), 0)).getUTCDate();
  return [`${year}-${months[0]}-01`, `${year}-${months[1]}-${String(length).padStart(2, '0')}`];
}

/** The last day for what is due after a programme; null while its end is open. */
export function closingOf({ ends_on }: Row): string | null {
  if (ends_on === null) return null;
  const [, last] = daysOf(ends_on as string);
  return `${Number(last.slice(0, 4)) + 2}${last.slice(4)}`;
}
