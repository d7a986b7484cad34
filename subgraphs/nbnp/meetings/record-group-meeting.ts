import { requireMembers, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, nextVersion, notFound, perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { checkMembers, recordAttendance, sides, vocabulary } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { askDelegates, askOpenTimes } from '../groups/ask-delegates.js';
import {
  askIsEvaluated,
  checkInProgramme,
  checkNotCancelled,
  checkPreparing,
  findGroupForChange,
  hasReturned,
  lastReturn,
  writeGroup,
  type GroupForChange,
} from '../groups/group-for-change.js';
import type { RecordDateInput } from '../groups/record-date.input.js';
import type { RecordGroupMeetingInput, RemoveGroupMeetingInput } from './group-meeting.input.js';

/**
 * Records the briefing of a group that no office meets, until its departure, or its debriefing, until the
 * programme is evaluated. Recorded again, it changes the day and what else the caller gives; what
 * is left out stays. A debriefing may be until two years after the programme’s end.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DIRECTION, COORDINATOR, NOT_MEMBER; for a briefing DEPARTED, NOT_SELECTED, OUTSIDE_PROGRAMME; for a debriefing
 * NOT_RETURNED, DATE_ORDER, TOO_LATE, EVALUATED
 */
export const recordGroupMeeting = (
  context: PartnerContext,
  input: RecordGroupMeetingInput,
): Promise<Group> => record(context, 'recordGroupMeeting', input, 'input.group');

/** Records the day of the briefing alone, as {@link recordGroupMeeting}. */
export const recordGroupBriefing = (
  context: PartnerContext,
  { id: group, on, version }: RecordDateInput,
): Promise<Group> =>
  record(context, 'recordGroupBriefing', { group, kind: 'BRIEFING', on, version }, 'input.id');

/** Records the day of the debriefing alone, as {@link recordGroupMeeting}. */
export const recordGroupDebriefing = (
  context: PartnerContext,
  { id: group, on, version }: RecordDateInput,
): Promise<Group> =>
  record(context, 'recordGroupDebriefing', { group, kind: 'DEBRIEFING', on, version }, 'input.id');

/** @param argument the argument that named the group */
function record(
  context: PartnerContext,
  name: string,
  input: RecordGroupMeetingInput,
  argument: string,
): Promise<Group> {
  return perform(context, {
    name,
    input,
    async ask() {
      const change = await findMeeting(context.source.manager, input, argument);
      await checkMeets(context, change, input.on, argument);
      const [isEvaluated, delegates] = await Promise.all([
        input.kind === 'DEBRIEFING' && askIsEvaluated(context, change.programme.id),
        sides.sendsDelegates(change.sides) ? askDelegates(context, change.group.id) : [],
      ]);
      return { isEvaluated, delegates };
    },
    async write(manager, { isEvaluated, delegates }) {
      const { group } = await findMeeting(manager, input, argument, delegates);
      if (isEvaluated) violateRule('EVALUATED', argument);
      const { kind, on } = input;
      const known = await manager.findOneBy(GroupMeeting, { groupId: group.id, kind });
      const version = nextVersion(known, input.meetingVersion, 'input.meetingVersion');
      const details = pickGiven(input, vocabulary.meetingDetails);
      const meeting = { groupId: group.id, kind, on, ...details, version };
      await manager.upsert(GroupMeeting, meeting, ['groupId', 'kind']);
      return writeGroup(manager, group, {});
    },
  });
}

/**
 * The network meets the documented groups of officers, and each group between two sides while no
 * office is open that co-ordinates the side it travels from.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` COORDINATOR
 */
async function checkMeets(
  context: PartnerContext,
  { group, sides: between }: GroupForChange,
  on: string,
  argument: string,
): Promise<void> {
  if (!sides.officesMeet(between)) return;
  const open = await askOpenTimes(context, group.id);
  if (open.some((time) => dates.isWithin(on, time))) violateRule('COORDINATOR', argument);
}

/**
 * Finds the group that meets, and checks the network’s own rules.
 * @param delegates the delegates among its members; undefined before the offices are asked
 */
async function findMeeting(
  manager: EntityManager,
  input: RecordGroupMeetingInput,
  argument: string,
  delegates?: readonly string[],
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, input.group, argument);
  checkVersion(change.group, input.version);
  const members = membersOf(change, delegates);
  if (input.kind === 'BRIEFING') checkBriefing(change, members, input.on, argument);
  else checkDebriefing(change, input.on, argument);
  if (members) checkMembers(input, members);
  return change;
}

