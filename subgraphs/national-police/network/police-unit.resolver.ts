import { pagination, withoutRehearsals } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { people, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { IsNull } from 'typeorm';
import { mayReadHosting } from '../access/decide-itinerary.js';
import { isOwn } from '../access/entity.reference.js';
import { mayReadExpert, officerRights } from '../access/people.js';
import { Claim } from '../entities/claim.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { OfficerConnection } from '../entities/officer.connection.js';
import { Officer } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { findPoliceUnits } from './find-police-units.js';
import { changePoliceUnit, closePoliceUnit, registerPoliceUnit } from './keep-unit.js';
import {
  ChangePoliceUnitInput,
  ClosePoliceUnitInput,
  PoliceUnitFilter,
  RegisterPoliceUnitInput,
} from './police-unit.input.js';

@Resolver(() => PoliceUnit)
export class PoliceUnitResolver {
  @Query(() => [PoliceUnit], {
    nullable: true,
    description: 'The national police forces and their units, by country, name and id.',
  })
  @Access('open')
  policeUnits(
    @Arg('filter', () => PoliceUnitFilter, {
      nullable: true,
      description: 'All units if left out, including former ones.',
    })
    filter: PoliceUnitFilter | null,
    @Ctx() { source }: PartnerContext,
  ): Promise<PoliceUnit[]> {
    return findPoliceUnits(source, filter ?? {});
  }

  @Query(() => PoliceUnit, {
    nullable: true,
    description: 'One police unit; null if no unit has this id.',
  })
  @Access('open')
  policeUnit(
    @Arg('id', () => ID, { description: 'Id of the unit: `dk:nec`.' }) id: string,
    @Ctx() { partner, loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> | null {
    return isOwn(partner, id) ? loaders.one(PoliceUnit).load(id) : null;
  }

  @Mutation(() => PoliceUnit, {
    nullable: true,
    description:
      'Registers a unit of the police force. `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  registerPoliceUnit(
    @Arg('input', () => RegisterPoliceUnitInput, { description: words.Input.input })
    input: RegisterPoliceUnitInput,
    @Ctx() context: PartnerContext,
  ): Promise<PoliceUnit> {
    return registerPoliceUnit(context, input);
  }

  @Mutation(() => PoliceUnit, {
    nullable: true,
    description:
      'Changes what is known of a unit. `NOT_FOUND` for an unknown parent. Rules: DUPLICATE, DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  changePoliceUnit(
    @Arg('input', () => ChangePoliceUnitInput, { description: words.Input.input })
    input: ChangePoliceUnitInput,
    @Ctx() context: PartnerContext,
  ): Promise<PoliceUnit> {
    return changePoliceUnit(context, input);
  }

  @Mutation(() => PoliceUnit, {
    nullable: true,
    description:
      'Records when a unit ended, and which one replaced it, or without `validTo` that it exists after all. Its people stay registered there until they are moved. Rules: DATE_ORDER, MERGED.',
  })
  @Access('coordinator')
  closePoliceUnit(
    @Arg('input', () => ClosePoliceUnitInput, { description: words.Input.input })
    input: ClosePoliceUnitInput,
    @Ctx() context: PartnerContext,
  ): Promise<PoliceUnit> {
    return closePoliceUnit(context, input);
  }

  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The unit that replaced it; null if none.',
  })
  successor(
    @Root() { successorId }: PoliceUnit,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> | null {
    return successorId === null ? null : loaders.one(PoliceUnit).load(successorId);
  }

  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The parent unit of the same police force; null for the highest unit.',
  })
  parent(
    @Root() { parentId }: PoliceUnit,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> | null {
    return parentId === null ? null : loaders.one(PoliceUnit).load(parentId);
  }

  @FieldResolver(() => [PoliceUnit], { nullable: true, description: 'Its parts, by id.' })
  units(@Root() { id }: PoliceUnit, @Ctx() { loaders }: PartnerContext): Promise<PoliceUnit[]> {
    const where = { mergedIntoId: IsNull() };
    return loaders.many(PoliceUnit, 'parentId', { where }).load(id);
  }

  @FieldResolver(() => OfficerConnection, {
    nullable: true,
    description: 'The officers whom it has registered, by id.',
  })
  @Access('peopleList')
  async officers(
    @Root() { id }: PoliceUnit,
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<Officer>> {
    const where = {
      ...withoutRehearsals(rehearsals).where,
      ...(await officerRights.wherePeople(context)),
    };
    return context.loaders.page(Officer, 'unitId', page, { where }).load(id);
  }

  @FieldResolver(() => [Expert], {
    nullable: true,
    description: 'The experts whom it offers, by id.',
  })
  @Access('peopleList')
  async experts(
    @Root() { id }: PoliceUnit,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() context: PartnerContext,
  ): Promise<Expert[]> {
    const offered = context.loaders.many(Expert, 'unitId', withoutRehearsals(rehearsals));
    return people.filter(context, await offered.load(id), (expert) =>
      mayReadExpert(context, expert.id),
    );
  }

  @FieldResolver(() => [NationalSite], {
    nullable: true,
    description: 'The institutions that it arranges visits to, by id.',
  })
  sites(
    @Root() { id }: PoliceUnit,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<NationalSite[]> {
    const where = { ...withoutRehearsals(rehearsals).where, mergedIntoId: IsNull() };
    return loaders.many(NationalSite, 'unitId', { where }).load(id);
  }

  @FieldResolver(() => [Hosting], {
    nullable: true,
    description: 'Its offers to host visits, by id.',
  })
  @Access('hostings')
  async hostings(@Root() { id }: PoliceUnit, @Ctx() context: PartnerContext): Promise<Hosting[]> {
    const hostings = await context.loaders.many(Hosting, 'unitId').load(id);
    const visible = await Promise.all(
      hostings.map(async (hosting) => mayReadHosting(context, hosting)),
    );
    return hostings.filter((_, index) => visible[index]);
  }

  @FieldResolver(() => [Claim], {
    nullable: true,
    description: words.Claim.all,
  })
  claims(@Root() { id }: PoliceUnit, @Ctx() { loaders }: PartnerContext): Promise<Claim[]> {
    return loaders.many(Claim, 'unitId', { orderBy: [{ property: 'position' }] }).load(id);
  }
}
