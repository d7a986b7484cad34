import { toSearchText } from '@hub/shared/database';
import { PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import {
  enumColumn,
  optionalText,
  partialDate,
  readTable,
  TableError,
  text,
  textList,
  toGlobalId,
} from '@hub/shared/seed';
import { memberCountries, networkCode, Sector, SiteEvidence } from '@hub/shared/vocabulary';
import type { GraphQLScalarType } from 'graphql';
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

const isOfForm = (scalar: GraphQLScalarType) => (value: string | null) => {
  try {
    return value === null || Boolean(scalar.parseValue(value));
  } catch {
    return false;
  }
};
const date = partialDate.refine(isOfForm(PartialDateScalar), 'is not a date');
const address = optionalText.refine(isOfForm(UrlScalar), 'is not an http address');
const country = z.enum(memberCountries);

/** Words of the file that differ from the enum’s value in lower case. */
const sectorWords: Readonly<Record<string, Sector>> = {
  ngo_social: 'NGO',
  social_health: 'SOCIAL',
  parliament: 'GOVERNMENT',
  municipality: 'GOVERNMENT',
  intergovernmental: 'GOVERNMENT',
};
const evidenceWords: Readonly<Record<string, SiteEvidence>> = {
  relevant_host_not_documented: 'RELEVANT_HOST',
};
const worded = <Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<string, Value>>,
) =>
  z
    .string()
    .transform((word) => words[word] ?? word)
    .pipe(enumColumn(values));

const unitRow = z.object({
  org_id: text,
  name: text,
  acronym: optionalText,
  name_variants: textList,
  kind: z.enum(['police', 'police_unit', 'police_education']),
  country,
  city: optionalText,
  founded: date,
  parent_org_id: optionalText,
  role_in_programme_or_field: optionalText,
  source_url: address,
  notes: optionalText,
});
const siteRow = z.object({
  site_id: text,
  name: text,
  kind: optionalText,
  sector: worded(Object.values(Sector), sectorWords),
  city: optionalText,
  country,
  org_id: optionalText,
  evidence_status: worded(Object.values(SiteEvidence), evidenceWords),
  event_id: optionalText,
  visited_on: date,
  source_url: address,
  notes: optionalText,
});
const claimRow = z.object({
  subject: text,
  property: text,
  value: text,
  source_url: address,
  preferred: z.enum(['true', 'false']),
  note: optionalText,
});

/**
 * Text without a column of its own becomes the note: the role first, then the remark about the row.
 */
const joinProse = (role: string | null, notes: string | null): string | null =>
  [role, notes].filter((prose) => prose !== null).join('. ') || null;

/**
 * Reads the facts of a folder.
 * @throws {@link TableError} with file, row and column of the invalid value.
 */
export function readFacts(folder: URL): Facts {
  const file = (name: string) => new URL(name, folder);
  const unitRows = readTable(file('organisations.csv'), unitRow);
  const siteRows = readTable(file('sites.csv'), siteRow);
  const claimRows = readTable(file('claims.csv'), claimRow);
  const owners = new Map(unitRows.map((row) => [row.org_id, row.country]));
  refuse(
    'organisations.csv',
    unitRows,
    'org_id',
    'is given twice',
    isRepeated(({ org_id }) => org_id),
  );
  refuse(
    'sites.csv',
    siteRows,
    'site_id',
    'is given twice',
    isRepeated(({ site_id }) => site_id),
  );
  const isForeign = (row: { readonly country: string }, unit: string | null) =>
    unit !== null && owners.has(unit) && owners.get(unit) !== row.country;
  refuse('organisations.csv', unitRows, 'parent_org_id', 'is a unit of another country', (row) =>
    isForeign(row, row.parent_org_id),
  );
  refuse('sites.csv', siteRows, 'org_id', 'is a unit of another country', (row) =>
    isForeign(row, row.org_id),
  );
  refuse(
    'claims.csv',
    claimRows,
    'subject',
    'is not a police unit',
    ({ subject }) => !owners.has(subject),
  );
  const unitId = (local: string | null): string | null => {
    const owner = local === null ? undefined : owners.get(local);
    return local === null || owner === undefined ? null : toGlobalId(owner.toLowerCase(), local);
  };
  return {
    units: unitRows.map((row) => ({
      id: toGlobalId(row.country.toLowerCase(), row.org_id),
      name: row.name,
      acronym: row.acronym,
      variants: row.name_variants,
      country: row.country,
      city: row.city,
      validFrom: row.founded,
      validTo: null,
      successorId: null,
      parentId: unitId(row.parent_org_id),
      kind: row.kind,
      note: joinProse(row.role_in_programme_or_field, row.notes),
      source: row.source_url,
      searchText: toSearchText(row.name, row.acronym, ...row.name_variants),
    })),
    sites: siteRows.map((row) => ({
      id: toGlobalId(row.country.toLowerCase(), row.site_id),
      name: row.name,
      sector: row.sector,
      city: row.city,
      country: row.country,
      unitId: unitId(row.org_id),
      organisationId:
        row.org_id !== null && !owners.has(row.org_id) ? toGlobalId(networkCode, row.org_id) : null,
      eventId: row.event_id === null ? null : toGlobalId(networkCode, row.event_id),
      kind: row.kind,
      visitedOn: row.visited_on,
      note: row.notes,
      evidence: row.evidence_status,
      source: row.source_url,
      searchText: toSearchText(row.name),
    })),
    claims: claimRows.map((row, position) => ({
      unitId: unitId(row.subject) ?? row.subject,
      position,
      property: row.property,
      value: row.value,
      source: row.source_url,
      preferred: row.preferred === 'true',
      note: row.note,
    })),
  };
}

/** Refuses the rows of a file whose column does not agree with the others. */
function refuse<Row>(
  file: string,
  rows: readonly Row[],
  column: string,
  fault: string,
  isWrong: (row: Row) => boolean,
) {
  const faults = rows.flatMap((row, index) =>
    isWrong(row) ? [{ row: index + 2, column, fault }] : [],
  );
  if (faults.length > 0) throw new TableError(file, faults);
}

/** Whether an earlier row had the same key. */
function isRepeated<Row>(keyOf: (row: Row) => string): (row: Row) => boolean {
  const seen = new Set<string>();
  return (row) => seen.size === seen.add(keyOf(row)).size;
}
