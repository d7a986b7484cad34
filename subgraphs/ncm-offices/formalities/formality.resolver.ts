import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Delegate } from '../entities/delegate.entity.js';
import { RecordDelegateFormalityInput, SetDelegateTravelNeedsInput } from './formality.input.js';
import { recordDelegateFormality } from './record-delegate-formality.js';
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
    return recordDelegateFormality(context, input);
  }

  @Mutation(() => Delegate, { nullable: true, description: words.TravelNeeds.setFor })
  @Access('coordinator')
  setDelegateTravelNeeds(
    @Arg('input', () => SetDelegateTravelNeedsInput, { description: words.Input.input })
    input: SetDelegateTravelNeedsInput,
    @Ctx() context: PartnerContext,
  ): Promise<Delegate> {
    return setDelegateTravelNeeds(context, input);
  }
}
