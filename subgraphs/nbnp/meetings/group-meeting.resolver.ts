import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { createFactReader, type PartnerContext } from '@hub/shared/policy';
import { ownJourneys, sides, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { loadMeetingDay, loadMeetings } from '../access/load-meetings.js';
import { loadAccepted } from '../access/load-related.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { RecordDateInput } from '../groups/record-date.input.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { RecordGroupMeetingInput, RemoveGroupMeetingInput } from './group-meeting.input.js';
import {
  recordGroupAttendance,
  recordGroupBriefing,
  recordGroupDebriefing,
  recordGroupMeeting,
  removeGroupMeeting,
} from './record-group-meeting.js';

/** The delegates of a group, whom the offices have selected. */
const readDelegates = createFactReader<readonly string[]>({
  field: 'group',
  selection: '{ delegates { id } }',
  memoryMs: 0,
  read: ({ delegates }: { readonly delegates?: readonly { readonly id: string }[] | null }) =>
    (delegates ?? []).map(({ id }) => id),
});

@Resolver(() => GroupMeeting)
export class GroupMeetingResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records a meeting of a group, or corrects it: of a Nordic-Baltic one, or of one between two sides while no office is open that co-ordinates where it comes from. The offices record those of the others. Rules: DIRECTION, COORDINATOR, CANCELLED, NOT_MEMBER; for a briefing NOT_SELECTED, DEPARTED, OUTSIDE_PROGRAMME; for a debriefing NOT_RETURNED, DATE_ORDER, TOO_LATE, EVALUATED.',
  })
  @Access('coordinator')
  recordGroupMeeting(
    @Arg('input', () => RecordGroupMeetingInput, { description: words.Input.input })
    input: RecordGroupMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupMeeting(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records the day of a Nordic-Baltic group’s briefing, and nothing else of it. The offices record the briefings of groups from North-West Russia. Rules: DIRECTION, NOT_SELECTED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME.',
    deprecationReason: 'Use `recordGroupMeeting`.',
  })
  @Access('coordinator')
  recordGroupBriefing(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupBriefing(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records the day of a Nordic-Baltic group’s debriefing after the return, and nothing else of it. Rules: DIRECTION, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED.',
    deprecationReason: 'Use `recordGroupMeeting`.',
  })
  @Access('coordinator')
  recordGroupDebriefing(
    @Arg('input', () => RecordDateInput, { description: words.Input.input }) input: RecordDateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordGroupDebriefing(context, input);
  }

  @Mutation(() => vocabulary.AttendanceResults, {
    nullable: true,
    description:
      'Records who came to a meeting of a group, and who did not, each with its own result: a refusal says who is no member (rule NOT_MEMBER). `NOT_FOUND` if the meeting is not recorded. Rules: CANCELLED, DIRECTION; for a briefing DEPARTED; for a debriefing EVALUATED.',
  })
  @Access('coordinator')
  recordGroupAttendance(
    @Arg('input', () => vocabulary.RecordAttendanceInput, { description: words.Input.input })
    input: vocabulary.RecordAttendanceInput,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.AttendanceResults> {
    return recordGroupAttendance(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Removes a meeting that was recorded by mistake: a briefing until the departure, a debriefing until the programme is evaluated. `NOT_FOUND` if none is recorded. Rules: CANCELLED, DIRECTION, DEPARTED, EVALUATED.',
  })
  @Access('coordinator')
  removeGroupMeeting(
    @Arg('input', () => RemoveGroupMeetingInput, { description: words.Input.input })
    input: RemoveGroupMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return removeGroupMeeting(context, input);
  }

  @FieldResolver(() => Int, { nullable: true, description: words.GroupMeeting.missed })
  @Access('itinerary')
  async missed(
    @Root() meeting: GroupMeeting,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    const group = await context.loaders.one(Group).load(meeting.groupId);
    const isMixed = group && sides.sendsDelegates(await loadGroupSides(group, context));
    const [accepted, delegates] = await Promise.all([
      loadAccepted(meeting.groupId, context),
      isMixed ? readDelegates(context, meeting.groupId) : [],
    ]);
    return meeting.countMissed([
      ...accepted.map(({ officerId }) => officerId),
      ...(delegates ?? []),
    ]);
  }
}

/** What the network shows of its meetings. Before a caller may know the journeys there are none. */
@Resolver(() => Group)
export class GroupMeetingsResolver {
  @FieldResolver(() => [GroupMeeting], {
    nullable: true,
    description:
      'The network’s meetings of a group that no office meets: its briefing, then its debriefing. Anonymous callers get them once the group is back.',
  })
  async meetings(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<GroupMeeting[]> {
    const areKnown =
      (await ownJourneys.isOnJourney(context, id)) || (await mayKnowJourneys(id, context));
    return areKnown ? loadMeetings(id, context) : [];
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The day of the network’s briefing, for a group that no office meets; null before.',
  })
  async briefedOn(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? loadMeetingDay(id, 'BRIEFING', context) : null;
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The day of the network’s debriefing after the return, for a group that no office meets; null before.',
  })
  async debriefedOn(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<string | null> {
    return (await mayKnowJourneys(id, context)) ? loadMeetingDay(id, 'DEBRIEFING', context) : null;
  }
}
