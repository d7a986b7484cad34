import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { nominateOfficer } from './nominate-officer.js';
import { NominateOfficerInput, WithdrawOfficerInput } from './officer-nomination.input.js';
import { withdrawOfficer } from './withdraw-officer.js';

@Resolver(() => OfficerNomination)
export class OfficerNominationResolver {
  @Mutation(() => OfficerNomination, {
    nullable: true,
    description:
      'Proposes an officer for a group from a side of this police force’s country, or a Nordic-Baltic group. Rules: DIRECTION, SIDE, CANCELLED, DEPARTED, REHEARSAL, TARGET_GROUP, OUTSIDE_PROGRAMME, ALREADY_NOMINATED, ERASED. The network checks on acceptance whether the officer travels in another group at that time.',
  })
  @Access('coordinator')
  nominateOfficer(
    @Arg('input', () => NominateOfficerInput, { description: words.Input.input })
    input: NominateOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerNomination> {
    return nominateOfficer(context, input);
  }

  @Mutation(() => OfficerNomination, {
    nullable: true,
    description:
      'Withdraws a nomination that the network has not accepted, or has declined or released. Rules: WITHDRAWN, ACCEPTED, CANCELLED, DEPARTED, DATE_ORDER, OUTSIDE_PROGRAMME.',
  })
  @Access('coordinator')
  withdrawOfficer(
    @Arg('input', () => WithdrawOfficerInput, { description: words.Input.input })
    input: WithdrawOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerNomination> {
    return withdrawOfficer(context, input);
  }

  @FieldResolver(() => Officer, { description: 'The officer who is proposed.' })
  @Self()
  officer(
    @Root() { officerId }: OfficerNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Officer | null> {
    return loaders.one(Officer).load(officerId);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether the police force has recorded formalities of the officer for this group.',
  })
  @Access('identity')
  async hasFormalities(
    @Root() { officerId, groupId }: OfficerNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    const ofOfficer = loaders.many(OfficerFormality, 'officerId', {
      orderBy: [{ property: 'kind' }, { property: 'groupId' }],
    });
    return (await ofOfficer.load(officerId)).some((formality) => formality.groupId === groupId);
  }

  @FieldResolver(() => Boolean, { description: words.Rehearsal.inherited })
  @Self()
  async isRehearsal(
    @Root() { officerId }: OfficerNomination,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<boolean> {
    return (await loaders.one(Officer).load(officerId))?.isRehearsal ?? false;
  }
}
