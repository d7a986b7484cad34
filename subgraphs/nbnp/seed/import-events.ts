import { CountryCodeScalar, isEarlier, LanguageTagScalar, longest } from '@hub/shared/graphql';
import {
  count,
  defineKind,
  enumValue,
  listOf,
  optional,
  partialDate,
  prose,
  reference,
  scalar,
  sourceColumn,
  text,
} from '@hub/shared/import';
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
    title: text('the title', longest.freeText),
    kind: enumValue(Object.values(EventKind), 'what kind of event it is'),
    startsOn: partialDate('its first day'),
    endsOn: partialDate('its last day'),
    venue: optional(text('the house')),
    city: optional(text('the city')),
    countries: listOf(scalar(CountryCodeScalar, 'where it takes place')),
    series: optional(text('the series that it is one of')),
    seminarDays: optional(count('how many of its days are seminar days')),
    participants: optional(count('how many took part')),
    participantsQualifier: optional(
      enumValue(Object.values(CountQualifier), 'how the source gives that number'),
    ),
    workingLanguages: listOf(scalar(LanguageTagScalar, 'spoken there')),
    targetGroup: optional(text('whom it is for', longest.freeText)),
    aim: optional(prose('what it is for')),
    partOf: optional(reference(Event, 'event', 'the event that it is part of')),
    programme: optional(reference(Programme, 'programme', 'the programme that it belongs to')),
    source: sourceColumn,
    note: optional(prose('anything else')),
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
    ...(isEarlier(endsOn, startsOn)
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
