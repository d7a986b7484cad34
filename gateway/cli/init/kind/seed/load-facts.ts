import { optionalInteger, optionalText, readTable, text, toGlobalId } from '@hub/shared/database';
import type { LoadedDatabase } from '@hub/shared/partner';
import { packageFile } from '@hub/shared/system';
import { z } from 'zod';
import { Shelter } from '../entities/shelter.entity.js';

const row = z.object({
  id: text,
  name: text,
  city: optionalText,
  country: optionalText,
  places: optionalInteger,
  contact: optionalText,
  visit: optionalText,
});

/**
 * Loads `facts/shelters.csv`, all or nothing.
 * @throws TableError with file, row and column of the invalid value
 */
export async function loadFacts(database: LoadedDatabase, partner: string): Promise<void> {
  const rows = readTable(packageFile(import.meta.url, 'seed/facts/shelters.csv'), row);
  await database.transaction(async (manager) => {
    await manager.insert(
      Shelter,
      rows.map(({ id, visit, ...given }) => ({
        ...given,
        id: toGlobalId(partner, id),
        visitId: visit,
      })),
    );
  });
}
