import { longest, UrlScalar } from '@hub/shared/graphql';
import {
  defineKind,
  enumValue,
  listOf,
  optional,
  reference,
  scalar,
  text,
} from '@hub/shared/import';
import { Event } from '../entities/event.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { OutcomeKind } from '../entities/vocabulary.js';
import { party } from './party-column.js';

/** `outcomes.csv` */
export const outcomes = defineKind({
  name: 'outcomes',
  about: 'What events led to.',
  entity: Outcome,
  columns: {
    event: reference(Event, 'event', 'the event that led to it'),
    kind: enumValue(Object.values(OutcomeKind), 'what it is'),
    title: text('the outcome in the source’s words, or its title', longest.freeText),
    mandated: listOf(party('whom it gives a task')),
    leadsTo: optional(reference(Event, 'event', 'the event in which it was carried on')),
    source: optional(scalar(UrlScalar, 'the page that states it')),
  },
  toRecord: ({ event, mandated, leadsTo, ...outcome }) => ({
    row: { ...outcome, eventId: event, leadsToId: leadsTo },
    lists: [
      {
        entity: OutcomeMandate,
        owner: 'outcomeId',
        rows: mandated.map((partyId, position) => ({ outcomeId: outcome.id, partyId, position })),
      },
    ],
  }),
});
