import { csv } from '@hub/shared/database';
import type { LoadedDatabase } from '@hub/shared/partner';
import { packageFile } from '@hub/shared/system';
import { z } from 'zod';
import { Shelter } from '../entities/shelter.entity.js';

const row = z.object({
  id: csv.text,
  name: csv.text,
  city: csv.optionalText,
  country: csv.optionalText,
  places: csv.optionalInteger,
  contact: csv.optionalText,
  visit: csv.optionalText,
});

/**
 * Loads `facts/shelters.csv`, all or nothing.
 * @throws TableError with file, row and column of the invalid value
 */
export async function loadFacts(database: LoadedDatabase, partner: string): Promise<void> {
  const rows = csv.readTable(packageFile(import.meta.url, 'seed/facts/shelters.csv'), row);
  await database.transaction(async (manager) => {
    await manager.insert(
      Shelter,
      rows.map(({ id, visit, ...given }) => ({
        ...given,
        id: csv.toGlobalId(partner, id),
        visitId: visit,
      })),
    );
  });
}
