import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
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

  @FieldResolver(() => [DelegateFormality], {
    nullable: true,
    description: words.Formality.ofPerson,
  })
  @Access('formalities')
  async formalities(
    @Root() { id }: Delegate,
    @Arg('group', () => ID, { description: words.Formality.group }) group: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<DelegateFormality[]> {
    const ofDelegate = loaders.many(DelegateFormality, 'delegateId', {
      orderBy: [{ property: 'kind' }, { property: 'groupId' }],
    });
    return (await ofDelegate.load(id)).filter(({ groupId }) => groupId === group);
  }

  @FieldResolver(() => DelegateTravelNeeds, {
    nullable: true,
    description: words.TravelNeeds.ofPerson,
  })
  @Access('travelNeeds')
  travelNeeds(
    @Root() { id }: Delegate,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<DelegateTravelNeeds | null> {
    return loaders.one(DelegateTravelNeeds, 'delegateId').load(id);
  }
}
