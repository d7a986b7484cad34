/** More than these share a place too wide to be a finding. */
const mostNamed = 3;

/** Those that have the most of something, if they are few, and how much. */
export function findMost<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => number,
): { readonly rows: readonly Row[]; readonly value: number } | undefined {
  const value = rows.reduce((most, row) => Math.max(most, valueOf(row)), 0);
  const first = rows.filter((row) => valueOf(row) === value);
  return value === 0 || first.length > mostNamed ? undefined : { rows: first, value };
}
