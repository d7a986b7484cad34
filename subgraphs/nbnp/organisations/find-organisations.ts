import { byId, type Orders, textSearch, whereExisted, whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Organisation } from '../entities/organisation.entity.js';
import type { OrganisationOrder } from '../entities/vocabulary.js';
import type { OrganisationFilter } from './organisation.input.js';

export const organisationOrders: Orders<OrganisationOrder> = {
  ID: byId,
  NAME: [{ property: 'name' }, { property: 'id' }],
};

const openDays = { first: 'organisation.foundedOn', last: 'organisation.closedOn' };

/** Builds the query for the organisations that a filter selects. */
export function findOrganisations(
  source: DataSource,
  { country, city, kind, openOn, search, merged }: OrganisationFilter,
): SelectQueryBuilder<Organisation> {
  const organisations = source.getRepository(Organisation).createQueryBuilder('organisation');
  if (merged !== true) organisations.andWhere('organisation.mergedIntoId IS NULL');
  if (country != null) organisations.andWhere('organisation.country = :country', { country });
  if (city != null)
    organisations.andWhere('organisation.city IS NOT NULL AND organisation.searchCity = :city', {
      city: textSearch.toSearchText(city),
    });
  if (openOn != null) whereExisted(organisations, openOn, openDays);
  if (kind != null) whereText(organisations, 'organisation.kind = :kind', { kind });
  if (search != null) textSearch.containsText(organisations, 'searchText', search);
  return organisations;
}
