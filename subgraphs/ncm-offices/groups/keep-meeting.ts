import { findForChange } from '@hub/shared/mutations';
import type { EntityManager } from 'typeorm';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Office } from '../entities/office.entity.js';
import type { Group } from '../entities/references.js';
import { checkOfficeInRussia, checkOfficeOpen } from '../network/office-rules.js';
import type { RecordMeetingInput } from './group.input.js';

/**
 * Records a meeting, and replaces its earlier record.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` HOST_COUNTRY, CLOSED
 */
export async function keepMeeting(
  manager: EntityManager,
  kind: GroupMeeting['kind'],
  { group, office, on, place }: RecordMeetingInput,
): Promise<Group> {
  const host = await findForChange(manager, Office, office, 'input.office');
  checkOfficeInRussia(host, 'input.office');
  checkOfficeOpen(host, [on], 'input.office');
  const meeting = { groupId: group, kind, officeId: host.id, heldOn: on, place: place ?? null };
  await manager.upsert(GroupMeeting, meeting, ['groupId', 'kind']);
  return { id: group };
}
