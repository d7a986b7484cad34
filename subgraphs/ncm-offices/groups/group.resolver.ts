import type { PartnerContext } from '@hub/shared/context';
import type { Loaders } from '@hub/shared/database';
import { Access, mayKnowJourneys } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { In } from 'typeorm';
import { isMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Group } from '../entities/references.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { RecordMeetingInput } from './group.input.js';
import { recordDelegatesBriefing } from './record-delegates-briefing.js';
import { recordDelegatesDebriefing } from './record-delegates-debriefing.js';

/** The nominations of the members. */
const loadSelected = async (loaders: Loaders, groupId: string): Promise<DelegateNomination[]> =>
  (await loadNominations(loaders, groupId, NominationStatus.SELECTED)).filter(isMember);

const isStanding = { status: In([NominationStatus.PENDING, NominationStatus.SELECTED]) };

function loadNominations(
  loaders: Loaders,
  groupId: string,
  status?: NominationStatus | null,
): Promise<DelegateNomination[]> {
  return loaders
    .many(DelegateNomination, 'groupId', { where: status == null ? {} : { status } })
    .load(groupId);
}

/** The day of a meeting, for a caller who may see the group’s progress. */
async function loadMeetingDay(
  context: PartnerContext,
  groupId: string,
  kind: GroupMeeting['kind'],
): Promise<string | null> {
  if (!(await mayKnowJourneys(context, groupId))) return null;
  const { loaders } = context;
  const meetings = loaders.many(GroupMeeting, 'groupId', { orderBy: [{ property: 'kind' }] });
  return (await meetings.load(groupId)).find((meeting) => meeting.kind === kind)?.heldOn ?? null;
}

/** The offices' data about a group of NBNP. For an unknown group it is empty, not null. */
@Resolver(() => Group)
export class GroupResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      'The briefing before a visit to the Nordic countries. Rules: DIRECTION, NOT_SELECTED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, HOST_COUNTRY, CLOSED.',
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
      'The meeting after the return. Rules: DIRECTION, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, HOST_COUNTRY, CLOSED.',
  })
  @Access('coordinator')
  recordDelegatesDebriefing(
    @Arg('input', () => RecordMeetingInput, { description: words.Input.input })
    input: RecordMeetingInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return recordDelegatesDebriefing(context, input);
  }

  @FieldResolver(() => [DelegateNomination], {
    nullable: true,
    description: 'The nominations of delegates for the group, by id.',
  })
  @Access('people')
  delegateNominations(
    @Root() { id }: Group,
    @Arg('status', () => NominationStatus, {
      nullable: true,
      description: 'Only nominations with this status; all if left out.',
    })
    status: NominationStatus | null,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<DelegateNomination[]> {
    return loadNominations(loaders, id, status);
  }

  @FieldResolver(() => [Delegate], { nullable: true, description: words.Group.delegates })
  @Access('people')
  async delegates(@Root() { id }: Group, @Ctx() { loaders }: PartnerContext): Promise<Delegate[]> {
    const selected = await loadSelected(loaders, id);
    const ids = selected.map(({ delegateId }) => delegateId).sort();
    const delegates = await Promise.all(
      ids.map((delegateId) => loaders.one(Delegate).load(delegateId)),
    );
    return delegates.filter((delegate) => delegate !== null);
  }

  @FieldResolver(() => Int, { nullable: true, description: words.Group.delegateCount })
  async delegateCount(@Root() { id }: Group, @Ctx() { loaders }: PartnerContext): Promise<number> {
    return (await loadSelected(loaders, id)).length;
  }

  @FieldResolver(() => Int, { nullable: true, description: words.Group.delegateNominationCount })
  delegateNominationCount(
    @Root() { id }: Group,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<number> {
    return loaders.count(DelegateNomination, 'groupId', isStanding).load(id);
  }

  /** The day of the latest selection that is still valid. Since then the group has not changed. */
  @FieldResolver(() => DateScalar, { nullable: true, description: words.Group.delegatesSelectedOn })
  async delegatesSelectedOn(
    @Root() { id }: Group,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string | null> {
    const selected = await loadSelected(loaders, id);
    const days = selected.flatMap(({ decidedOn }) => decidedOn ?? []);
    return days.sort().at(-1) ?? null;
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: words.Group.delegatesBriefedOn })
  delegatesBriefedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return loadMeetingDay(context, id, 'BRIEFING');
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: words.Group.delegatesDebriefedOn,
  })
  delegatesDebriefedOn(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return loadMeetingDay(context, id, 'DEBRIEFING');
  }

  /** Each delegate counts once, even with several reports. */
  @FieldResolver(() => Int, { nullable: true, description: words.Group.delegateReportsReceived })
  async delegateReportsReceived(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    if (!(await mayKnowJourneys(context, id))) return 0;
    return context.loaders.count(ParticipantReport, 'groupId', undefined, 'delegateId').load(id);
  }
}
