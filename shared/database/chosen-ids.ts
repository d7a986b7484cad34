import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { HubError, refuseInput } from '../errors/hub-error.js';
import { byId, orderBy } from './order.js';
import { readRows } from './read-rows.js';

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
  if (ids.length > mostChosen)
    refuseInput(argument, `\`${argument}\` must have at most 1,000 ids.`);
  return [...new Set(ids)].filter((id) => !id.includes('\0'));
}

/** Keeps the rows with these ids, of which there may be any number: they are one parameter. */
export function keepIds<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  ids: readonly string[],
): SelectQueryBuilder<T> {
  const id = `${query.alias}.id`;
  return query.connection.options.type === 'postgres'
    ? query.andWhere(`${id} = ANY(:kept)`, { kept: ids })
    : query.andWhere(`${id} IN (SELECT value FROM json_each(:kept))`, {
        kept: JSON.stringify(ids),
      });
}

/** The most rows of which one list may ask other partners. */
const mostCandidates = 500;

/**
 * The rows of a query of which only other partners know whether the list has them.
 * @param rows what they are, in the error: `groups`
 * @throws HubError `QUERY_TOO_COMPLEX` if the query has too many
 */
export async function readCandidates<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  argument: string,
  rows: string,
): Promise<T[]> {
  const candidates = await readRows(orderBy(query.clone(), byId).limit(mostCandidates + 1));
  if (candidates.length <= mostCandidates) return candidates;
  const message = `\`${argument}\` needs conditions that select at most ${mostCandidates} ${rows}.`;
  throw new HubError('QUERY_TOO_COMPLEX', { argument, message });
}
