import { CountryCodeScalar, UrlScalar } from '@hub/shared/graphql';
import { cell, defineKind } from '@hub/shared/import';
import { toRoleId } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Link } from '../entities/link.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Representation } from '../entities/representation.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import { party } from './party-column.js';

const event = cell.reference(Event, 'event', 'the event');
const position = cell.count('orders the list that it is in: the smallest is first');
const source = cell.optional(cell.scalar(UrlScalar, 'the page that states it'));

/** `representations.csv` */
export const representations = defineKind({
  name: 'representations',
  about: 'Who took part in events, for a body or a country.',
  entity: Representation,
  columns: {
    event,
    position,
    what: cell.prose('who took part, in the source’s words'),
    country: cell.optional(cell.scalar(CountryCodeScalar, 'the one country that is represented')),
    party: cell.optional(party('the body that is represented')),
    source,
  },
  toRecord: ({ event: eventId, party: partyId, ...row }) => ({ row: { ...row, eventId, partyId } }),
});

/** `roles.csv`: a party has each role at an event once, whatever the id of its row. */
export const roles = defineKind({
  name: 'roles',
  about: 'Which parties organised events, hosted them, or had another role there.',
  entity: PartyRole,
  columns: {
    event,
    position,
    role: cell.enumValue(Object.values(PartyRoleKind), 'the role'),
    party: party('who has it'),
    source,
    note: cell.optional(cell.prose('what the source says of it')),
  },
  toRecord: ({ event: eventId, party: partyId, ...row }) => ({
    row: { ...row, id: toRoleId(eventId, row.role, partyId), eventId, partyId, programmeId: null },
  }),
});

/** `links.csv` */
export const links = defineKind({
  name: 'links',
  about: 'Pages about an event, or about an organisation.',
  entity: Link,
  columns: {
    event: cell.optional(event),
    organisation: cell.optional(cell.reference(Organisation, 'organisation', 'the organisation')),
    position,
    url: cell.scalar(UrlScalar, 'the address of the page'),
    label: cell.optional(cell.text('what the page is, or whose')),
  },
  check: (row) =>
    (row.event === null) === (row.organisation === null)
      ? [{ column: 'event' as const, fault: 'or organisation: exactly one is required' }]
      : [],
  initial: { checkedOn: null },
  toRecord: ({ event: eventId, organisation: organisationId, ...row }) => ({
    row: { ...row, eventId, organisationId },
  }),
});
