import { HubError } from '../errors/hub-error.js';

/** How many ids one filter may name. Databases limit the length of a statement. */
const mostChosen = 1_000;

/**
 * The ids of a filter, without duplicates. Undefined if there are none, so that nothing is
 * filtered. An id with NUL matches nothing, and PostgreSQL would reject it.
 * @throws HubError `BAD_USER_INPUT` for more than 1,000.
 */
export function readChosenIds(
  argument: string,
  ids: readonly string[] | null | undefined,
): string[] | undefined {
  if (ids == null) return undefined;
  if (ids.length > mostChosen) {
    throw new HubError('BAD_USER_INPUT', {
      argument,
      message: `\`${argument}\` must have at most 1,000 ids.`,
    });
  }
  return [...new Set(ids)].filter((id) => !id.includes('\0'));
}
