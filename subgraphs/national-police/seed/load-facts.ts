import type { LoadedDatabase } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { packageFile } from '@hub/shared/system';
import { Claim } from '../entities/claim.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { readFacts } from './fact-tables.js';

/** The folder with this package’s facts. */
export const factsFolder = packageFile(import.meta.url, 'seed/facts/');

/**
 * Loads the facts about one country’s police force, all or nothing. The facts of the other seven
 * are also read, so that every server detects an error in a file.
 * @throws `TableError` with file, row and column of the invalid value.
 */
export async function loadFacts(
  database: LoadedDatabase,
  partner: string,
  folder = factsFolder,
): Promise<void> {
  const facts = readFacts(folder);
  const country = codes.countryOf(partner);
  const units = facts.units.filter((unit) => unit.country === country);
  const unitIds = new Set(units.map(({ id }) => id));
  await database.transaction(async (manager) => {
    // One statement for all units, because they refer to each other.
    await manager.insert(PoliceUnit, units);
    await manager.insert(
      NationalSite,
      facts.sites.filter((site) => site.country === country),
    );
    await manager.insert(
      Claim,
      facts.claims.filter(({ unitId }) => unitIds.has(unitId)),
    );
  });
}
