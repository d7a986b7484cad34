import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Site } from '../entities/site.interface.js';
import { Visit } from '../entities/visit.entity.js';
import { isConfirmed } from '../visits/is-confirmed.js';
import { addItineraryStop } from './add-itinerary-stop.js';
import { moveItineraryStop, removeItineraryStop } from './change-itinerary.js';
import {
  AddItineraryStopInput,
  MoveItineraryStopInput,
  RemoveItineraryStopInput,
} from './itinerary-stop.input.js';

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @Query(() => ItineraryStop, {
    nullable: true,
    description: 'One stop of a visit; null if no stop has this id.',
  })
  @Access('open')
  itineraryStop(
    @Arg('id', () => ID, { description: 'Id of the stop: `nbnp:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<ItineraryStop | null> {
    return loaders.one(ItineraryStop).load(id);
  }

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

  @FieldResolver(() => Visit, { description: 'The visit to which it belongs.' })
  visit(
    @Root() { visitId }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return loaders.one(Visit).load(visitId);
  }

  @FieldResolver(() => Site, {
    nullable: true,
    description: 'The institution, if it is a known site.',
  })
  site(@Root() { siteId }: ItineraryStop): Site | null {
    return siteId === null ? null : { id: siteId };
  }

  @Directive('@requires(fields: "hostConfirmedVersion officeConfirmedVersion")')
  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      "Confirmed by the host: the national police unit, or in North-West Russia the NCM office. True when the confirmed version is this stop's version: a stop that was moved must be confirmed again. Null while the host is unavailable.",
  })
  confirmed(@Root() stop: ItineraryStop): boolean | null {
    return isConfirmed(stop);
  }
}
