import type { ResponsePath } from './operation-record.js';

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
    // A row is the same object in both.
    const place = joined.indexOf(own[head]);
    return place < 0 ? undefined : [place, ...rest];
  }
  // The rows of a connection are one step deeper.
  if (typeof rest[0] !== 'number' || !isRecord(own) || !isRecord(joined)) return path;
  const inner = relocate(rest, own[head], joined[head]);
  return inner && [head, ...inner];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
