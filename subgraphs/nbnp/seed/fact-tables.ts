import { csv } from '@hub/shared/database';
import { vocabulary } from '@hub/shared/programme';
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

const names = <Name extends string>(values: Readonly<Record<Name, Name>>): Name[] =>
  Object.values(values);

const optionalCountry = z
  .string()
  .regex(/^([A-Z]{2})?$/, 'is not a country code')
  .transform((code) => (code === '' ? null : code));
const integer = z.string().regex(/^\d+$/, 'is not a number').transform(Number);

function listOf<const Value extends string>(values: readonly Value[]) {
  return csv.textList.pipe(z.array(z.enum(values)));
}

const organisations = z.object({
  org_id: csv.text,
  name: csv.text,
  acronym: csv.optionalText,
  name_variants: csv.textList,
  kind: csv.text,
  country: optionalCountry,
  city: csv.optionalText,
  founded: csv.partialDate,
  parent_org_id: csv.optionalText,
  role_in_programme_or_field: csv.optionalText,
  source_url: csv.optionalAddress,
  notes: csv.optionalText,
});

const policeDirectory = z.object({
  org_id: csv.text,
  name: csv.text,
  kind: z.enum(['police', 'police_unit', 'police_education']),
  country: csv.countryCode,
  parent_org_id: csv.optionalText,
});

const events = z.object({
  event_id: csv.text,
  title: csv.text,
  kind: csv.enumColumn(names(EventKind)),
  start_date: csv.partialDate,
  end_date: csv.partialDate,
  date_precision: z.enum(['day', 'month', 'year', 'unknown']),
  venue: csv.optionalText,
  city: csv.optionalText,
  country: csv.textList.pipe(z.array(csv.countryCode)),
  organiser_org_ids: csv.textList,
  participants: csv.optionalInteger,
  participants_qualifier: csv.optionalText,
  working_language: csv.textList.pipe(
    z.array(z.string().regex(/^[a-z]{2,3}$/, 'is not a language tag')),
  ),
  target_group: csv.optionalText,
  parent_event_id: csv.optionalText,
  series: csv.optionalText,
  source_url: csv.optionalAddress,
  notes: csv.optionalText,
});

const terms = z.object({
  term_id: csv.text,
  row_kind: z.enum(['term', 'attestation', 'board', 'gap']),
  country: optionalCountry,
  holder_public_name: csv.optionalText,
  holder_organisation: csv.optionalText,
  role_title: csv.text,
  start_date: csv.partialDate,
  end_date: csv.partialDate,
  attested_on: csv.partialDate,
  source_url: csv.optionalAddress,
  notes: csv.optionalText,
});

const programmes = z.object({
  programme_id: csv.text,
  title: csv.text,
  starts_on: csv.partialDate,
  ends_on: csv.partialDate,
  planned_groups: csv.optionalInteger,
  group_size_min: integer,
  group_size_max: integer,
  target_groups: listOf(names(vocabulary.TargetGroup)),
  sectors_to_show: listOf(names(vocabulary.Sector)),
  sectors_to_show_in_nordic: listOf(names(vocabulary.Sector)),
  sectors_to_show_in_north_west_russia: listOf(names(vocabulary.Sector)),
  working_languages: csv.textList,
  areas_to_involve: csv.textList,
  event_series: csv.text,
  source_url: csv.address,
});

const programmeRoles = z.object({
  programme_id: csv.text,
  role: csv.enumColumn(names(PartyRoleKind)),
  party_org_id: csv.text,
  source_url: csv.address,
  note: csv.optionalText,
});

const eventRoles = z.object({
  event_id: csv.text,
  org_id: csv.text,
  role: csv.enumColumn(names(PartyRoleKind)),
  source_url: csv.address,
  note: csv.optionalText,
});

const traffickingRole = csv.enumColumn(names(TraffickingRole));

const statements = z.object({
  statement_id: csv.text,
  about: csv.text,
  kind: csv.enumColumn(names(StatementKind)),
  text: csv.text,
  countries: csv.textList.pipe(z.array(csv.countryCode)),
  trafficking_roles: csv.textList.pipe(z.array(traffickingRole)),
  primary_role: z.union([z.literal('').transform(() => null), traffickingRole]),
  source_url: csv.address,
  place: csv.optionalText,
});

const outcomes = z.object({
  outcome_id: csv.text,
  event_id: csv.text,
  kind: csv.enumColumn(names(OutcomeKind)),
  title: csv.text,
  mandated_org_ids: csv.textList,
  leads_to_event_id: csv.optionalText,
  source_url: csv.address,
});

const representations = z.object({
  event_id: csv.text,
  what: csv.text,
  country: optionalCountry,
  org_id: csv.optionalText,
  source_url: csv.address,
});

const links = z.object({ subject: csv.text, url: csv.address, label: csv.optionalText });

const journeys = z.object({
  programme: csv.text,
  direction: csv.enumColumn(names(Direction)),
  weeks: integer,
  destination: csv.text,
  source_url: csv.address,
});

const seminarDays = z.object({ event_id: csv.text, seminar_days: integer });
const termYears = z.object({
  term_id: csv.text,
  answers_from: csv.text,
  answers_to: csv.text,
  note: csv.text,
});
const members = z.object({ country: csv.countryCode });

/** The network’s part of the facts, as in its files. */
export function readFacts() {
  return {
    organisations: csv.readTable(file('organisations.csv'), organisations),
    policeDirectory: csv.readTable(file('police-directory.csv'), policeDirectory),
    events: csv.readTable(file('events.csv'), events),
    terms: csv.readTable(file('network-terms.csv'), terms),
    claims: csv.readTable(file('claims.csv'), csv.claimRow),
    programmes: csv.readTable(file('programmes.csv'), programmes),
    programmeRoles: csv.readTable(file('programme-roles.csv'), programmeRoles),
    eventRoles: csv.readTable(file('event-roles.csv'), eventRoles),
    statements: csv.readTable(file('statements.csv'), statements),
    outcomes: csv.readTable(file('outcomes.csv'), outcomes),
    representations: csv.readTable(file('representations.csv'), representations),
    links: csv.readTable(file('links.csv'), links),
    journeys: csv.readTable(file('journeys.csv'), journeys),
    seminarDays: csv.readTable(file('seminar-days.csv'), seminarDays),
    termYears: csv.readTable(file('term-years.csv'), termYears),
    members: csv.readTable(file('members.csv'), members),
  };
}

export type Facts = ReturnType<typeof readFacts>;
