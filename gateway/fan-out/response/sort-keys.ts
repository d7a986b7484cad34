import type { GatherRule } from '../rules/fan-out-rules.js';
import { InvalidResponse } from './compile-projection.js';
import { hidden } from './hidden-fields.js';

type Row = Record<string, unknown>;

/** One value of a sort key. */
export type SortKey = string | number | boolean | null;

/**
 * The sort keys of a row, which were selected under hidden names.
 * @throws {@link InvalidResponse}
 */
export function readSortKeys(
  row: Row | null | undefined,
  { orderBy }: GatherRule,
): readonly SortKey[] {
  if (!row) throw new InvalidResponse('A row of a gathered list is null.');
  return orderBy.map((_, index) => {
    const key = row[hidden.sortKey(index)] ?? null;
    // A custom scalar may be an object, and comparing it may throw.
    if (typeof key === 'object' && key !== null)
      throw new InvalidResponse('A sort key of a gathered list is an object.');
    return key as SortKey;
  });
}

/** The order of a gathered list: texts by code points, null last. */
export function compareKeys(a: readonly SortKey[], b: readonly SortKey[]): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareKey(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareKey(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  if (typeof a === 'string' && typeof b === 'string') return compareByCodePoints(a, b);
  return a < b ? -1 : 1;
}

/**
 * In UTF-16, the surrogates of U+10000 and above sort before U+E000. In code points, as databases
 * sort, they do not.
 */
const inCodePointOrder = (unit: number): number =>
  unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800;

export function compareByCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const difference =
      inCodePointOrder(a.charCodeAt(index)) - inCodePointOrder(b.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
