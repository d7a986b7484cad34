import { orderBy, type OrderKey, readRows, textSearch } from '@hub/shared/database';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
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
  if (on != null) existingOn(units, on);
  if (search != null) textSearch.containsText(units, 'searchText', search);
  return readRows(orderBy(units, unitOrder));
}

/**
 * Unknown dates exclude nothing, and a partial date covers its whole range: `2010` begins before
 * 2010-05-01 and ends after it. Strings compare that way when the day is cut to the precision of
 * the date.
 */
function existingOn(units: SelectQueryBuilder<PoliceUnit>, on: string): void {
  units
    .andWhere('(unit.validFrom IS NULL OR unit.validFrom <= :on)', { on })
    .andWhere('(unit.validTo IS NULL OR unit.validTo >= substr(:on, 1, length(unit.validTo)))', {
      on,
    });
}
