import { csv } from '@hub/shared/database';
import { toRoleId } from '../entities/event-derived.js';
import type { PartyRole } from '../entities/party-role.entity.js';
import { type PartyRoleKind } from '../entities/vocabulary.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

/** A role as a row of a file states it. */
interface StatedRole extends Pick<PartyRole, 'source' | 'note'> {
  readonly file: string;
  readonly row: number;
  readonly subjectColumn: string;
  readonly partyColumn: string;
  readonly subject: string;
  readonly role: PartyRoleKind;
  readonly party: string;
}

/** An event and an organisation, with the roles of their own rows, if any. */
const pairOf = (event: string, party: string): string => `${event} ${party}`;

/** The roles in the file of roles, by event and organisation. */
function readStatedRoles({ eventRoles }: Facts): ReadonlyMap<string, StatedRole[]> {
  const roles = new Map<string, StatedRole[]>();
  eventRoles.forEach(({ event_id, org_id, role, source_url, note }, row) => {
    const pair = pairOf(event_id, org_id);
    roles.set(pair, [
      ...(roles.get(pair) ?? []),
      {
        file: 'event-roles.csv',
        row,
        subjectColumn: 'event_id',
        partyColumn: 'org_id',
        subject: event_id,
        role,
        party: org_id,
        source: source_url,
        note,
      },
    ]);
  });
  return roles;
}

/**
 * The organisers of the events, each with its stated roles instead if there are any; then all other
 * parties with a role.
 */
function readEventRoles(facts: Facts): StatedRole[] {
  const stated = new Map(readStatedRoles(facts));
  const ofOrganisers = facts.events.flatMap(({ event_id, organiser_org_ids, source_url }, row) =>
    organiser_org_ids.flatMap((party): StatedRole[] => {
      const pair = pairOf(event_id, party);
      const instead = stated.get(pair);
      stated.delete(pair);
      return (
        instead ?? [
          {
            file: 'events.csv',
            row,
            subjectColumn: 'event_id',
            partyColumn: 'organiser_org_ids',
            subject: event_id,
            role: 'ORGANISER',
            party,
            source: source_url,
            note: null,
          },
        ]
      );
    }),
  );
  return [...ofOrganisers, ...[...stated.values()].flat()];
}

const readProgrammeRoles = ({ programmeRoles }: Facts): StatedRole[] =>
  programmeRoles.map(({ programme_id, role, party_org_id, source_url, note }, row) => ({
    file: 'programme-roles.csv',
    row,
    subjectColumn: 'programme_id',
    partyColumn: 'party_org_id',
    subject: programme_id,
    role,
    party: party_org_id,
    source: source_url,
    note,
  }));

/** Who played which role at the events and in the programme, and which page states it. */
export function readRoles(facts: Facts, ids: FactIds): PartyRole[] {
  const stated = [...readEventRoles(facts), ...readProgrammeRoles(facts)];
  return stated.map((row, position) => {
    const { file, row: index, role, party, subject, source, note } = row;
    const partyId = ids.party(party);
    if (partyId === undefined)
      throw csv.faultIn(file, index, row.partyColumn, `“${party}” is not an organisation`);
    const eventId = ids.event(subject) ?? null;
    const programmeId = ids.programme(subject) ?? null;
    const subjectId = eventId ?? programmeId;
    if (subjectId === null) {
      const fault = `“${subject}” is neither an event nor a programme`;
      throw csv.faultIn(file, index, row.subjectColumn, fault);
    }
    const id = toRoleId(subjectId, role, partyId);
    return { id, eventId, programmeId, partyId, position, role, source, note };
  });
}