/** The members of a group; null as long as the offices have not said who their delegates are. */
function membersOf(
  { accepted, sides: between }: GroupForChange,
  delegates: readonly string[] | undefined,
): readonly string[] | null {
  if (!delegates && sides.sendsDelegates(between)) return null;
  return [...accepted.map(({ officerId }) => officerId), ...(delegates ?? [])];
}

/** @throws HubError `RULE_VIOLATED` DIRECTION for a documented group that the offices meet */
function checkDirection({ sides: between }: GroupForChange, argument: string): void {
  if (between.direction !== null && sides.officesMeet(between)) violateRule('DIRECTION', argument);
}

function checkBriefing(
  change: GroupForChange,
  members: readonly string[] | null,
  on: string,
  argument: string,
): void {
  checkPreparing(change, argument);
  checkDirection(change, argument);
  if (members) requireMembers(members.length, change.programme.groupSizeMin, argument);
  checkInProgramme(on, change.programme);
}

function checkDebriefing(change: GroupForChange, on: string, argument: string): void {
  checkNotCancelled(change, argument);
  checkDirection(change, argument);
  if (!hasReturned(change.visits)) violateRule('NOT_RETURNED', argument);
  if (on < (lastReturn(change.visits) ?? '')) violateRule('DATE_ORDER', 'input.on');
  if (on > dates.lastPaperworkDay(change.programme)) violateRule('TOO_LATE', 'input.on');
}

/**
 * Removes a meeting that was recorded by mistake: a briefing until the departure, a debriefing until
 * the programme is evaluated.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED, DIRECTION; DEPARTED
 * for a briefing, EVALUATED for a debriefing
 */
export function removeGroupMeeting(
  context: PartnerContext,
  input: RemoveGroupMeetingInput,
): Promise<Group> {
  const { group: groupId, kind } = input;
  return perform(context, {
    name: 'removeGroupMeeting',
    input,
    async ask() {
      const { programme } = await findRecorded(context.source.manager, input);
      return kind === 'DEBRIEFING' && askIsEvaluated(context, programme.id);
    },
    async write(manager, isEvaluated) {
      const { group } = await findRecorded(manager, input);
      if (isEvaluated) violateRule('EVALUATED', 'input.group');
      await manager.delete(GroupMeeting, { groupId, kind });
      return writeGroup(manager, group, {});
    },
  });
}

/** Finds the group of a meeting that is recorded and may still change, as far as the network knows. */
async function findRecorded(
  manager: EntityManager,
  input: Omit<RemoveGroupMeetingInput, 'version'> & { readonly version?: number },
): Promise<GroupForChange> {
  const { group: groupId, kind, version, meetingVersion } = input;
  const change = await findGroupForChange(manager, groupId, 'input.group');
  if (version !== undefined) checkVersion(change.group, version);
  checkNotCancelled(change, 'input.group');
  checkDirection(change, 'input.group');
  const known = await manager.findOneBy(GroupMeeting, { groupId, kind });
  if (!known) notFound('input.kind');
  if (meetingVersion != null) checkVersion(known, meetingVersion, 'input.meetingVersion');
  if (kind === 'BRIEFING') checkPreparing(change, 'input.group');
  return change;
}

/**
 * Records who came to a meeting, and who did not: at a briefing until the departure, at a debriefing
 * until the programme is evaluated.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED,
 * DIRECTION; DEPARTED for a briefing, EVALUATED for a debriefing; of one member NOT_MEMBER
 */
export function recordGroupAttendance(
  context: PartnerContext,
  input: vocabulary.RecordAttendanceInput,
): Promise<vocabulary.AttendanceResults> {
  const known: { change?: GroupForChange; delegates?: readonly string[] } = {};
  const find = async (manager: EntityManager) =>
    (known.change = await findRecorded(manager, input));
  return recordAttendance(context, 'recordGroupAttendance', input, {
    meeting: GroupMeeting,
    check: find,
    async ask() {
      const change = await find(context.source.manager);
      if (input.kind === 'DEBRIEFING' && (await askIsEvaluated(context, change.programme.id)))
        violateRule('EVALUATED', 'input.group');
      known.delegates = sides.sendsDelegates(change.sides)
        ? await askDelegates(context, change.group.id)
        : [];
    },
    findMembers: () =>
      Promise.resolve((known.change && membersOf(known.change, known.delegates)) ?? []),
    async writeGroup(manager) {
      const { group } = known.change ?? (await find(manager));
      await manager.update(Group, { id: group.id }, { version: group.version + 1 });
    },
  });
}
