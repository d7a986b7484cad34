import { textSearch, whereText } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Organisation } from '../entities/organisation.entity.js';
import type { OrganisationFilter } from './organisation.input.js';

/** Builds the query for the organisations that a filter selects. */
export function findOrganisations(
  source: DataSource,
  { country, kind, search, merged }: OrganisationFilter,
): SelectQueryBuilder<Organisation> {
  const organisations = source.getRepository(Organisation).createQueryBuilder('organisation');
  if (merged !== true) organisations.andWhere('organisation.mergedIntoId IS NULL');
  if (country != null) organisations.andWhere('organisation.country = :country', { country });
  if (kind != null) whereText(organisations, 'organisation.kind = :kind', { kind });
  if (search != null) textSearch.containsText(organisations, 'searchText', search);
  return organisations;
}
