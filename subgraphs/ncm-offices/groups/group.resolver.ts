import type { Loaders } from '@hub/shared/database';
import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { In } from 'typeorm';
import { loadSelected } from '../access/load-selected.js';
import { delegateRights } from '../access/people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Group } from '../entities/references.js';
import { NominationStatus } from '../entities/vocabulary.js';

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

/** The offices' data about a group of NBNP. For an unknown group it is empty, not null. */
@Resolver(() => Group)
export class GroupResolver {
  @FieldResolver(() => [DelegateNomination], {
    nullable: true,
    description: 'The nominations of delegates for the group, by id.',
  })
  @Access('peopleList')
  async delegateNominations(
    @Root() { id }: Group,
    @Arg('status', () => NominationStatus, {
      nullable: true,
      description: 'Only nominations with this status; all if left out.',
    })
    status: NominationStatus | null,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination[]> {
    const nominations = await loadNominations(context.loaders, id, status);
    return delegateRights.filterNominations(context, nominations);
  }

  @FieldResolver(() => [Delegate], { nullable: true, description: words.Group.delegates })
  @Access('peopleList')
  @Self()
  async delegates(@Root() { id }: Group, @Ctx() context: PartnerContext): Promise<Delegate[]> {
    const { loaders } = context;
    const selected = await loadSelected(loaders, id);
    const ids = selected.map(({ delegateId }) => delegateId).sort();
    const delegates = await Promise.all(
      ids.map((delegateId) => loaders.one(Delegate).load(delegateId)),
    );
    const found = delegates.filter((delegate) => delegate !== null);
    return delegateRights.filterPeople(context, found);
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

  /** Each delegate counts once, even with several reports. */
  @FieldResolver(() => Int, { nullable: true, description: words.Group.delegateReportsReceived })
  async delegateReportsReceived(
    @Root() { id }: Group,
    @Ctx() context: PartnerContext,
  ): Promise<number> {
    if (!(await itineraries.mayKnowJourneys(context, id))) return 0;
    return context.loaders.count(ParticipantReport, 'groupId', undefined, 'delegateId').load(id);
  }
}
