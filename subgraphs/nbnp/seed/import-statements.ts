import { CountryCodeScalar, UrlScalar } from '@hub/shared/graphql';
import {
  defineKind,
  enumValue,
  listOf,
  optional,
  prose,
  reference,
  scalar,
  text,
} from '@hub/shared/import';
import { Event } from '../entities/event.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { deriveStatementColumns, toStatementCountries } from '../entities/statement-derived.js';
import { Statement, StatementCountry } from '../entities/statement.entity.js';
import { StatementKind, TraffickingRole } from '../entities/vocabulary.js';

const trafficking = Object.values(TraffickingRole);

/** `statements.csv` */
export const statements = defineKind({
  name: 'statements',
  about: 'What sources state in words, about a programme, an event or an organisation.',
  entity: Statement,
  columns: {
    programme: optional(reference(Programme, 'programme', 'the programme that it is about')),
    event: optional(reference(Event, 'event', 'the event that it is about')),
    organisation: optional(
      reference(Organisation, 'organisation', 'the organisation that it is about'),
    ),
    kind: enumValue(Object.values(StatementKind), 'what the statement is for'),
    text: prose('the statement'),
    countries: listOf(scalar(CountryCodeScalar, 'the countries that it names')),
    traffickingRoles: listOf(enumValue(trafficking, 'what part they have in trafficking')),
    primaryRole: optional(enumValue(trafficking, 'the one that the source calls primary')),
    source: scalar(UrlScalar, 'the page that states it'),
    place: optional(text('where in the source')),
  },
  check: ({ programme, event, organisation, traffickingRoles, primaryRole }) => [
    ...([programme, event, organisation].filter((id) => id !== null).length > 1
      ? [{ column: 'event' as const, fault: 'is a second subject' }]
      : []),
    ...(primaryRole !== null && !traffickingRoles.includes(primaryRole)
      ? [{ column: 'primaryRole' as const, fault: 'is not one of traffickingRoles' }]
      : []),
  ],
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
