import { pagination } from '@hub/shared/database';
import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { erasePerson, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { isOwn } from '../access/entity.reference.js';
import { keepOwnNames } from '../access/keep-own-names.js';
import { officerRights } from '../access/people.js';
import { officerData } from '../access/person-tables.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerConnection } from '../entities/officer.connection.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { changeOfficer } from './change-officer.js';
import { findOfficers } from './find-officers.js';
import {
  ChangeOfficerInput,
  OfficerFilter,
  OfficerOrder,
  RegisterOfficerInput,
  RemoveOfficerInput,
} from './officer.input.js';
import { registerOfficer } from './register-officer.js';
import { removeOfficer } from './remove-officer.js';

@Resolver(() => Officer)
export class OfficerResolver {
  @Query(() => OfficerConnection, {
    nullable: true,
    description: 'Officers of all police forces, by id, or as `orderBy` says.',
  })
  @Access('peopleList')
  async officers(
    @pagination.Paged() page: pagination.PageArguments,
    @Arg('filter', () => OfficerFilter, {
      nullable: true,
      description: 'All officers if left out.',
    })
    filter: OfficerFilter | null,
    @Arg('orderBy', () => OfficerOrder, {
      nullable: true,
      defaultValue: 'ID',
      description: words.List.orderBy,
    })
    orderBy: OfficerOrder | null,
    @Ctx() context: PartnerContext,
  ): Promise<pagination.Connection<Officer>> {
    const officers = findOfficers(context, filter ?? {});
    await officerRights.keepPeople(officers, context);
    const sorted = { orders: vocabulary.participantOrders, orderBy, type: 'Officer' };
    await keepOwnNames(officers, filter, sorted, context);
    return vocabulary.readPeople(officers, sorted, page, context);
  }

  @Query(() => Officer, {
    nullable: true,
    description: 'One officer; null if no officer has this id.',
  })
  @Access('signedIn')
  @Self()
  officer(
    @Arg('id', () => ID, { description: 'Id of the officer: `dk:…`.' }) id: string,
    @Ctx() { partner, loaders }: PartnerContext,
  ): Promise<Officer | null> | null {
    return isOwn(partner, id) ? loaders.one(Officer).load(id) : null;
  }

  @Mutation(() => Officer, {
    nullable: true,
    description:
      'Registers an officer of one of this police force’s units. `NOT_FOUND` for an unknown unit or a unit of another police force. Rules: DUPLICATE, PERSONAL, MERGED.',
  })
  @Access('coordinator')
  registerOfficer(
    @Arg('input', () => RegisterOfficerInput, { description: words.Input.input })
    input: RegisterOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return registerOfficer(context, input);
  }

  @Mutation(() => Officer, {
    nullable: true,
    description:
      'Changes the record of an officer. `CONFLICT` with `currentVersion` if it has changed since; `NOT_FOUND` for an unknown unit. Rules: ERASED, DUPLICATE, PERSONAL, MERGED.',
  })
  @Access('coordinator')
  changeOfficer(
    @Arg('input', () => ChangeOfficerInput, { description: words.Input.input })
    input: ChangeOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return changeOfficer(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes an officer who was registered by mistake, if nothing refers to the record: no nomination, not even a withdrawn one. Erase the person otherwise. True once the record is gone. Rules: HELD, REFERRED_TO.',
  })
  @Access('coordinator')
  removeOfficer(
    @Arg('input', () => RemoveOfficerInput, { description: words.Input.input })
    input: RemoveOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return removeOfficer(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes an officer’s personal data and all texts by or about the officer; counts do not change. False for an unknown officer. Rules: HELD.',
  })
  @Access('coordinator')
  eraseOfficer(
    @Arg('id', () => ID, { description: 'Id of the officer: `dk:…`.' }) id: string,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return erasePerson(context, 'eraseOfficer', officerData, id);
  }

  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The police unit to which the officer belongs or that sends the officer.',
  })
  @Self()
  unit(
    @Root() { unitId }: Officer,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> {
    return loaders.one(PoliceUnit).load(unitId);
  }

  @FieldResolver(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that sends the officer.',
  })
  @Self('fellow')
  country(@Ctx() { partner }: PartnerContext): string {
    return codes.countryOf(partner);
  }

  @FieldResolver(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that the officer speaks, by code.',
  })
  @Self('fellow')
  async languages(@Root() { id }: Officer, @Ctx() { loaders }: PartnerContext): Promise<string[]> {
    const spoken = loaders.many(OfficerLanguage, 'officerId', {
      orderBy: [{ property: 'position' }],
    });
    return (await spoken.load(id)).map(({ language }) => language);
  }

  @FieldResolver(() => [OfficerNomination], {
    nullable: true,
    description: 'The officer’s nominations to all groups, by id.',
  })
  @Self()
  async nominations(
    @Root() { id }: Officer,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerNomination[]> {
    const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(id);
    return officerRights.filterNominations(context, nominations);
  }
}
