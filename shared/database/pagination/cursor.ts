import { HubError } from '../../errors/hub-error.js';

/** The longest cursor, in UTF-16 code units. */
export const longestCursor = 2_000;

/** The values of a row’s sort keys, in order. Null sorts last. */
export type SortKeys = readonly (string | null)[];

/**
 * A cursor contains only the sort keys of its row, so that every partner of a schema can continue
 * from it.
 */
export function encodeCursor(keys: SortKeys): string {
  return Buffer.from(JSON.stringify(keys), 'utf8').toString('base64url');
}

/**
 * Decodes the sort keys of a cursor.
 * @throws `BAD_USER_INPUT` if it is not a cursor with `length` keys.
 */
export function decodeCursor(cursor: string, length: number): SortKeys {
  const refuse = () =>
    new HubError('BAD_USER_INPUT', {
      argument: 'after',
      message: '`after` is not a cursor of this list.',
    });
  if (cursor.length > longestCursor) throw refuse();
  let keys: unknown;
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refuse();
  }
  if (!Array.isArray(keys) || keys.length !== length) throw refuse();
  if (!keys.every((key) => key === null || typeof key === 'string')) throw refuse();
  return keys;
}
