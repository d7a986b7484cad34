import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { keepIds } from '../../database/chosen-ids.js';
import { byId, type OrderKey } from '../../database/order.js';
import type { Connection } from '../../database/pagination/connection-types.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import { type Orders, readOrdered } from '../../database/read-ordered.js';
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

const byName: readonly OrderKey[] = [
  { property: 'name', nullable: true, isEmptyNull: true },
  { property: 'id' },
];

/** The orders of lists of people. The first one is the usual order. */
export const personOrders = { ID: byId, NAME: byName };
export const participantOrders = {
  ...personOrders,
  TARGET_GROUP: [{ property: 'targetGroup' }, { property: 'id' }],
};

/** What the values of enums of such orders mean. */
export const orderWords = {
  ID: 'In the usual order: by the code points of the id.',
  NAME: 'By the code points of the name, then id. People without one come last. Only the staff of the organisation that registered the people may sort by it, `FORBIDDEN` for others; each row of a page is recorded as a reading of the name.',
  TARGET_GROUP: 'By the code of the target group, then id.',
} as const;

/**
 * Reads a page of people. Whoever gets them by name learns the order of all names, so only those may
 * who may read all of them.
 * @param type the name of their type, for the record of readings
 * @throws HubError `FORBIDDEN` for all but own staff; `BAD_USER_INPUT`
 */
export async function readPeople<
  Person extends { readonly id: string; readonly name: string | null },
  Name extends string,
>(
  people: SelectQueryBuilder<Person>,
  { orders, orderBy, type }: { orders: Orders<Name>; orderBy: Name | null; type: string },
  page: PageArguments,
  context: PartnerContext,
): Promise<Connection<Person>> {
  const isByName = orderBy === 'NAME';
  if (isByName && !isOwnStaff(context)) throw new HubError('FORBIDDEN', { argument: 'orderBy' });
  const found = await readOrdered(people, orders, orderBy, page);
  if (isByName)
    for (const { id, name } of found.nodes)
      if (name !== null) context.disclosures.note(type, 'name', id);
  return found;
}
