import { CountryCodeScalar, dates, LanguageTagScalar, longest } from '@hub/shared/graphql';
import { cell, defineKind } from '@hub/shared/import';
import {
  deriveEventColumns,
  eventYears,
  isEventDate,
  sameEvent,
  toEventCountries,
} from '../entities/event-derived.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { CountQualifier, EventKind } from '../entities/vocabulary.js';

/** `events.csv` */
export const events = defineKind({
  name: 'events',
  about: 'What has taken place in the field, or will.',
  entity: Event,
  columns: {
    title: cell.text('the title', longest.freeText),
    kind: cell.enumValue(Object.values(EventKind), 'what kind of event it is'),
    startsOn: cell.partialDate('its first day'),
    endsOn: cell.partialDate('its last day'),
    venue: cell.optional(cell.text('the house')),
    city: cell.optional(cell.text('the city')),
    countries: cell.listOf(cell.scalar(CountryCodeScalar, 'where it takes place')),
    series: cell.optional(cell.text('the series that it is one of')),
    seminarDays: cell.optional(cell.count('how many of its days are seminar days')),
    participants: cell.optional(cell.count('how many took part')),
    participantsQualifier: cell.optional(
      cell.enumValue(Object.values(CountQualifier), 'how the source gives that number'),
    ),
    workingLanguages: cell.listOf(cell.scalar(LanguageTagScalar, 'spoken there')),
    targetGroup: cell.optional(cell.text('whom it is for', longest.freeText)),
    aim: cell.optional(cell.prose('what it is for')),
    partOf: cell.optional(cell.reference(Event, 'event', 'the event that it is part of')),
    programme: cell.optional(
      cell.reference(Programme, 'programme', 'the programme that it belongs to'),
    ),
    source: cell.sourceColumn,
    note: cell.optional(cell.prose('anything else')),
  },
  // Its organisers are in `roles.csv`. Many events of one title have no known day.
  same: {
    ...sameEvent,
    keyOf: (row) => (row['startsOn'] == null ? null : sameEvent.keyOf(row)),
  },
  partOf: { column: 'partOf', property: 'partOfId' },
  within: { column: 'programme', property: 'programmeId' },
  check: ({ startsOn, endsOn, participants, participantsQualifier }) => [
    ...(['startsOn', 'endsOn'] as const).flatMap((column) => {
      const date = { startsOn, endsOn }[column];
      return date === null || isEventDate(date) ? [] : [{ column, fault: eventYears }];
    }),
    ...(dates.isEarlier(endsOn, startsOn)
      ? [{ column: 'endsOn' as const, fault: 'is before startsOn' }]
      : []),
    ...((participants === null) !== (participantsQualifier === null)
      ? [
          {
            column: 'participantsQualifier' as const,
            fault: 'must be given together with participants',
          },
        ]
      : []),
  ],
  toRecord: ({ countries, participants, partOf, programme, ...event }) => ({
    row: {
      ...event,
      ...deriveEventColumns(event),
      country: countries.length === 1 ? (countries[0] ?? null) : null,
      participantsValue: participants,
      partOfId: partOf,
      programmeId: programme,
    },
    lists: [
      {
        entity: EventCountry,
        owner: 'eventId',
        rows: toEventCountries(event.id, countries),
      },
    ],
  }),
});
