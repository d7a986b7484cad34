import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { createFactReader, type PartnerContext } from '@hub/shared/policy';
import { itineraries, ownJourneys, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { loadSelected } from '../access/load-selected.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { Group } from '../entities/references.js';
import {
  RecordDelegatesMeetingInput,
  RecordMeetingInput,
  RemoveDelegatesMeetingInput,
} from './group-meeting.input.js';
import {
  recordDelegatesAttendance,
  recordDelegatesBriefing,
  recordDelegatesDebriefing,
  recordDelegatesMeeting,
  removeDelegatesMeeting,
} from './record-delegates-meeting.js';

/**
 * The meetings of a group, by kind, for a caller who may know its journeys. For others none.
 * @param isOwn whether it is the journey of the caller. @default false
 */
async function loadMeetings(
  context: PartnerContext,
  groupId: string,
  isOwn = false,
): Promise<GroupMeeting[]> {
  if (!isOwn && !(await itineraries.mayKnowJourneys(context, groupId))) return [];
  const { loaders } = context;
  return loaders.many(GroupMeeting, 'groupId', { orderBy: [{ property: 'kind' }] }).load(groupId);
}

/** The officers who are members of a group: an office meets them with its delegates. */
const readOfficers = createFactReader<readonly string[]>({
  field: 'group',
  selection: '{ acceptedOfficers { id } }',
  memoryMs: 0,
  read: ({ acceptedOfficers }) =>
    ((acceptedOfficers ?? []) as readonly { readonly id: string }[]).map(({ id }) => id),
});

@Resolver(() => GroupMeeting)
export class GroupMeetingResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records a meeting of an office with its delegates of a group, or corrects it. The office is in Russia, or co-ordinates the group’s first side; the officers of the group come too. Rules: DIRECTION, SIDE, CANCELLED, HOST_COUNTRY, MERGED, COORDINATOR, CLOSED, REHEARSAL, NOT_MEMBER; for a briefing NOT_SELECTED, DEPARTED, OUTSIDE_PROGRAMME; for a debriefing NOT_RETURNED, DATE_ORDER, TOO_LATE, EVALUATED.',
  })
  @Access('coordinator')
  recordDelegatesMeeting(
    @Arg('input', () => RecordDelegatesMeetingInput, { description: words.Input.input })
    input: RecordDelegatesMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordDelegatesMeeting(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records the day and place of the briefing before a visit to the Nordic countries. Rules: DIRECTION, NOT_SELECTED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, HOST_COUNTRY, MERGED, CLOSED, REHEARSAL.',
    deprecationReason: 'Use `recordDelegatesMeeting`.',
  })
  @Access('coordinator')
  recordDelegatesBriefing(
    @Arg('input', () => RecordMeetingInput, { description: words.Input.input })
    input: RecordMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordDelegatesBriefing(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Records the day and place of the debriefing after the return. Rules: DIRECTION, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, HOST_COUNTRY, MERGED, CLOSED, REHEARSAL.',
    deprecationReason: 'Use `recordDelegatesMeeting`.',
  })
  @Access('coordinator')
  recordDelegatesDebriefing(
    @Arg('input', () => RecordMeetingInput, { description: words.Input.input })
    input: RecordMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordDelegatesDebriefing(context, input);
  }

  @Mutation(() => vocabulary.AttendanceResults, {
    nullable: true,
    description:
      'Records who came to a meeting of a group, and who did not, each with its own result: a refusal says who is no member (rule NOT_MEMBER). `NOT_FOUND` if the meeting is not recorded. Rules: CANCELLED; for a briefing DEPARTED; for a debriefing EVALUATED.',
  })
  @Access('coordinator')
  recordDelegatesAttendance(
    @Arg('input', () => vocabulary.RecordAttendanceInput, { description: words.Input.input })
    input: vocabulary.RecordAttendanceInput,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.AttendanceResults> {
    return recordDelegatesAttendance(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Removes a meeting that was recorded by mistake: a briefing until the departure, a debriefing until the programme is evaluated. `NOT_FOUND` if none is recorded. Rules: CANCELLED, DEPARTED, EVALUATED.',
  })
  @Access('coordinator')
  removeDelegatesMeeting(
    @Arg('input', () => RemoveDelegatesMeetingInput, { description: words.Input.input })
    input: RemoveDelegatesMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return removeDelegatesMeeting(context, input);
  }

  @FieldResolver(() => Int, { nullable: true, description: words.GroupMeeting.missed })
  @Access('itinerary')
  async missed(
    @Root() meeting: GroupMeeting,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    if (meeting.attendees === null) return null;
    const [selected, officers] = await Promise.all([
      loadSelected(context.loaders, meeting.groupId),
      readOfficers(context, meeting.groupId),
    ]);
    return meeting.countMissed([
      ...selected.map(({ delegateId }) => delegateId),
      ...(officers ?? []),
    ]);
  }
}

/** What the offices show of their meetings with the delegates of a group. */
@Resolver(() => Group)
export class GroupMeetingsResolver {
  @FieldResolver(() => [GroupMeeting], {
    nullable: true,
    description:
      'The meetings of an office with the delegates of the group: the briefing, then the debriefing. Anonymous callers get them once the group is back.',
  })
  async delegateMeetings(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<GroupMeeting[]> {
    return loadMeetings(context, id, await ownJourneys.isOnJourney(context, id));
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: words.Group.delegatesBriefedOn })
  async delegatesBriefedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return vocabulary.dayOfMeeting(await loadMeetings(context, id), 'BRIEFING');
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: words.Group.delegatesDebriefedOn,
  })
  async delegatesDebriefedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return vocabulary.dayOfMeeting(await loadMeetings(context, id), 'DEBRIEFING');
  }
}
