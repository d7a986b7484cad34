import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
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
}
