import { requireMembers, violateRule } from '@hub/shared/errors';
import {
  checkNotInvented,
  checkVersion,
  nextVersion,
  notFound,
  perform,
  pickGiven,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { checkMembers, recordAttendance, vocabulary } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { whereMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import type { Office } from '../entities/office.entity.js';
import type { Group } from '../entities/references.js';
import { askTravelledGroup, standingVisits, type TravelledGroup } from '../groups/ask-group.js';
import {
  checkNotCancelled,
  checkNotDeparted,
  checkNotLate,
  checkOrder,
  checkSendsDelegates,
  checkWithin,
  isEvaluated,
} from '../groups/group-rules.js';
import { findOffice, isNamed } from '../network/find-office.js';
import { checkOfficeInRussia, checkOfficeOpen } from '../network/office-rules.js';
import type {
  RecordDelegatesMeetingInput,
  RecordMeetingInput,
  RemoveDelegatesMeetingInput,
} from './group-meeting.input.js';

/**
 * Records the briefing of a group, once its members are selected and until its departure, or its
 * debriefing, until the programme is evaluated. Recorded again, it changes the office, the day and
 * what else the caller gives; what is left out stays.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` DIRECTION, SIDE,
 * CANCELLED, HOST_COUNTRY, MERGED, COORDINATOR, CLOSED, REHEARSAL, NOT_MEMBER; for a briefing DEPARTED, NOT_SELECTED, OUTSIDE_PROGRAMME; for a
 * debriefing NOT_RETURNED, EVALUATED, DATE_ORDER, TOO_LATE
 */
export const recordDelegatesMeeting = (
  context: PartnerContext,
  input: RecordDelegatesMeetingInput,
): Promise<Group> => record(context, 'recordDelegatesMeeting', input);

/** Records the day and place of the briefing alone, as {@link recordDelegatesMeeting}. */
export const recordDelegatesBriefing = (
  context: PartnerContext,
  { group, office, on, place, version }: RecordMeetingInput,
): Promise<Group> =>
  record(context, 'recordDelegatesBriefing', {
    group,
    office,
    kind: 'BRIEFING',
    on,
    place,
    version,
  });

/** Records the day and place of the debriefing alone, as {@link recordDelegatesMeeting}. */
export const recordDelegatesDebriefing = (
  context: PartnerContext,
  { group, office, on, place, version }: RecordMeetingInput,
): Promise<Group> =>
  record(context, 'recordDelegatesDebriefing', {
    group,
    office,
    kind: 'DEBRIEFING',
    on,
    place,
    version,
  });

function record(
  context: PartnerContext,
  name: string,
  input: RecordDelegatesMeetingInput,
): Promise<Group> {
  return perform(context, {
    name,
    input,
    ask: () => askTravelledGroup(context, input.group),
    async write(manager, group) {
      const { group: groupId, kind, office: officeId, on } = input;
      const members = [...(await findMembers(manager, groupId)), ...group.officers];
      checkSendsDelegates(group, 'input.group');
      checkNotCancelled(group, 'input.group');
      if (kind === 'BRIEFING') checkBriefing(group, on, members.length);
      else await checkDebriefing(manager, group, on);
      const office = await findOffice(manager, officeId, 'input.office');
      await checkOfficeMeets(manager, group, office);
      checkOfficeOpen(office, [on], 'input.office');
      checkNotInvented(office, group, 'input.office');
      checkMembers(input, members);
      const known = await manager.findOneBy(GroupMeeting, { groupId, kind });
      const version = nextVersion(known, input.version);
      const details = pickGiven(input, vocabulary.meetingDetails);
      const meeting = { groupId, kind, officeId, on, ...details, version };
      await manager.upsert(GroupMeeting, meeting, ['groupId', 'kind']);
      return { id: groupId };
    },
  });
}

/** The delegates who are members of a group. */
async function findMembers(manager: EntityManager, groupId: string): Promise<string[]> {
  const nominations = await manager.findBy(DelegateNomination, { groupId, ...whereMember });
  return nominations.map(({ delegateId }) => delegateId);
}

/**
 * In a documented direction any office in Russia meets the delegates, and where sides decide one that
 * co-ordinates the first side: officers of the same group come too.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY, COORDINATOR
 */
async function checkOfficeMeets(
  manager: EntityManager,
  { sides: group }: TravelledGroup,
  office: Office,
): Promise<void> {
  if (group.direction !== null) checkOfficeInRussia(office, 'input.office');
  else if (!(await isNamed(manager, office, group.from.coordinators ?? [])))
    violateRule('COORDINATOR', 'input.office');
}

function checkBriefing(group: TravelledGroup, on: string, members: number): void {
  checkNotDeparted(group, 'input.group');
  requireMembers(members, group.programme.groupSizeMin, 'input.group');
  checkWithin(on, group.programme);
}

async function checkDebriefing(
  manager: EntityManager,
  group: TravelledGroup,
  on: string,
): Promise<void> {
  const returnedOn = findReturn(group) ?? violateRule('NOT_RETURNED', 'input.group');
  if (await isEvaluated(manager, group)) violateRule('EVALUATED', 'input.group');
  checkOrder(on, returnedOn);
  checkNotLate(on, group.programme);
}

/** The day of the last return; undefined while the group travels, or before its first visit. */
function findReturn(group: TravelledGroup): string | undefined {
  const visits = standingVisits(group);
  const days = visits.flatMap(({ returnedOn }) => returnedOn ?? []);
  return days.length === visits.length ? days.sort().at(-1) : undefined;
}

/**
 * Removes a meeting that was recorded by mistake: a briefing until the departure, a debriefing until
 * the programme is evaluated.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED; DEPARTED for a
 * briefing, EVALUATED for a debriefing
 */
export const removeDelegatesMeeting = (
  context: PartnerContext,
  input: RemoveDelegatesMeetingInput,
): Promise<Group> =>
  perform(context, {
    name: 'removeDelegatesMeeting',
    input,
    ask: () => askTravelledGroup(context, input.group),
    async write(manager, group) {
      const { group: groupId, kind } = input;
      checkNotCancelled(group, 'input.group');
      const known = await manager.findOneBy(GroupMeeting, { groupId, kind });
      if (!known) notFound('input.kind');
      checkVersion(known, input.version);
      if (kind === 'BRIEFING') checkNotDeparted(group, 'input.group');
      else if (await isEvaluated(manager, group)) violateRule('EVALUATED', 'input.group');
      await manager.delete(GroupMeeting, { groupId, kind });
      return { id: groupId };
    },
  });

/**
 * Records who came to a meeting, and who did not: at a briefing until the departure, at a debriefing
 * until the programme is evaluated.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED;
 * DEPARTED for a briefing, EVALUATED for a debriefing; of one member NOT_MEMBER
 */
export function recordDelegatesAttendance(
  context: PartnerContext,
  input: vocabulary.RecordAttendanceInput,
): Promise<vocabulary.AttendanceResults> {
  const asked: { group?: TravelledGroup } = {};
  return recordAttendance(context, 'recordDelegatesAttendance', input, {
    meeting: GroupMeeting,
    async ask() {
      asked.group = await askTravelledGroup(context, input.group);
    },
    async check(manager) {
      const { group } = asked;
      // The first check is before the network is asked.
      if (!group) return;
      checkNotCancelled(group, 'input.group');
      if (input.kind === 'BRIEFING') checkNotDeparted(group, 'input.group');
      else if (await isEvaluated(manager, group)) violateRule('EVALUATED', 'input.group');
    },
    findMembers: async (manager) => [
      ...(await findMembers(manager, input.group)),
      ...(asked.group?.officers ?? []),
    ],
  });
}
