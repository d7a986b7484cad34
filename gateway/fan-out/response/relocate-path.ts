import type { ResponsePath } from '../../engine/documents/response-path.js';

/**
 * The path of an error in a merged value, from its path in one partner’s contribution. Merging
 * moves rows. Undefined if the row is not in the merged value.
 */
export function relocate(
  path: ResponsePath,
  own: unknown,
  merged: unknown,
): ResponsePath | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return path;
  if (typeof head === 'number') {
    if (!Array.isArray(own) || !Array.isArray(merged)) return path;
    const place = readPlaces(merged).get(own[head]);
    return place === undefined ? undefined : [place, ...rest];
  }
  // The rows of a connection are one step deeper.
  if (typeof rest[0] !== 'number' || !isRecord(own) || !isRecord(merged)) return path;
  const inner = relocate(rest, own[head], merged[head]);
  return inner && [head, ...inner];
}

const readLists = new WeakMap<readonly unknown[], ReadonlyMap<unknown, number>>();

/**
 * The index of each row. Contributions and the merged list share the row objects. A list is read
 * once for all its errors.
 */
function readPlaces(merged: readonly unknown[]): ReadonlyMap<unknown, number> {
  const known = readLists.get(merged);
  if (known) return known;
  const places = new Map<unknown, number>();
  merged.forEach((row, place) => {
    if (!places.has(row)) places.set(row, place);
  });
  readLists.set(merged, places);
  return places;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
