import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { addItineraryStop } from './add-itinerary-stop.js';
import { moveItineraryStop, removeItineraryStop } from './change-itinerary.js';
import {
  AddItineraryStopInput,
  MoveItineraryStopInput,
  RemoveItineraryStopInput,
} from './itinerary-stop.input.js';

/** Changes the stops of a visit. */
@Resolver()
export class ItineraryMutationResolver {
  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Adds a stop, which its host must confirm. Rules: CANCELLED, RETURNED, OUTSIDE_VISIT, HOST_COUNTRY, SITE_ELSEWHERE.',
  })
  @Access('coordinator')
  addItineraryStop(
    @Arg('input', () => AddItineraryStopInput, { description: words.Input.input })
    input: AddItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return addItineraryStop(context, input);
  }

  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Moves a stop, which its host must confirm again. Rules: CANCELLED, RETURNED, OUTSIDE_VISIT.',
  })
  @Access('coordinator')
  moveItineraryStop(
    @Arg('input', () => MoveItineraryStopInput, { description: words.Input.input })
    input: MoveItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return moveItineraryStop(context, input);
  }

  @Mutation(() => Visit, {
    nullable: true,
    description: 'Removes a stop from its visit. Rules: CANCELLED, RETURNED.',
  })
  @Access('coordinator')
  removeItineraryStop(
    @Arg('input', () => RemoveItineraryStopInput, { description: words.Input.input })
    input: RemoveItineraryStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<Visit> {
    return removeItineraryStop(context, input);
  }
}
