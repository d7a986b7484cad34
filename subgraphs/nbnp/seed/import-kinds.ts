import { CountryCodeScalar, UrlScalar, dates, longest } from '@hub/shared/graphql';
import { cell, defineKind } from '@hub/shared/import';
import { network } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Event } from '../entities/event.entity.js';
import { Organisation, deriveOrganisationColumns } from '../entities/organisation.entity.js';
import { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import { PlannedJourney } from '../entities/planned-journey.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Side } from '../entities/side.entity.js';
import {
  Statement,
  StatementCountry,
  deriveStatementColumns,
  toStatementCountries,
} from '../entities/statement.entity.js';
import { Direction, OutcomeKind, StatementKind, TraffickingRole } from '../entities/vocabulary.js';
import { links, representations, roles } from './import-event-parts.js';
import { events } from './import-events.js';
import { party } from './party-column.js';

const trafficking = Object.values(TraffickingRole);

/** `statements.csv` */
export const statements = defineKind({
  name: 'statements',
  about: 'What sources state in words, about a programme, an event or an organisation.',
  entity: Statement,
  columns: {
    programme: cell.optional(
      cell.reference(Programme, 'programme', 'the programme that it is about'),
    ),
    event: cell.optional(cell.reference(Event, 'event', 'the event that it is about')),
    organisation: cell.optional(
      cell.reference(Organisation, 'organisation', 'the organisation that it is about'),
    ),
    kind: cell.enumValue(Object.values(StatementKind), 'what the statement is for'),
    text: cell.prose('the statement'),
    countries: cell.listOf(cell.scalar(CountryCodeScalar, 'the countries that it names')),
    traffickingRoles: cell.listOf(
      cell.enumValue(trafficking, 'what part they have in trafficking'),
    ),
    primaryRole: cell.optional(
      cell.enumValue(trafficking, 'the one that the source calls primary'),
    ),
    source: cell.scalar(UrlScalar, 'the page that states it'),
    place: cell.optional(cell.text('where in the source')),
  },
  check: ({ programme, event, organisation, traffickingRoles, primaryRole }) => [
    ...([programme, event, organisation].filter((id) => id !== null).length > 1
      ? [{ column: 'event' as const, fault: 'is a second subject' }]
      : []),
    ...(primaryRole !== null && !traffickingRoles.includes(primaryRole)
      ? [{ column: 'primaryRole' as const, fault: 'is not one of traffickingRoles' }]
      : []),
  ],
  initial: { checkedOn: null },
  toRecord: ({ countries, programme, event, organisation, ...statement }) => ({
    row: {
      ...statement,
      ...deriveStatementColumns(statement),
      programmeId: programme,
      eventId: event,
      organisationId: organisation,
    },
    lists: [
      {
        entity: StatementCountry,
        owner: 'statementId',
        rows: toStatementCountries(statement.id, countries),
      },
    ],
  }),
});

/** `outcomes.csv` */
export const outcomes = defineKind({
  name: 'outcomes',
  about: 'What events led to.',
  entity: Outcome,
  columns: {
    event: cell.reference(Event, 'event', 'the event that led to it'),
    kind: cell.enumValue(Object.values(OutcomeKind), 'what it is'),
    title: cell.text('the outcome in the source’s words, or its title', longest.freeText),
    mandated: cell.listOf(party('whom it gives a task')),
    leadsTo: cell.optional(cell.reference(Event, 'event', 'the event in which it was carried on')),
    source: cell.optional(cell.scalar(UrlScalar, 'the page that states it')),
  },
  initial: { checkedOn: null },
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

/** `journeys.csv` */
export const journeys = defineKind({
  name: 'journeys',
  about:
    'The journeys that programmes plan: in a documented direction, or from one side of the programme to another.',
  entity: PlannedJourney,
  columns: {
    programme: cell.reference(Programme, 'programme', 'the programme'),
    position: cell.count('orders the journeys of the programme: the smallest is first'),
    direction: cell.optional(
      cell.enumValue(Object.values(Direction), 'the documented direction, in place of from and to'),
    ),
    from: cell.optional(cell.reference(Side, 'side', 'the side that its groups start from')),
    to: cell.optional(cell.reference(Side, 'side', 'the side that they visit')),
    weeks: cell.count('how long it takes, in weeks'),
    destination: cell.text('where it leads to'),
    source: cell.optional(cell.scalar(UrlScalar, 'the page that states it')),
  },
  check({ programme, direction, from, to }) {
    const given = [from, to].filter((side) => side !== null);
    if (given.length !== (direction === null ? 2 : 0))
      return [{ column: 'direction', fault: 'must be given, or both from and to in its place' }];
    return (['from', 'to'] as const).flatMap((column) => {
      const side = column === 'from' ? from : to;
      const isOwn = side === null || side.startsWith(`${programme}-side-`);
      return isOwn ? [] : [{ column, fault: 'is a side of another programme' }];
    });
  },
  toRecord: ({ programme: programmeId, from: fromSideId, to: toSideId, ...row }) => ({
    row: { ...row, programmeId, fromSideId, toSideId },
  }),
});

/** `organisations.csv` */
export const organisations = defineKind({
  name: 'organisations',
  about: 'The directory of organisations that are no police unit and no NCM office.',
  entity: Organisation,
  columns: {
    name: cell.text('the name in English'),
    acronym: cell.optional(cell.text('the acronym')),
    variants: cell.listOf(cell.text('other names that sources use')),
    kind: cell.text('what kind of body it is: `ngo`'),
    country: cell.optional(cell.scalar(CountryCodeScalar, 'the country of its seat')),
    city: cell.optional(cell.text('the city of its seat')),
    foundedOn: cell.partialDate('when it was founded'),
    closedOn: cell.partialDate('when it ended'),
    parent: cell.optional(party('the body of which it is a part')),
    roleInField: cell.optional(cell.prose('what it does in the field')),
    note: cell.optional(cell.prose('anything else')),
    ...cell.statedColumns,
  },
  same: network.sameBy('country'),
  initial: { mergedIntoId: null },
  check: ({ foundedOn, closedOn }) =>
    dates.isEarlier(closedOn, foundedOn)
      ? [{ column: 'closedOn', fault: 'is before foundedOn' }]
      : [],
  toRecord: ({ parent: parentId, ...organisation }) => ({
    row: { ...organisation, parentId, ...deriveOrganisationColumns(organisation) },
  }),
});

/** `contactPoints.csv` */
export const contactPoints = network.defineContactPoints(
  ContactPoint,
  cell.reference(Organisation, 'organisation', 'the organisation that is reached'),
);

/** The kinds of files that the network can import. */
export const importKinds = [
  events,
  roles,
  representations,
  outcomes,
  statements,
  links,
  journeys,
  organisations,
  contactPoints,
];
