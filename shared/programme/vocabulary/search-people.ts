import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { keepIds } from '../../database/chosen-ids.js';
import { toSearchText } from '../../database/search/search.js';
import { HubError } from '../../errors/hub-error.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { isOwnStaff } from '../../policy/readers.js';

/** The field of a filter that searches the names of people. */
export const searchedName = {
  nullable: true,
  description:
    'A part of the name, in any case, with marks or without. Only the staff of the organisation that registered the people may search, `FORBIDDEN` for others; each match is recorded as a reading of the name.',
} as const;

/**
 * Keeps the people whose name contains a text. Whoever learns which of them match has read their
 * names, so only those may who may read all of them.
 * @param type the name of their type, for the record of readings
 * @throws HubError `FORBIDDEN` for all but own staff
 */
export async function keepNames<Person extends ObjectLiteral>(
  people: SelectQueryBuilder<Person>,
  search: string | null | undefined,
  type: string,
  context: PartnerContext,
): Promise<void> {
  if (search == null) return;
  if (!isOwnStaff(context)) throw new HubError('FORBIDDEN', { argument: 'filter.search' });
  const { alias } = people;
  const rows = await people
    .clone()
    .select(`${alias}.id`, 'id')
    .addSelect(`${alias}.name`, 'name')
    .andWhere(`${alias}.name IS NOT NULL`)
    .getRawMany<{ readonly id: string; readonly name: string }>();
  const text = toSearchText(search);
  const found = rows.filter(({ name }) => toSearchText(name).includes(text)).map(({ id }) => id);
  for (const id of found) context.disclosures.note(type, 'name', id, id);
  keepIds(people, found);
}
