import type { ResponsePath } from '../../documents/response-path.js';

/**
 * The path of an error in a joined value, from its path in what one partner contributed: rows of several partners stand
 * elsewhere once they are joined. Undefined where its row has not come into the value.
 */
export function relocate(
  path: ResponsePath,
  own: unknown,
  joined: unknown,
): ResponsePath | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return path;
  if (typeof head === 'number') {
    if (!Array.isArray(own) || !Array.isArray(joined)) return path;
    const place = readPlaces(joined).get(own[head]);
    return place === undefined ? undefined : [place, ...rest];
  }
  // The rows of a connection are one step deeper.
  if (typeof rest[0] !== 'number' || !isRecord(own) || !isRecord(joined)) return path;
  const inner = relocate(rest, own[head], joined[head]);
  return inner && [head, ...inner];
}

const readLists = new WeakMap<readonly unknown[], ReadonlyMap<unknown, number>>();

/** Where each row stands: it is the same object in what a partner contributed. A list is read once for all its errors. */
function readPlaces(joined: readonly unknown[]): ReadonlyMap<unknown, number> {
  const known = readLists.get(joined);
  if (known) return known;
  const places = new Map<unknown, number>();
  joined.forEach((row, place) => {
    if (!places.has(row)) places.set(row, place);
  });
  readLists.set(joined, places);
  return places;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
