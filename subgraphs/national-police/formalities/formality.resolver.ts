import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { RecordOfficerFormalityInput, SetOfficerTravelNeedsInput } from './formality.input.js';
import { recordOfficerFormality } from './record-officer-formality.js';
import { setOfficerTravelNeeds } from './set-officer-travel-needs.js';

/** What an officer must have and needs for a journey. */
@Resolver(() => Officer)
export class FormalityResolver {
  @Mutation(() => Officer, { nullable: true, description: words.Formality.recordFor })
  @Access('coordinator')
  recordOfficerFormality(
    @Arg('input', () => RecordOfficerFormalityInput, { description: words.Input.input })
    input: RecordOfficerFormalityInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return recordOfficerFormality(context, input);
  }

  @Mutation(() => Officer, { nullable: true, description: words.TravelNeeds.setFor })
  @Access('coordinator')
  setOfficerTravelNeeds(
    @Arg('input', () => SetOfficerTravelNeedsInput, { description: words.Input.input })
    input: SetOfficerTravelNeedsInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return setOfficerTravelNeeds(context, input);
  }

  @FieldResolver(() => [OfficerFormality], {
    nullable: true,
    description: words.Formality.ofPerson,
  })
  @Access('formalities')
  async formalities(
    @Root() { id }: Officer,
    @Arg('group', () => ID, { description: words.Formality.group }) group: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<OfficerFormality[]> {
    const ofOfficer = loaders.many(OfficerFormality, 'officerId', {
      orderBy: [{ property: 'kind' }, { property: 'groupId' }],
    });
    return (await ofOfficer.load(id)).filter(({ groupId }) => groupId === group);
  }

  @FieldResolver(() => OfficerTravelNeeds, {
    nullable: true,
    description: words.TravelNeeds.ofPerson,
  })
  @Access('travelNeeds')
  travelNeeds(
    @Root() { id }: Officer,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<OfficerTravelNeeds | null> {
    return loaders.one(OfficerTravelNeeds, 'officerId').load(id);
  }
}
