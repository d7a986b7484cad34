import type { PartnerContext } from '@hub/shared/context';
import { Access } from '@hub/shared/policy';
import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Site } from '../entities/site.interface.js';
import { Visit } from '../entities/visit.entity.js';
import { isConfirmed } from '../visits/is-confirmed.js';

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
