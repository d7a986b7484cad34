import { toGlobalId } from '@hub/shared/seed';
import { networkCode } from '@hub/shared/vocabulary';
import { toRoleId } from '../entities/event-derived.js';
import type { PartyRole } from '../entities/party-role.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import { type PartyRoleKind } from '../entities/vocabulary.js';
import type { FactIds } from './fact-ids.js';
import { faultIn, type Facts } from './fact-tables.js';

/** The programme as the founding document plans it. Its groups are not documented. */
export function readProgrammes({ programmes }: Facts): Programme[] {
  return programmes.map((row) => ({
    id: toGlobalId(networkCode, row.programme_id),
    title: row.title,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    plannedGroups: row.planned_groups,
    groupSizeMin: row.group_size_min,
    groupSizeMax: row.group_size_max,
    targetGroups: row.target_groups,
    sectorsToShow: row.sectors_to_show,
    workingLanguages: row.working_languages,
    areaCodes: row.areas_to_involve.length > 0 ? row.areas_to_involve : null,
    hasDocumentedGroups: false,
  }));
}

interface StatedRole {
  readonly file: string;
  readonly row: number;
  readonly column: string;
  readonly subject: string;
  readonly role: PartyRoleKind;
  readonly party: string;
}

/** Who played which role: the organisers that the events name, then what the founding document adds. */
export function readRoles({ events, roles }: Facts, ids: FactIds): PartyRole[] {
  const stated: StatedRole[] = [
    ...events.flatMap(({ event_id, organiser_org_ids }, row) =>
      organiser_org_ids.map((party) => ({
        file: 'events.csv',
        row,
        column: 'organiser_org_ids',
        subject: event_id,
        role: 'ORGANISER' as const,
        party,
      })),
    ),
    ...roles.map(({ subject, role, party_org_id }, row) => ({
      file: 'roles.csv',
      row,
      column: 'party_org_id',
      subject,
      role,
      party: party_org_id,
    })),
  ];
  return stated.map(({ file, row, column, subject, role, party }, position) => {
    const partyId = ids.party(party);
    if (partyId === undefined) throw faultIn(file, row, column, `“${party}” is no organisation`);
    const eventId = ids.event(subject) ?? null;
    const programmeId = ids.programme(subject) ?? null;
    const subjectId = eventId ?? programmeId;
    if (subjectId === null) {
      throw faultIn(file, row, 'subject', `“${subject}” is neither an event nor a programme`);
    }
    const id = toRoleId(subjectId, role, partyId);
    return { id, eventId, programmeId, partyId, position, role };
  });
}
