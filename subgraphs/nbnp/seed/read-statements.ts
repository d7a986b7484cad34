import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import {
  type Statement,
  type StatementCountry,
  deriveStatementColumns,
  toStatementCountries,
} from '../entities/statement.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

const file = 'statements.csv';

/** What the sources state in words, about the programme, an event or an organisation. */
export function readStatements({ statements }: Facts, ids: FactIds): Statement[] {
  return statements.map((row, index) => {
    const subject = {
      programmeId: ids.programme(row.about) ?? null,
      eventId: ids.event(row.about) ?? null,
      organisationId: ids.organisation(row.about) ?? null,
    };
    if (Object.values(subject).every((id) => id === null)) {
      const fault = `“${row.about}” is not a programme, event or organisation of the network’s`;
      throw csv.faultIn(file, index, 'about', fault);
    }
    if (row.primary_role !== null && !row.trafficking_roles.includes(row.primary_role)) {
      const fault = `“${row.primary_role}” is not one of trafficking_roles`;
      throw csv.faultIn(file, index, 'primary_role', fault);
    }
    return {
      id: csv.toGlobalId(codes.networkCode, row.statement_id),
      kind: row.kind,
      text: row.text,
      ...subject,
      traffickingRoles: row.trafficking_roles,
      primaryRole: row.primary_role,
      source: row.source_url,
      checkedOn: null,
      place: row.place,
      version: 1,
      ...deriveStatementColumns(row),
    };
  });
}

export function readStatementCountries({ statements }: Facts): StatementCountry[] {
  return statements.flatMap(({ statement_id, countries }) =>
    toStatementCountries(csv.toGlobalId(codes.networkCode, statement_id), countries),
  );
}

/** The aims of the events by their local ids: an event has one at most. */
export function readAims({ statements, events }: Facts): ReadonlyMap<string, string> {
  const aims = new Map<string, string>();
  const isEvent = new Set(events.map(({ event_id }) => event_id));
  statements.forEach(({ about, kind, text }, index) => {
    if (kind !== 'AIM' || !isEvent.has(about)) return;
    if (aims.has(about)) throw csv.faultIn(file, index, 'about', `“${about}” has another aim`);
    aims.set(about, text);
  });
  return aims;
}
