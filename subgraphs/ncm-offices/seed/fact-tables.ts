import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { packageFile } from '@hub/shared/system';
import { z } from 'zod';
import type { DatePrecision } from '../entities/office.entity.js';
import { OfficeKind } from '../entities/vocabulary.js';

const fact = (file: string) => packageFile(import.meta.url, `seed/facts/${file}`);

/** How well the sources know a date. */
export const datePrecisions: readonly DatePrecision[] = [
  'YEAR',
  'DAY',
  'SEASON_SPRING',
  'YEAR_EARLY',
  'DECISION_DAY',
];
const precision = z.union([z.literal('').transform(() => null), csv.enumColumn(datePrecisions)]);

/** The sources distinguish more kinds of institution than the itinerary has sectors. */
const sectorsOfSites: Readonly<Record<string, vocabulary.Sector>> = {
  ngo_social: 'NGO',
  social_health: 'SOCIAL',
  parliament: 'GOVERNMENT',
  municipality: 'GOVERNMENT',
  intergovernmental: 'GOVERNMENT',
};
const sector = csv.enumColumn(Object.values(vocabulary.Sector), sectorsOfSites);

const evidencesOfSites: Readonly<Record<string, vocabulary.SiteEvidence>> = {
  relevant_host_not_documented: 'RELEVANT_HOST',
};
const evidence = csv.enumColumn(Object.values(vocabulary.SiteEvidence), evidencesOfSites);

const officeRow = z.object({
  office_id: csv.text,
  name: csv.text,
  kind: csv.enumColumn(Object.values(OfficeKind)),
  city: csv.text,
  country: csv.countryCode,
  opened: csv.partialDate,
  opened_precision: precision,
  closed: csv.partialDate,
  closed_precision: precision,
  parent_office_id: csv.optionalText,
  name_variants: csv.textList,
  role: csv.optionalText,
  source_url: csv.address,
  notes: csv.optionalText,
});

const regionRow = z.object({
  code: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'is not an ISO 3166-2 code'),
  name: csv.text,
  variants: csv.textList,
  cities: csv.textList,
  office: csv.text,
  coverage_is_stated: csv.trueOrFalse,
  coverage_source_url: csv.optionalAddress,
});

const siteRow = z.object({
  site_id: csv.text,
  name: csv.text,
  kind: csv.optionalText,
  sector,
  city: csv.optionalText,
  country: z.literal(codes.russia, 'does not belong to the offices'),
  org_id: csv.optionalText,
  evidence_status: evidence,
  event_id: csv.optionalText,
  visited_on: csv.partialDate,
  source_url: csv.address,
  notes: csv.optionalText,
});

/**
 * Checks that a column names existing rows, so that the error names file, row and column instead of
 * coming from the database.
 */
function checkNames<Column extends string>(
  file: string,
  rows: readonly Readonly<Record<Column, string | null>>[],
  column: Column,
  known: ReadonlySet<string>,
): void {
  csv.checkRows(file, rows, column, (name) =>
    name === null || known.has(name) ? null : `“${name}” is not in the facts`,
  );
}

/**
 * Reads the offices' part of the facts.
 * @throws TableError with file, row and column of each invalid value.
 */
export function readFacts() {
  const offices = csv.readTable(fact('offices.csv'), officeRow);
  const regions = csv.readTable(fact('regions.csv'), regionRow);
  const sites = csv.readTable(fact('sites.csv'), siteRow);
  const claims = csv.readTable(
    fact('claims.csv'),
    csv.claimRow.extend({ source_url: csv.address }),
  );
  const officeIds = new Set(offices.map(({ office_id }) => office_id));
  const regionOfCity = new Map(
    regions.flatMap(({ code, cities }) => cities.map((city) => [city, code])),
  );
  checkNames('offices.csv', offices, 'parent_office_id', officeIds);
  checkNames('regions.csv', regions, 'office', officeIds);
  checkNames('claims.csv', claims, 'subject', officeIds);
  checkNames('sites.csv', sites, 'city', new Set(regionOfCity.keys()));
  return { offices, regions, sites, claims, regionOfCity };
}
