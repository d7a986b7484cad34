import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Officer } from '../entities/officer.entity.js';
import {
  RecordOfficerFormalitiesInput,
  RecordOfficerFormalityInput,
  SayOfficerFormalityDoneInput,
  SetOfficerTravelNeedsInput,
} from './formality.input.js';
import { officerFormalities } from './record-officer-formality.js';
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
    return officerFormalities.record(context, 'recordOfficerFormality', input);
  }

  @Mutation(() => vocabulary.FormalityResults, {
    nullable: true,
    description:
      'Records several formalities of members of a group at once, as `recordOfficerFormality` does: in their order, each with its own result. What can be recorded is recorded, and a refusal says why the rest was not; send that again with another key. What concerns the group refuses all. Rules: CANCELLED; of one formality NOT_MEMBER, OUTSIDE_PROGRAMME, ERASED.',
  })
  @Access('coordinator')
  recordOfficerFormalities(
    @Arg('input', () => RecordOfficerFormalitiesInput, { description: words.Input.input })
    input: RecordOfficerFormalitiesInput,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.FormalityResults> {
    return officerFormalities.recordEach(context, 'recordOfficerFormalities', input);
  }

  @Mutation(() => Officer, { nullable: true, description: vocabulary.sayDone })
  @Access('self')
  sayOfficerFormalityDone(
    @Arg('input', () => SayOfficerFormalityDoneInput, { description: words.Input.input })
    input: SayOfficerFormalityDoneInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return officerFormalities.sayDone(context, 'sayOfficerFormalityDone', input);
  }

  @Mutation(() => Officer, { nullable: true, description: words.TravelNeeds.setFor })
  @Access('coordinator')
  @Self()
  setOfficerTravelNeeds(
    @Arg('input', () => SetOfficerTravelNeedsInput, { description: words.Input.input })
    input: SetOfficerTravelNeedsInput,
    @Ctx() context: PartnerContext,
  ): Promise<Officer> {
    return setOfficerTravelNeeds(context, input);
  }
}
