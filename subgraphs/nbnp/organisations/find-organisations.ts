import { textSearch, whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Organisation } from '../entities/organisation.entity.js';
import type { OrganisationFilter } from './organisation.input.js';

/** An unknown date excludes nothing, and a partial date covers all its days, at both ends. */
const hadBegun = '(organisation.foundedOn IS NULL OR organisation.foundedOn <= :day)';
const hadNotEnded =
  '(organisation.closedOn IS NULL OR organisation.closedOn >= substr(:day, 1, length(organisation.closedOn)))';

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
  if (openOn != null) organisations.andWhere(`${hadBegun} AND ${hadNotEnded}`, { day: openOn });
  if (kind != null) whereText(organisations, 'organisation.kind = :kind', { kind });
  if (search != null) textSearch.containsText(organisations, 'searchText', search);
  return organisations;
}
