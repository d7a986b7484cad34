import { leaveOutRehearsals, pagination, whereText } from '@hub/shared/database';
import { LanguageTagScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { erasePerson, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { delegateRights } from '../access/people.js';
import { delegateData } from '../access/person-tables.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { changeDelegate } from './change-delegate.js';
import {
  ChangeDelegateInput,
  DelegateFilter,
  DelegateOrder,
  RegisterDelegateInput,
  RemoveDelegateInput,
} from './delegate.input.js';
import { registerDelegate } from './register-delegate.js';
import { removeDelegate } from './remove-delegate.js';

const { ConnectionType: DelegateConnection } = pagination.createConnectionTypes(
  Delegate,
  'Delegate',
  {
    counts: 'exact',
    access: 'peopleList',
  },
);

function filterDelegates(
  query: SelectQueryBuilder<Delegate>,
  { office, country, region, targetGroup, language, rehearsals }: DelegateFilter,
): SelectQueryBuilder<Delegate> {
  leaveOutRehearsals(query, rehearsals);
  if (office != null) whereText(query, 'delegate.officeId = :office', { office });
  if (country != null) query.andWhere('delegate.country = :country', { country });
  if (region != null) whereText(query, 'delegate.regionCode = :region', { region });
  if (targetGroup != null) query.andWhere('delegate.targetGroup = :targetGroup', { targetGroup });
  if (language != null) {
    const spoken = query
      .subQuery()
      .select('1')
      .from(DelegateLanguage, 'spoken')
      .where('spoken.delegateId = delegate.id AND spoken.tag = :language');
    query.andWhere(`EXISTS ${spoken.getQuery()}`, { language });
  }
  return query;
}

@Resolver(() => Delegate)
export class DelegateResolver {
  @Query(() => Delegate, {
    nullable: true,
    description: 'One delegate; null if no delegate has this id.',
  })
  @Access('signedIn')
  @Self()
  delegate(
    @Arg('id', () => ID, { description: 'Id of the delegate: `ncm:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Delegate | null> {
    return loaders.one(Delegate).load(id);
  }

  @Query(() => DelegateConnection, {
    nullable: true,
    description: 'Delegates, by id, or as `orderBy` says.',
  })
  @Access('peopleList')
  async delegates(
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('filter', () => DelegateFilter, {
      nullable: true,
      description: 'All delegates if left out.',
    })
    filter: DelegateFilter | null,
    @Arg('orderBy', () => DelegateOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: DelegateOrder | null,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<Delegate>> {
    const delegates = context.source.getRepository(Delegate).createQueryBuilder('delegate');
    filterDelegates(delegates, filter ?? {});
    await delegateRights.keepPeople(delegates, context);
    await vocabulary.keepNames(delegates, filter?.search, 'Delegate', context);
    const sorted = { orders: vocabulary.participantOrders, orderBy, type: 'Delegate' };
    return vocabulary.readPeople(delegates, sorted, page, context);
  }

  @Mutation(() => Delegate, {
    nullable: true,
    description:
      'Registers a person whom an office can send: of a region that the offices know, or of a country that a side of a programme names. `NOT_FOUND` for an unknown office or region. Rules: SIDE, MERGED, CLOSED, DUPLICATE, PERSONAL.',
  })
  @Access('coordinator')
  registerDelegate(
    @Arg('input', () => RegisterDelegateInput, { description: words.Input.input })
    input: RegisterDelegateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return registerDelegate(context, input);
  }

  @Mutation(() => Delegate, {
    nullable: true,
    description:
      'Changes the record of a delegate. `CONFLICT` with `currentVersion` if it has changed since; `NOT_FOUND` for an unknown region. Rules: ERASED, SIDE, DUPLICATE, PERSONAL.',
  })
  @Access('coordinator')
  changeDelegate(
    @Arg('input', () => ChangeDelegateInput, { description: words.Input.input })
    input: ChangeDelegateInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return changeDelegate(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes a delegate who was registered by mistake, if nothing refers to the record: no nomination, not even a withdrawn one. Erase the person otherwise. True once the record is gone. Rules: HELD, REFERRED_TO.',
  })
  @Access('coordinator')
  removeDelegate(
    @Arg('input', () => RemoveDelegateInput, { description: words.Input.input })
    input: RemoveDelegateInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeDelegate(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Erases a person: removes the name and contacts, and does not change statistics.',
  })
  @Access('coordinator')
  eraseDelegate(
    @Arg('id', () => ID, { description: 'Id of the delegate: `ncm:…`.' }) id: string,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return erasePerson(context, 'eraseDelegate', delegateData, id);
  }

  @FieldResolver(() => Region, {
    nullable: true,
    description:
      'The region in which the person works; null in a country of which the offices know no regions.',
  })
  @Self()
  region(
    @Root() { regionCode }: Delegate,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Region | null> | null {
    return regionCode === null ? null : loaders.one(Region, 'code').load(regionCode);
  }

  @FieldResolver(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that the person speaks, by code.',
  })
  @Self('fellow')
  async languages(@Root() { id }: Delegate, @Ctx() { loaders }: PartnerContext): Promise<string[]> {
    const spoken = loaders.many(DelegateLanguage, 'delegateId', {
      orderBy: [{ property: 'place' }],
    });
    return (await spoken.load(id)).map(({ tag }) => tag);
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description: 'The office that registered the person.',
  })
  @Self()
  office(
    @Root() { officeId }: Delegate,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> {
    return loaders.one(Office).load(officeId);
  }

  @FieldResolver(() => [DelegateNomination], {
    nullable: true,
    description: 'The person’s nominations to all groups, by id.',
  })
  @Self()
  async nominations(
    @Root() { id }: Delegate,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateNomination[]> {
    const nominations = await context.loaders.many(DelegateNomination, 'delegateId').load(id);
    return delegateRights.filterNominations(context, nominations);
  }
}
