import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Delegate } from '../entities/delegate.entity.js';
import {
  RecordDelegateFormalitiesInput,
  RecordDelegateFormalityInput,
  SayDelegateFormalityDoneInput,
  SetDelegateTravelNeedsInput,
} from './formality.input.js';
import { delegateFormalities } from './record-delegate-formality.js';
import { setDelegateTravelNeeds } from './set-delegate-travel-needs.js';

/** What a delegate must have and needs for a journey. */
@Resolver(() => Delegate)
export class FormalityResolver {
  @Mutation(() => Delegate, { nullable: true, description: words.Formality.recordFor })
  @Access('coordinator')
  recordDelegateFormality(
    @Arg('input', () => RecordDelegateFormalityInput, { description: words.Input.input })
    input: RecordDelegateFormalityInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return delegateFormalities.record(context, 'recordDelegateFormality', input);
  }

  @Mutation(() => vocabulary.FormalityResults, {
    nullable: true,
    description:
      'Records several formalities of members of a group at once, as `recordDelegateFormality` does: in their order, each with its own result. What can be recorded is recorded, and a refusal says why the rest was not; send that again with another key. What concerns the group refuses all. Rules: CANCELLED; of one formality NOT_MEMBER, OUTSIDE_PROGRAMME, ERASED.',
  })
  @Access('coordinator')
  recordDelegateFormalities(
    @Arg('input', () => RecordDelegateFormalitiesInput, { description: words.Input.input })
    input: RecordDelegateFormalitiesInput,
    @Ctx() context: PartnerContext,
  ): Promise<vocabulary.FormalityResults> {
    return delegateFormalities.recordEach(context, 'recordDelegateFormalities', input);
  }

  @Mutation(() => Delegate, { nullable: true, description: vocabulary.sayDone })
  @Access('self')
  sayDelegateFormalityDone(
    @Arg('input', () => SayDelegateFormalityDoneInput, { description: words.Input.input })
    input: SayDelegateFormalityDoneInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return delegateFormalities.sayDone(context, 'sayDelegateFormalityDone', input);
  }

  @Mutation(() => Delegate, { nullable: true, description: words.TravelNeeds.setFor })
  @Access('coordinator')
  @Self()
  setDelegateTravelNeeds(
    @Arg('input', () => SetDelegateTravelNeedsInput, { description: words.Input.input })
    input: SetDelegateTravelNeedsInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return setDelegateTravelNeeds(context, input);
  }
}
