import { HubError } from '../../errors/hub-error.js';
import type { PageRequest } from './page-size.js';

/** The longest cursor, in UTF-16 code units. */
export const longestCursor = 2_000;

/** The values of a row’s sort keys, in order. Null sorts last. */
export type SortKeys = readonly (string | null)[];

/**
 * A cursor contains only the sort keys of its row, so that every partner of a schema can continue
 * from it.
 * @param order the name of an order that the caller chose: the cursor begins with it, so that a
 * cursor of another order is refused
 */
export function encodeCursor(keys: SortKeys, order?: string): string {
  const all = order === undefined ? keys : [order, ...keys];
  return Buffer.from(JSON.stringify(all), 'utf8').toString('base64url');
}

/** The argument that has the cursor of a page. */
type CursorArgument = 'after' | 'before';

/** The error for a text that no row of the list has as its cursor. */
export const foreignCursor = (argument: CursorArgument): HubError =>
  new HubError('BAD_USER_INPUT', {
    argument,
    message: `\`${argument}\` is not a cursor of this list.`,
  });

/**
 * Decodes the sort keys of a cursor.
 * @throws `BAD_USER_INPUT` if it is not a cursor with `length` keys.
 */
export function decodeCursor(
  cursor: string,
  length: number,
  argument: CursorArgument = 'after',
): SortKeys {
  const refuse = () => foreignCursor(argument);
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

/**
 * The sort keys in the cursor of a page. Undefined without one.
 * @throws `BAD_USER_INPUT` if it is not a cursor with `length` keys, of this order
 */
export function readCursor(
  { cursor, isBackwards }: PageRequest,
  length: number,
  order?: string,
): SortKeys | undefined {
  if (cursor === null) return undefined;
  const argument = cursorArgument({ isBackwards });
  if (order === undefined) return decodeCursor(cursor, length, argument);
  const [name, ...keys] = decodeCursor(cursor, length + 1, argument);
  if (name === order) return keys;
  throw foreignCursor(argument);
}

export const cursorArgument = ({ isBackwards }: Pick<PageRequest, 'isBackwards'>): CursorArgument =>
  isBackwards ? 'before' : 'after';
