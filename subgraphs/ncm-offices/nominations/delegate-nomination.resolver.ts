import { byId, type Orders, pagination, readOrdered, whereText } from '@hub/shared/database';
import { DateScalar } from '@hub/shared/graphql';
import { Access, NoneIsOpen, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { delegateRights } from '../access/people.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Group, Organisation } from '../entities/references.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { decideDelegates, DelegateDecisions } from './decide-delegates.js';
import { endNomination } from './decide-nomination.js';
import {
  DecideDelegatesInput,
  DecideNominationInput,
  DelegateNominationFilter,
  DelegateNominationOrder,
  NominateDelegateInput,
  ReopenDelegateNominationInput,
} from './delegate-nomination.input.js';
import { nominateDelegate } from './nominate-delegate.js';
import { reopenDelegateNomination } from './reopen-delegate-nomination.js';
import { selectDelegate } from './select-delegate.js';

const { ConnectionType: DelegateNominationConnection } = pagination.createConnectionTypes(
  DelegateNomination,
  'DelegateNomination',
  { counts: 'exact', access: 'peopleList' },
);

const orders: Orders<DelegateNominationOrder> = {
  ID: byId,
  NOMINATED_ON: [{ property: 'nominatedOn' }, { property: 'id' }],
  NOMINATED_ON_DESCENDING: [{ property: 'nominatedOn', descending: true }, { property: 'id' }],
  STATUS: [{ property: 'status' }, { property: 'id' }],
};

function filterNominations(
  query: SelectQueryBuilder<DelegateNomination>,
  { group, office, status }: DelegateNominationFilter,
): SelectQueryBuilder<DelegateNomination> {
  if (group != null) whereText(query, 'nomination.groupId = :group', { group });
  if (status != null) query.andWhere('nomination.status = :status', { status });
  if (office != null) {
    query.innerJoin(Delegate, 'delegate', 'delegate.id = nomination.delegateId');
    whereText(query, 'delegate.officeId = :office', { office });
  }
  return query;
}

@Resolver(() => DelegateNomination)
export class DelegateNominationResolver {
  @Query(() => DelegateNominationConnection, {
    nullable: true,
    description: 'Nominations of delegates, by id, or as `orderBy` says.',
  })
  @Access('peopleList')
  async delegateNominations(
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('filter', () => DelegateNominationFilter, {
      nullable: true,
      description: 'All nominations if left out.',
    })
    filter: DelegateNominationFilter | null,
    @Arg('orderBy', () => DelegateNominationOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: DelegateNominationOrder | null,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<DelegateNomination>> {
    const query = context.source.getRepository(DelegateNomination).createQueryBuilder('nomination');
    await delegateRights.keepNominations(query, context);
    return readOrdered(filterNominations(query, filter ?? {}), orders, orderBy, page);
  }

  @Mutation(() => DelegateNomination, {
    nullable: true,
    description:
      'Proposes a delegate for a group that goes from a side of the person’s country that names the person’s office. Rules: DIRECTION, SIDE, CLOSED, REHEARSAL, CANCELLED, DEPARTED, TARGET_GROUP, OUTSIDE_PROGRAMME, ALREADY_NOMINATED, ERASED.',
  })
  @Access('coordinator')
  nominateDelegate(
    @Arg('input', () => NominateDelegateInput, { description: words.Input.input })
    input: NominateDelegateInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination> {
    return nominateDelegate(context, input);
  }

  @Mutation(() => DelegateNomination, {
    nullable: true,
    description:
      "Selects a nominee for the group, together with the local authority, as a member or a reserve; selected again, a reserve becomes a member. `GROUP_FULL` at the programme's `groupSizeMax`. Rules: WITHDRAWN, ALREADY_DECIDED, ERASED, REHEARSAL, AUTHORITY, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, DATE_ORDER, REPLACED, NOT_GONE, OVERLAPPING_GROUPS.",
  })
  @Access('coordinator')
  selectDelegate(
    @Arg('input', () => DecideNominationInput, { description: words.Input.input })
    input: DecideNominationInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination> {
    return selectDelegate(context, input);
  }

  @Mutation(() => DelegateNomination, {
    nullable: true,
    description:
      'Declines a nominee, or releases a selected delegate, until the group departs. Rules: WITHDRAWN, ALREADY_DECIDED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, DATE_ORDER, ERASED.',
  })
  @Access('coordinator')
  declineDelegate(
    @Arg('input', () => DecideNominationInput, { description: words.Input.input })
    input: DecideNominationInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination> {
    return endNomination(context, 'declineDelegate', input);
  }

  @Mutation(() => DelegateNomination, {
    nullable: true,
    description:
      'Withdraws a nomination, pending or selected, until the group departs. Rules: WITHDRAWN, ALREADY_DECIDED, CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, DATE_ORDER, ERASED.',
  })
  @Access('coordinator')
  withdrawDelegate(
    @Arg('input', () => DecideNominationInput, { description: words.Input.input })
    input: DecideNominationInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination> {
    return endNomination(context, 'withdrawDelegate', input);
  }

  @Mutation(() => DelegateDecisions, {
    nullable: true,
    description:
      'Decides on several nominees of a group at once, as `selectDelegate`, `declineDelegate` and `withdrawDelegate` do: in the order of the decisions, each with its own result. What can be written is written, and a refusal says why the rest was not; send that again with another key. What concerns the group or the local authority refuses all. Rules: CANCELLED, DEPARTED, AUTHORITY; of one decision those of its own mutation.',
  })
  @Access('coordinator')
  decideDelegates(
    @Arg('input', () => DecideDelegatesInput, { description: words.Input.input })
    input: DecideDelegatesInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateDecisions> {
    return decideDelegates(context, input);
  }

  @Mutation(() => DelegateNomination, {
    nullable: true,
    description:
      'Takes back the decision on a nominee who was declined, released or selected as a reserve: the nomination is pending again. Release a member first. Rules: WITHDRAWN, NOT_DECIDED, ACCEPTED, CANCELLED, DEPARTED, ALREADY_NOMINATED, REFERRED_TO: somebody replaced the delegate, or a reserve has formalities.',
  })
  @Access('coordinator')
  reopenDelegateNomination(
    @Arg('input', () => ReopenDelegateNominationInput, { description: words.Input.input })
    input: ReopenDelegateNominationInput,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination> {
    return reopenDelegateNomination(context, input);
  }

  @FieldResolver(() => Group, {
    nullable: true,
    description: 'The group that the delegate is proposed for.',
  })
  @Self()
  group(@Root() { groupId }: DelegateNomination): Group {
    return { id: groupId };
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description:
      'The local authority that decided together with the office, where it is an organisation of the network; else null.',
  })
  authority(@Root() { authorityId }: DelegateNomination): Organisation | null {
    return authorityId === null ? null : { id: authorityId };
  }

  @FieldResolver(() => DelegateNomination, {
    nullable: true,
    description: 'The nomination of whoever had the place before; null if nobody is replaced.',
  })
  @NoneIsOpen()
  async replaces(
    @Root() { replacesId }: DelegateNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<DelegateNomination | null> {
    return replacesId == null ? null : loaders.one(DelegateNomination).load(replacesId);
  }

  @FieldResolver(() => Delegate, { description: 'The person who is proposed.' })
  @Self()
  delegate(
    @Root() { delegateId }: DelegateNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Delegate | null> {
    return loaders.one(Delegate).load(delegateId);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The day on which the office withdrew it; null if not withdrawn.',
  })
  @Self()
  withdrawnOn(@Root() { status, decidedOn }: DelegateNomination): string | null {
    return status === NominationStatus.WITHDRAWN ? decidedOn : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether the offices have recorded formalities of the delegate for this group.',
  })
  @Access('identity')
  async hasFormalities(
    @Root() { delegateId, groupId }: DelegateNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    const ofDelegate = loaders.many(DelegateFormality, 'delegateId', {
      orderBy: [{ property: 'kind' }, { property: 'groupId' }],
    });
    return (await ofDelegate.load(delegateId)).some((formality) => formality.groupId === groupId);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  @Self()
  async isRehearsal(
    @Root() { delegateId }: DelegateNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    return (await loaders.one(Delegate).load(delegateId))?.isRehearsal ?? false;
  }
}
