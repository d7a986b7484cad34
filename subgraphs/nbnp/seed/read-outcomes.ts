import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import type { Link } from '../entities/link.entity.js';
import type { Outcome, OutcomeMandate } from '../entities/outcome.entity.js';
import type { Representation } from '../entities/representation.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

function eventOf(ids: FactIds, file: string, index: number, column: string, event: string): string {
  const id = ids.event(event);
  if (id === undefined) throw csv.faultIn(file, index, column, `“${event}” is not an event`);
  return id;
}

function partyOf(ids: FactIds, file: string, index: number, column: string, party: string): string {
  const id = ids.party(party);
  if (id === undefined) throw csv.faultIn(file, index, column, `“${party}” is not an organisation`);
  return id;
}

/** What events led to. */
export function readOutcomes({ outcomes }: Facts, ids: FactIds): Outcome[] {
  const event = (index: number, column: string, id: string) =>
    eventOf(ids, 'outcomes.csv', index, column, id);
  return outcomes.map(({ leads_to_event_id, ...row }, index) => ({
    id: csv.toGlobalId(codes.networkCode, row.outcome_id),
    kind: row.kind,
    title: row.title,
    eventId: event(index, 'event_id', row.event_id),
    leadsToId: leads_to_event_id && event(index, 'leads_to_event_id', leads_to_event_id),
    source: row.source_url,
    checkedOn: null,
    version: 1,
  }));
}

/** The parties to which the outcomes give a task. */
export function readMandates({ outcomes }: Facts, ids: FactIds): OutcomeMandate[] {
  return outcomes.flatMap(({ outcome_id, mandated_org_ids }, index) =>
    mandated_org_ids.map((party, position) => ({
      outcomeId: csv.toGlobalId(codes.networkCode, outcome_id),
      partyId: partyOf(ids, 'outcomes.csv', index, 'mandated_org_ids', party),
      position,
    })),
  );
}

/** Who was represented at the events, in the order of the file. */
export function readRepresentations({ representations }: Facts, ids: FactIds): Representation[] {
  const file = 'representations.csv';
  return representations.map(({ event_id, what, country, org_id, source_url }, index) => {
    const eventId = eventOf(ids, file, index, 'event_id', event_id);
    const first = representations.findIndex((row) => row.event_id === event_id);
    return {
      id: `${eventId}-represented-${index - first + 1}`,
      eventId,
      position: index,
      what,
      country,
      partyId: org_id && partyOf(ids, file, index, 'org_id', org_id),
      source: source_url,
    };
  });
}

/** Pages about events and organisations. */
export function readLinks({ links }: Facts, ids: FactIds): Link[] {
  return links.map(({ subject, url, label }, index) => {
    const eventId = ids.event(subject) ?? null;
    const organisationId = ids.organisation(subject) ?? null;
    const subjectId = eventId ?? organisationId;
    if (subjectId === null) {
      const fault = `“${subject}” is neither an event nor an organisation of the network’s`;
      throw csv.faultIn('links.csv', index, 'subject', fault);
    }
    return {
      id: `${subjectId}-link-${index + 1}`,
      eventId,
      organisationId,
      position: index,
      url,
      label,
      checkedOn: null,
      version: 1,
    };
  });
}
