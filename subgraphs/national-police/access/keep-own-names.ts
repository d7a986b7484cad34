import { refuseInput } from '@hub/shared/errors';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** The field of a filter that searches the names of this police force’s people. */
export const searchedOwnName = {
  ...vocabulary.searchedName,
  description: `${vocabulary.searchedName.description} Needs \`country\`, else \`BAD_USER_INPUT\`.`,
};

/** What an order of people by name means here. */
export const ownNameOrder = `${vocabulary.orderWords.NAME} Needs \`filter.country\`, else \`BAD_USER_INPUT\`.`;

interface SearchedPeople {
  readonly country?: string | null;
  readonly search?: string | null;
}

/**
 * Keeps the people of this police force whose name contains a text. A search must name its country,
 * so that no name is sent to the other police forces; so must an order by name, because its cursors
 * contain names.
 * @throws HubError `BAD_USER_INPUT` without a country, `FORBIDDEN`
 */
export async function keepOwnNames<Person extends ObjectLiteral>(
  people: SelectQueryBuilder<Person>,
  filter: SearchedPeople | null,
  { orderBy, type }: { readonly orderBy: string | null; readonly type: string },
  context: PartnerContext,
): Promise<void> {
  const isSearch = filter?.search != null;
  if (!isSearch && orderBy !== 'NAME') return;
  if (filter?.country == null)
    refuseInput(
      'filter.country',
      `\`${isSearch ? 'filter.search' : 'orderBy.NAME'}\` needs \`filter.country\`: the country of your own police force.`,
    );
  await vocabulary.keepNames(people, filter.search, type, context);
}
