import {
  leaveOutRehearsals,
  orderBy,
  type OrderKey,
  readRows,
  textSearch,
  whereExisted,
} from '@hub/shared/database';
import type { DataSource } from 'typeorm';
import { NationalSite } from '../entities/national-site.entity.js';
import type { NationalSiteFilter } from './national-site.input.js';

/** By country, name and id. */
const siteOrder: readonly OrderKey[] = [
  { property: 'country' },
  { property: 'name' },
  { property: 'id' },
];

/** Finds the sites that a filter selects, in order. */
export function findNationalSites(
  source: DataSource,
  { country, sector, openOn, search, rehearsals, merged }: NationalSiteFilter,
): Promise<NationalSite[]> {
  const sites = source.getRepository(NationalSite).createQueryBuilder('site');
  leaveOutRehearsals(sites, rehearsals);
  if (merged !== true) sites.andWhere('site.mergedIntoId IS NULL');
  if (country != null) sites.andWhere('site.country = :country', { country });
  if (sector != null) sites.andWhere('site.sector = :sector', { sector });
  if (openOn != null) whereExisted(sites, openOn, { last: 'site.closedOn' });
  if (search != null) textSearch.containsText(sites, 'searchText', search);
  return readRows(orderBy(sites, siteOrder));
}
