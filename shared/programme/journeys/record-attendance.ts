import type { EntityManager, EntityTarget } from 'typeorm';
import { refuseInput } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';
import { checkVersion, notFound } from '../../partner/mutations/find-for-change.js';
import { performEach } from '../../partner/mutations/perform-each.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import type { RecordAttendanceInput } from '../vocabulary/group-meeting.input.js';
import type { AttendanceResults, GroupMeetingFields } from '../vocabulary/group-meeting.type.js';

/** One side’s meetings, and what it must know before it says who came. */
interface AttendanceKeeping {
  readonly meeting: EntityTarget<GroupMeetingFields>;
  /** Asks others for the group. It runs after the first check. @throws HubError `PARTNER_…` */
  ask(): Promise<unknown>;
  /** Checks the group, before others are asked and again in the transaction. */
  check?(manager: EntityManager): Promise<unknown>;
  /** The members of the group, in the transaction. */
  findMembers(manager: EntityManager): Promise<readonly string[]>;
  /** Writes what else grows with the meeting. It may be called again for each who came or not. */
  writeGroup?(manager: EntityManager): Promise<unknown>;
}

/** Who is said to have come or not, and where it stands in the input. */
interface Attendance {
  readonly participant: string;
  readonly isPresent: boolean;
  readonly argument: string;
}

/** As many as one mutation of several items may have. */
const mostPeople = 50;

function readAttendances({ present, absent }: RecordAttendanceInput): Attendance[] {
  const toAll = (field: 'present' | 'absent', ids: readonly string[] | null | undefined) =>
    (ids ?? []).map((participant, place) => ({
      participant,
      isPresent: field === 'present',
      argument: `input.${field}.${place}`,
    }));
  const all = [...toAll('present', present), ...toAll('absent', absent)];
  const people = new Set(all.map(({ participant }) => participant));
  if (people.size === all.length && people.size > 0 && people.size <= mostPeople) return all;
  refuseInput(
    all.length > 0 ? 'input.absent' : 'input.present',
    `1 to ${mostPeople} people must have been present or absent, and nobody both.`,
  );
}

/**
 * Records who came to a meeting that is recorded, and who did not. Others stay as they are. The
 * meeting’s version grows by one.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`, and what `check` throws
 */
export async function recordAttendance(
  context: PartnerContext,
  name: string,
  input: RecordAttendanceInput,
  { meeting: entity, ask, check, findMembers, writeGroup }: AttendanceKeeping,
): Promise<AttendanceResults> {
  const { group: groupId, kind, meetingVersion } = input;
  const find = async (manager: EntityManager): Promise<GroupMeetingFields> =>
    (await manager.findOneBy(entity, { groupId, kind })) ?? notFound('input.kind');
  const write = async (
    manager: EntityManager,
    { participant, isPresent, argument }: Attendance,
  ) => {
    const attendees = (await find(manager)).attendees ?? [];
    const isMember = (await findMembers(manager)).includes(participant);
    // Whoever came and is no member any more can be taken out.
    if (!isMember && (isPresent || !attendees.includes(participant)))
      violateRule('NOT_MEMBER', argument);
    const others = attendees.filter((id) => id !== participant);
    const next = isPresent ? [...others, participant] : others;
    const version = meetingVersion + 1;
    await manager.update(entity, { groupId, kind }, { attendees: next, version });
    await writeGroup?.(manager);
    return { id: participant };
  };
  const all = readAttendances(input);
  const results = await performEach(context, {
    name,
    input,
    record: groupId,
    list: '',
    common: ['present', 'absent'],
    ask,
    async check(manager) {
      await check?.(manager);
      checkVersion(await find(manager), meetingVersion, 'input.meetingVersion');
    },
    items: all.map((one) => ({
      id: one.participant,
      ask: () => Promise.resolve(),
      write: (manager) => write(manager, one),
    })),
  });
  return { results: results.map(({ id: participant, refusal }) => ({ participant, refusal })) };
}
