import {
  address,
  claimRow,
  countryCode as country,
  enumColumn,
  optionalInteger,
  optionalText,
  partialDate,
  readTable,
  text,
  textList,
  optionalAddress as url,
} from '@hub/shared/database';
import { Sector, TargetGroup } from '@hub/shared/programme';
import { packageFile } from '@hub/shared/system';
import { z } from 'zod';
import {
  Direction,
  EventKind,
  OutcomeKind,
  PartyRoleKind,
  StatementKind,
  TraffickingRole,
} from '../entities/vocabulary.js';

const file = (name: string): URL => packageFile(import.meta.url, `seed/facts/${name}`);

const names = <Name extends string>(vocabulary: Readonly<Record<Name, Name>>): Name[] =>
  Object.values(vocabulary);

const optionalCountry = z
  .string()
  .regex(/^([A-Z]{2})?$/, 'is not a country code')
  .transform((code) => (code === '' ? null : code));
const integer = z.string().regex(/^\d+$/, 'is not a number').transform(Number);

function listOf<const Value extends string>(values: readonly Value[]) {
  return textList.pipe(z.array(z.enum(values)));
}

const organisations = z.object({
  org_id: text,
  name: text,
  acronym: optionalText,
  name_variants: textList,
  kind: text,
  country: optionalCountry,
  city: optionalText,
  founded: partialDate,
  parent_org_id: optionalText,
  role_in_programme_or_field: optionalText,
  source_url: url,
  notes: optionalText,
});

const policeDirectory = z.object({
  org_id: text,
  name: text,
  kind: z.enum(['police', 'police_unit', 'police_education']),
  country,
  parent_org_id: optionalText,
});

const events = z.object({
  event_id: text,
  title: text,
  kind: enumColumn(names(EventKind)),
  start_date: partialDate,
  end_date: partialDate,
  date_precision: z.enum(['day', 'month', 'year', 'unknown']),
  venue: optionalText,
  city: optionalText,
  country: textList.pipe(z.array(country)),
  organiser_org_ids: textList,
  participants: optionalInteger,
  participants_qualifier: optionalText,
  working_language: textList.pipe(
    z.array(z.string().regex(/^[a-z]{2,3}$/, 'is not a language tag')),
  ),
  target_group: optionalText,
  parent_event_id: optionalText,
  series: optionalText,
  source_url: url,
  notes: optionalText,
});

const terms = z.object({
  term_id: text,
  row_kind: z.enum(['term', 'attestation', 'board', 'gap']),
  country: optionalCountry,
  holder_public_name: optionalText,
  holder_organisation: optionalText,
  role_title: text,
  start_date: partialDate,
  end_date: partialDate,
  attested_on: partialDate,
  source_url: url,
  notes: optionalText,
});

const programmes = z.object({
  programme_id: text,
  title: text,
  starts_on: partialDate,
  ends_on: partialDate,
  planned_groups: optionalInteger,
  group_size_min: integer,
  group_size_max: integer,
  target_groups: listOf(names(TargetGroup)),
  sectors_to_show: listOf(names(Sector)),
  sectors_to_show_in_nordic: listOf(names(Sector)),
  sectors_to_show_in_north_west_russia: listOf(names(Sector)),
  working_languages: textList,
  areas_to_involve: textList,
  event_series: text,
  source_url: address,
});

const programmeRoles = z.object({
  programme_id: text,
  role: enumColumn(names(PartyRoleKind)),
  party_org_id: text,
  source_url: address,
  note: optionalText,
});

const eventRoles = z.object({
  event_id: text,
  org_id: text,
  role: enumColumn(names(PartyRoleKind)),
  source_url: address,
  note: optionalText,
});

const traffickingRole = enumColumn(names(TraffickingRole));

const statements = z.object({
  statement_id: text,
  about: text,
  kind: enumColumn(names(StatementKind)),
  text,
  countries: textList.pipe(z.array(country)),
  trafficking_roles: textList.pipe(z.array(traffickingRole)),
  primary_role: z.union([z.literal('').transform(() => null), traffickingRole]),
  source_url: address,
  place: optionalText,
});

const outcomes = z.object({
  outcome_id: text,
  event_id: text,
  kind: enumColumn(names(OutcomeKind)),
  title: text,
  mandated_org_ids: textList,
  leads_to_event_id: optionalText,
  source_url: address,
});

const representations = z.object({
  event_id: text,
  what: text,
  country: optionalCountry,
  org_id: optionalText,
  source_url: address,
});

const links = z.object({ subject: text, url: address, label: optionalText });

const journeys = z.object({
  programme: text,
  direction: enumColumn(names(Direction)),
  weeks: integer,
  destination: text,
  source_url: address,
});

const seminarDays = z.object({ event_id: text, seminar_days: integer });
const termYears = z.object({ term_id: text, answers_from: text, answers_to: text, note: text });
const members = z.object({ country });

/** The network’s part of the facts, as in its files. */
export function readFacts() {
  return {
    organisations: readTable(file('organisations.csv'), organisations),
    policeDirectory: readTable(file('police-directory.csv'), policeDirectory),
    events: readTable(file('events.csv'), events),
    terms: readTable(file('network-terms.csv'), terms),
    claims: readTable(file('claims.csv'), claimRow),
    programmes: readTable(file('programmes.csv'), programmes),
    programmeRoles: readTable(file('programme-roles.csv'), programmeRoles),
    eventRoles: readTable(file('event-roles.csv'), eventRoles),
    statements: readTable(file('statements.csv'), statements),
    outcomes: readTable(file('outcomes.csv'), outcomes),
    representations: readTable(file('representations.csv'), representations),
    links: readTable(file('links.csv'), links),
    journeys: readTable(file('journeys.csv'), journeys),
    seminarDays: readTable(file('seminar-days.csv'), seminarDays),
    termYears: readTable(file('term-years.csv'), termYears),
    members: readTable(file('members.csv'), members),
  };
}

export type Facts = ReturnType<typeof readFacts>;
