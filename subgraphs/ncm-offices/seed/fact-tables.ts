import {
  address,
  checkRows,
  claimRow,
  countryCode,
  enumColumn,
  optionalAddress,
  optionalText,
  partialDate,
  readTable,
  text,
  textList,
  trueOrFalse,
} from '@hub/shared/database';
import { russia } from '@hub/shared/policy';
import { Sector, SiteEvidence } from '@hub/shared/programme';
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
const precision = z.union([z.literal('').transform(() => null), enumColumn(datePrecisions)]);

/** The sources distinguish more kinds of institution than the itinerary has sectors. */
const sectorsOfSites: Readonly<Record<string, Sector>> = {
  ngo_social: 'NGO',
  social_health: 'SOCIAL',
  parliament: 'GOVERNMENT',
  municipality: 'GOVERNMENT',
  intergovernmental: 'GOVERNMENT',
};
const sector = enumColumn(Object.values(Sector), sectorsOfSites);

const evidencesOfSites: Readonly<Record<string, SiteEvidence>> = {
  relevant_host_not_documented: 'RELEVANT_HOST',
};
const evidence = enumColumn(Object.values(SiteEvidence), evidencesOfSites);

const officeRow = z.object({
  office_id: text,
  name: text,
  kind: enumColumn(Object.values(OfficeKind)),
  city: text,
  country: countryCode,
  opened: partialDate,
  opened_precision: precision,
  closed: partialDate,
  closed_precision: precision,
  parent_office_id: optionalText,
  name_variants: textList,
  role: optionalText,
  source_url: address,
  notes: optionalText,
});

const regionRow = z.object({
  code: z.string().regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, 'is not an ISO 3166-2 code'),
  name: text,
  variants: textList,
  cities: textList,
  office: text,
  coverage_is_stated: trueOrFalse,
  coverage_source_url: optionalAddress,
});

const siteRow = z.object({
  site_id: text,
  name: text,
  kind: optionalText,
  sector,
  city: optionalText,
  country: z.literal(russia, 'does not belong to the offices'),
  org_id: optionalText,
  evidence_status: evidence,
  event_id: optionalText,
  visited_on: partialDate,
  source_url: address,
  notes: optionalText,
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
  checkRows(file, rows, column, (name) =>
    name === null || known.has(name) ? null : `“${name}” is not in the facts`,
  );
}

/**
 * Reads the offices' part of the facts.
 * @throws TableError with file, row and column of each invalid value.
 */
export function readFacts() {
  const offices = readTable(fact('offices.csv'), officeRow);
  const regions = readTable(fact('regions.csv'), regionRow);
  const sites = readTable(fact('sites.csv'), siteRow);
  const claims = readTable(fact('claims.csv'), claimRow.extend({ source_url: address }));
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
