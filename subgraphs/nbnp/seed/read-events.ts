import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import { deriveEventColumns, toEventCountries } from '../entities/event-derived.js';
import type { Event, EventCountry } from '../entities/event.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';
import { readParticipants } from './read-participants.js';
import { readAims } from './read-statements.js';

type Row = Facts['events'][number];

const lengths = { day: 10, month: 7, year: 4, unknown: 0 } as const;

/** Reads a date with the precision that its row gives. */
function checkPrecision(row: Row, index: number): void {
  for (const column of ['start_date', 'end_date'] as const) {
    const date = row[column];
    if (date !== null && date.length !== lengths[row.date_precision]) {
      throw csv.faultIn(
        'events.csv',
        index,
        column,
        `“${date}” is not of the precision “${row.date_precision}”`,
      );
    }
  }
}

function parentOf(row: Row, index: number, ids: FactIds): string | null {
  if (row.parent_event_id === null) return null;
  const parent = ids.event(row.parent_event_id);
  if (parent === undefined) {
    throw csv.faultIn(
      'events.csv',
      index,
      'parent_event_id',
      `“${row.parent_event_id}” is not an event`,
    );
  }
  return parent;
}

export function readEvents(facts: Facts, ids: FactIds): Event[] {
  const programmeOfSeries = new Map(
    facts.programmes.map(({ event_series, programme_id }) => [
      event_series,
      csv.toGlobalId(codes.networkCode, programme_id),
    ]),
  );
  const seminarDays = new Map(facts.seminarDays.map((row) => [row.event_id, row.seminar_days]));
  const aims = readAims(facts);
  return facts.events.map((row, index) => {
    checkPrecision(row, index);
    const participants = readParticipants(row, facts);
    const described = {
      title: row.title,
      startsOn: row.start_date,
      endsOn: row.end_date,
      venue: row.venue,
      city: row.city,
      series: row.series,
      aim: aims.get(row.event_id) ?? null,
      note: row.notes,
    };
    return {
      id: csv.toGlobalId(codes.networkCode, row.event_id),
      kind: row.kind,
      ...described,
      ...deriveEventColumns(described),
      country: row.country.length === 1 ? (row.country[0] ?? null) : null,
      seminarDays: seminarDays.get(row.event_id) ?? null,
      participantsValue: participants?.value ?? null,
      participantsQualifier: participants?.qualifier ?? null,
      workingLanguages: row.working_language,
      targetGroup: row.target_group,
      partOfId: parentOf(row, index, ids),
      programmeId: (row.series && programmeOfSeries.get(row.series)) ?? null,
      source: row.source_url,
      version: 1,
    };
  });
}

export function readEventCountries({ events }: Facts): EventCountry[] {
  return events.flatMap(({ event_id, country }) =>
    toEventCountries(csv.toGlobalId(codes.networkCode, event_id), country),
  );
}
