import { DateScalar } from '@hub/shared/scalars';
import type { PartnerContext } from '@hub/shared/server';
import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ItineraryStop } from '../entities/itinerary-stop.reference.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { countryOf } from '../entities/vocabulary.js';

/** What this police confirmed of a stop: null when nothing; undefined where another country is the host. */
async function findConfirmation(
  { id, hostCountry }: ItineraryStop,
  { partner, loaders }: PartnerContext,
): Promise<StopConfirmation | null | undefined> {
  if (hostCountry !== countryOf(partner)) return undefined;
  return loaders.one(StopConfirmation, 'stopId').load(id);
}

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @Directive('@requires(fields: "hostCountry")')
  @FieldResolver(() => DateScalar, { nullable: true })
  async hostConfirmedOn(
    @Root() stop: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findConfirmation(stop, context))?.confirmedOn ?? null;
  }

  @Directive('@requires(fields: "hostCountry")')
  @FieldResolver(() => Int, { nullable: true })
  async hostConfirmedVersion(
    @Root() stop: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    const confirmation = await findConfirmation(stop, context);
    return confirmation === undefined ? null : (confirmation?.stopVersion ?? 0);
  }
}
