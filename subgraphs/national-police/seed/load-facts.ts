import type { LoadedDatabase } from '@hub/shared/partner';
import { packageFile } from '@hub/shared/seed';
import { countryOf } from '@hub/shared/vocabulary';
import { Claim } from '../entities/claim.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { readFacts } from './read-facts.js';

/** The folder of the facts that this package carries. */
export const factsFolder = packageFile(import.meta.url, 'seed/facts/');

/**
 * Loads the facts about one country’s police, all or nothing. Those of the other seven are read too, so that a fault
 * in a file shows wherever it is loaded.
 * @throws `TableError` naming file, row and column of what does not fit.
 */
export async function loadFacts(
  database: LoadedDatabase,
  partner: string,
  folder = factsFolder,
): Promise<void> {
  const facts = readFacts(folder);
  const country = countryOf(partner);
  const units = facts.units.filter((unit) => unit.country === country);
  const unitIds = new Set(units.map(({ id }) => id));
  await database.transaction(async (manager) => {
    // One statement for all units: they refer to each other.
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
