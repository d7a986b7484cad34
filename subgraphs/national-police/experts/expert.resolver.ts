import { pagination } from '@hub/shared/database';
import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { erasePerson, vocabulary } from '@hub/shared/programme';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isOwn } from '../access/entity.reference.js';
import { keepOwnNames } from '../access/keep-own-names.js';
import { keepKnown } from '../access/people.js';
import { expertData } from '../access/person-tables.js';
import { ExpertConnection } from '../entities/expert.connection.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { changeExpert } from './change-expert.js';
import {
  ChangeExpertInput,
  ExpertFilter,
  ExpertOrder,
  RegisterExpertInput,
  RemoveExpertInput,
} from './expert.input.js';
import { findExperts } from './find-experts.js';
import { keepFree } from './keep-free.js';
import { registerExpert } from './register-expert.js';
import { removeExpert } from './remove-expert.js';

const asGiven = { orderBy: [{ property: 'position' }] };

@Resolver(() => Expert)
export class ExpertResolver {
  @Query(() => ExpertConnection, {
    nullable: true,
    description: 'Experts of all police forces, by id, or as `orderBy` says.',
  })
  @Access('peopleList')
  async experts(
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('filter', () => ExpertFilter, {
      nullable: true,
      description: 'All experts if left out.',
    })
    filter: ExpertFilter | null,
    @Arg('orderBy', () => ExpertOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: ExpertOrder | null,
    @Ctx() context: PartnerContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<pagination.Connection<Expert>> {
    const experts = findExperts(context, filter ?? {});
    const sorted = { orders: vocabulary.personOrders, orderBy, type: 'Expert' };
    await keepOwnNames(experts, filter, sorted, context);
    await keepFree(experts, filter ?? {}, context, info);
    await keepKnown(experts, context);
    return vocabulary.readPeople(experts, sorted, page, context);
  }

  @Query(() => Expert, {
    nullable: true,
    description: 'One expert; null if no expert has this id.',
  })
  @Access('signedIn')
  @Self()
  expert(
    @Arg('id', () => ID, { description: 'Id of the expert: `fi:…`.' }) id: string,
    @Ctx() { partner, loaders }: PartnerContext,
  ): Promise<Expert | null> | null {
    return isOwn(partner, id) ? loaders.one(Expert).load(id) : null;
  }

  @Mutation(() => Expert, {
    nullable: true,
    description:
      'Registers an expert of this police force, in at least one role. `NOT_FOUND` for an unknown unit or a unit of another police force. Rules: DUPLICATE, PERSONAL, MERGED.',
  })
  @Access('coordinator')
  registerExpert(
    @Arg('input', () => RegisterExpertInput, { description: words.Input.input })
    input: RegisterExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Expert> {
    return registerExpert(context, input);
  }

  @Mutation(() => Expert, {
    nullable: true,
    description:
      'Changes the record of an expert. `CONFLICT` with `currentVersion` if it has changed since; `NOT_FOUND` for an unknown unit. Rules: ERASED, DUPLICATE, PERSONAL, MERGED.',
  })
  @Access('coordinator')
  changeExpert(
    @Arg('input', () => ChangeExpertInput, { description: words.Input.input })
    input: ChangeExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<Expert> {
    return changeExpert(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes an expert who was registered by mistake, if nothing refers to the record: no request of the network, and no decision on one. Erase the person otherwise. True once the record is gone. Rules: HELD, REFERRED_TO.',
  })
  @Access('coordinator')
  removeExpert(
    @Arg('input', () => RemoveExpertInput, { description: words.Input.input })
    input: RemoveExpertInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeExpert(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes an expert’s personal data; roles, languages and fields stay. False for an unknown expert. Rules: HELD.',
  })
  @Access('coordinator')
  eraseExpert(
    @Arg('id', () => ID, { description: 'Id of the expert: `fi:…`.' }) id: string,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return erasePerson(context, 'eraseExpert', expertData, id);
  }

  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The police unit that offers the expert.',
  })
  @Self()
  unit(@Root() { unitId }: Expert, @Ctx() { loaders }: PartnerContext): Promise<PoliceUnit | null> {
    return loaders.one(PoliceUnit).load(unitId);
  }

  @FieldResolver(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country whose police force offers the expert.',
  })
  @Self()
  country(@Ctx() { partner }: PartnerContext): string {
    return codes.countryOf(partner);
  }

  @FieldResolver(() => [vocabulary.SupportRole], {
    nullable: true,
    description: 'What the expert can do for a visit.',
  })
  @Self()
  async roles(
    @Root() { id }: Expert,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<vocabulary.SupportRole[]> {
    return (await loaders.many(ExpertRole, 'expertId', asGiven).load(id)).map(({ role }) => role);
  }

  @FieldResolver(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that the expert speaks, by code.',
  })
  @Self()
  async languages(@Root() { id }: Expert, @Ctx() { loaders }: PartnerContext): Promise<string[]> {
    const spoken = await loaders.many(ExpertLanguage, 'expertId', asGiven).load(id);
    return spoken.map(({ language }) => language);
  }

  @FieldResolver(() => [vocabulary.Sector], {
    nullable: true,
    description: 'The sectors that the expert knows.',
  })
  @Self()
  async fields(
    @Root() { id }: Expert,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<vocabulary.Sector[]> {
    return (await loaders.many(ExpertField, 'expertId', asGiven).load(id)).map(
      ({ field }) => field,
    );
  }
}
