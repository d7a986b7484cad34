import { HubError } from '../errors/index.js';

/** How many ids one filter may name; a database takes no statement with any number of them. */
const mostChosen = 1_000;

/**
 * The ids that a filter names, each once; undefined where it names none and so leaves nothing out. No id has NUL in it,
 * which PostgreSQL refuses.
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
      message: `\`${argument}\` is at most 1,000.`,
    });
  }
  return [...new Set(ids)].filter((id) => !id.includes('\0'));
}
