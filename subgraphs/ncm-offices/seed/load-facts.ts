import { csv, textSearch } from '@hub/shared/database';
import type { FactUpdate, LoadedDatabase } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { In } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { readFacts } from './fact-tables.js';

const optionalId = (owner: string, localId: string | null): string | null =>
  localId === null ? null : csv.toGlobalId(owner, localId);

/**
 * Loads the offices, their regions, the sites in Russia and the sources’ claims about the offices.
 * @throws TableError for an invalid value; nothing is loaded then.
 */
export async function loadFacts(source: LoadedDatabase, partner: string): Promise<void> {
  const { offices, regions, sites, claims, regionOfCity } = readFacts();
  await source.transaction(async (manager) => {
    await manager.insert(
      Office,
      offices.map((row) => ({
        id: csv.toGlobalId(partner, row.office_id),
        name: row.name,
        kind: row.kind,
        city: row.city,
        country: row.country,
        openedOn: row.opened,
        openedPrecision: row.opened_precision,
        closedOn: row.closed,
        closedPrecision: row.closed_precision,
        parentId: optionalId(partner, row.parent_office_id),
        variants: row.name_variants,
        source: row.source_url,
        roleInField: row.role,
        note: row.notes,
        searchText: textSearch.toSearchText(row.name, ...row.name_variants),
      })),
    );
    await manager.insert(
      Region,
      regions.map((row) => ({
        code: row.code,
        name: row.name,
        variants: row.variants,
        country: row.code.slice(0, 2),
        officeId: csv.toGlobalId(partner, row.office),
        coverageIsStated: row.coverage_is_stated,
        coverageSource: row.coverage_source_url,
      })),
    );
    await manager.insert(
      RegionalSite,
      sites.map((row) => ({
        id: csv.toGlobalId(partner, row.site_id),
        name: row.name,
        kind: row.kind,
        sector: row.sector,
        city: row.city,
        country: row.country,
        regionCode: row.city === null ? null : (regionOfCity.get(row.city) ?? null),
        organisationId: optionalId(codes.networkCode, row.org_id),
        eventId: optionalId(codes.networkCode, row.event_id),
        evidence: row.evidence_status,
        visitedOn: row.visited_on,
        source: row.source_url,
        note: row.notes,
      })),
    );
    await manager.insert(Claim, toClaims(claims, partner));
  });
}

function toClaims(claims: ReturnType<typeof readFacts>['claims'], partner: string): Claim[] {
  return claims.map((row, index) => ({
    id: `${partner}:claim-${String(index + 1).padStart(3, '0')}`,
    officeId: csv.toGlobalId(partner, row.subject),
    property: row.property,
    value: row.value,
    source: row.source_url,
    preferred: row.preferred,
    note: row.note,
  }));
}

/**
 * The facts of 26 November 2026: the claims of all offices that were put on hold. Only the facts
 * fill the table.
 */
const claimsUpdate: FactUpdate = {
  name: 'facts-2026-11-26',
  async run(database, partner) {
    const claims = toClaims(readFacts().claims, partner);
    await database.transaction(async (manager) => {
      await manager.delete(Claim, { officeId: In(claims.map(({ officeId }) => officeId)) });
      await manager.insert(Claim, claims);
    });
  },
};

/** The changes of the facts since the first version, oldest first. */
export const factUpdates: readonly FactUpdate[] = [claimsUpdate];
