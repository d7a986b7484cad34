import { csv, textSearch } from '@hub/shared/database';
import { PartialDateScalar } from '@hub/shared/graphql';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { z } from 'zod';
import type { Claim } from '../entities/claim.entity.js';
import type { NationalSite } from '../entities/national-site.entity.js';
import type { PoliceUnit } from '../entities/police-unit.entity.js';

/** The public facts about the police forces of all eight countries. */
export interface Facts {
  readonly units: readonly PoliceUnit[];
  readonly sites: readonly NationalSite[];
  readonly claims: readonly Claim[];
}

const isDate = (value: string | null) => {
  try {
    return value === null || Boolean(PartialDateScalar.parseValue(value));
  } catch {
    return false;
  }
};
const date = csv.partialDate.refine(isDate, 'is not a date');
const country = z.enum(codes.memberCountries);

/** Words of the file that differ from the enum’s value in lower case. */
const sectorWords: Readonly<Record<string, vocabulary.Sector>> = {
  ngo_social: 'NGO',
  social_health: 'SOCIAL',
  parliament: 'GOVERNMENT',
  municipality: 'GOVERNMENT',
  intergovernmental: 'GOVERNMENT',
};
const evidenceWords: Readonly<Record<string, vocabulary.SiteEvidence>> = {
  relevant_host_not_documented: 'RELEVANT_HOST',
};
const unitRow = z.object({
  org_id: csv.text,
  name: csv.text,
  acronym: csv.optionalText,
  name_variants: csv.textList,
  kind: z.enum(['police', 'police_unit', 'police_education']),
  country,
  city: csv.optionalText,
  founded: date,
  parent_org_id: csv.optionalText,
  role_in_programme_or_field: csv.optionalText,
  source_url: csv.optionalAddress,
  notes: csv.optionalText,
});
const siteRow = z.object({
  site_id: csv.text,
  name: csv.text,
  kind: csv.optionalText,
  sector: csv.enumColumn(Object.values(vocabulary.Sector), sectorWords),
  city: csv.optionalText,
  country,
  org_id: csv.optionalText,
  evidence_status: csv.enumColumn(Object.values(vocabulary.SiteEvidence), evidenceWords),
  event_id: csv.optionalText,
  visited_on: date,
  source_url: csv.optionalAddress,
  notes: csv.optionalText,
});
/**
 * Text without a column of its own becomes the note: the role first, then the remark about the row.
 */
const joinProse = (role: string | null, notes: string | null): string | null =>
  [role, notes].filter((prose) => prose !== null).join('. ') || null;

type UnitRow = z.output<typeof unitRow>;
type SiteRow = z.output<typeof siteRow>;
type ClaimRow = z.output<typeof csv.claimRow>;

/** The country of each police unit, by its local id. */
type Owners = ReadonlyMap<string, string>;

/**
 * Reads the facts of a folder.
 * @throws TableError with file, row and column of the invalid value.
 */
export function readFacts(folder: URL): Facts {
  const file = (name: string) => new URL(name, folder);
  const units = csv.readTable(file('organisations.csv'), unitRow);
  const sites = csv.readTable(file('sites.csv'), siteRow);
  const claims = csv.readTable(file('claims.csv'), csv.claimRow);
  const owners: Owners = new Map(units.map((row) => [row.org_id, row.country]));
  csv.checkRows('organisations.csv', units, 'org_id', createRepeatCheck());
  csv.checkRows('sites.csv', sites, 'site_id', createRepeatCheck());
  csv.checkRows('organisations.csv', units, 'parent_org_id', (parent, { country }) =>
    checkCountry(owners, parent, country),
  );
  csv.checkRows('sites.csv', sites, 'org_id', (unit, { country }) =>
    checkCountry(owners, unit, country),
  );
  csv.checkRows('claims.csv', claims, 'subject', (subject) =>
    owners.has(subject) ? null : 'is not a police unit',
  );
  return {
    units: units.map((row) => toUnit(row, owners)),
    sites: sites.map((row) => toSite(row, owners)),
    claims: claims.map((row, position) => toClaim(row, position, owners)),
  };
}

/** Finds values that an earlier row had. */
function createRepeatCheck(): (value: string) => string | null {
  const seen = new Set<string>();
  return (value) => (seen.size === seen.add(value).size ? 'is given twice' : null);
}

/** A unit of another country cannot belong to a row of this one. */
function checkCountry(owners: Owners, unit: string | null, country: string): string | null {
  const owner = unit === null ? undefined : owners.get(unit);
  return owner === undefined || owner === country ? null : 'is a unit of another country';
}

/** The global id of a police unit; null if it is none. */
function toUnitId(owners: Owners, local: string | null): string | null {
  const owner = local === null ? undefined : owners.get(local);
  return local === null || owner === undefined ? null : csv.toGlobalId(owner.toLowerCase(), local);
}

function toUnit(row: UnitRow, owners: Owners): PoliceUnit {
  return {
    id: csv.toGlobalId(row.country.toLowerCase(), row.org_id),
    name: row.name,
    acronym: row.acronym,
    variants: row.name_variants,
    country: row.country,
    city: row.city,
    validFrom: row.founded,
    validTo: null,
    successorId: null,
    checkedOn: null,
    mergedIntoId: null,
    version: 1,
    parentId: toUnitId(owners, row.parent_org_id),
    kind: row.kind,
    note: joinProse(row.role_in_programme_or_field, row.notes),
    source: row.source_url,
    searchText: textSearch.toSearchText(row.name, row.acronym, ...row.name_variants),
  };
}

function toSite(row: SiteRow, owners: Owners): NationalSite {
  return {
    id: csv.toGlobalId(row.country.toLowerCase(), row.site_id),
    name: row.name,
    sector: row.sector,
    city: row.city,
    country: row.country,
    unitId: toUnitId(owners, row.org_id),
    organisationId:
      row.org_id !== null && !owners.has(row.org_id)
        ? csv.toGlobalId(codes.networkCode, row.org_id)
        : null,
    eventId: row.event_id === null ? null : csv.toGlobalId(codes.networkCode, row.event_id),
    kind: row.kind,
    visitedOn: row.visited_on,
    note: row.notes,
    closedOn: null,
    checkedOn: null,
    mergedIntoId: null,
    version: 1,
    evidence: row.evidence_status,
    source: row.source_url,
    isRehearsal: false,
    searchText: textSearch.toSearchText(row.name),
  };
}

function toClaim(row: ClaimRow, position: number, owners: Owners): Claim {
  return {
    unitId: toUnitId(owners, row.subject) ?? row.subject,
    position,
    property: row.property,
    value: row.value,
    source: row.source_url,
    preferred: row.preferred,
    note: row.note,
  };
}
