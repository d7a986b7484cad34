import { orderBy, type OrderKey, readRows, textSearch, whereExisted } from '@hub/shared/database';
import type { DataSource } from 'typeorm';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import type { PoliceUnitFilter } from './police-unit.input.js';

/** By country, name and id. */
const unitOrder: readonly OrderKey[] = [
  { property: 'country' },
  { property: 'name' },
  { property: 'id' },
];

/**
 * Finds the units that a filter selects, in order. A condition that is not given excludes nothing.
 */
export function findPoliceUnits(
  source: DataSource,
  { country, on, search, merged }: PoliceUnitFilter = {},
): Promise<PoliceUnit[]> {
  const units = source.getRepository(PoliceUnit).createQueryBuilder('unit');
  if (merged !== true) units.andWhere('unit.mergedIntoId IS NULL');
  if (country != null) units.andWhere('unit.country = :country', { country });
  if (on != null) whereExisted(units, on, { first: 'unit.validFrom', last: 'unit.validTo' });
  if (search != null) textSearch.containsText(units, 'searchText', search);
  return readRows(orderBy(units, unitOrder));
}
