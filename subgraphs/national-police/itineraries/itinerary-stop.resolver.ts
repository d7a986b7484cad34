import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, Directive, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { ItineraryStop } from '../entities/itinerary-stop.reference.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { confirmStop } from './confirm-stop.js';
import { ConfirmStopInput } from './itinerary-stop.input.js';

/**
 * This police force’s confirmation of a stop: null if none; undefined if another country is the
 * host.
 */
async function findConfirmation(
  { id, hostCountry }: ItineraryStop,
  { partner, loaders }: PartnerContext,
): Promise<StopConfirmation | null | undefined> {
  if (hostCountry !== codes.countryOf(partner)) return undefined;
  return loaders.one(StopConfirmation, 'stopId').load(id);
}

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Confirms version `stopVersion` of a stop as its host. Another confirmation of the same version corrects the date that `recordedOn` names. `CONFLICT` with `currentVersion` if the stop was moved since. Rules: HOST_COUNTRY, MERGED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  confirmStop(
    @Arg('input', () => ConfirmStopInput, { description: words.Input.input })
    input: ConfirmStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return confirmStop(context, input);
  }

  @Directive('@requires(fields: "hostCountry")')
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the hosting police force confirmed it; null before, and for a stop that another organisation confirms.',
  })
  @Access('itinerary')
  @Self()
  async hostConfirmedOn(
    @Root() stop: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<string | null> {
    return (await findConfirmation(stop, context))?.confirmedOn ?? null;
  }

  @Directive('@requires(fields: "hostCountry")')
  @FieldResolver(() => Int, {
    nullable: true,
    description: words.ItineraryStop.hostConfirmedVersion,
  })
  @Access('itinerary')
  @Self()
  async hostConfirmedVersion(
    @Root() stop: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<number | null> {
    const confirmation = await findConfirmation(stop, context);
    return confirmation === undefined ? null : (confirmation?.stopVersion ?? 0);
  }

  @Directive('@requires(fields: "hostCountry")')
  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description:
      'The unit that confirmed the stop for the host; null if none has, or if another country is the host.',
  })
  @Access('itinerary')
  async confirmingUnit(
    @Root() stop: ItineraryStop,
    @Ctx() context: PartnerContext,
  ): Promise<PoliceUnit | null> {
    const confirmation = await findConfirmation(stop, context);
    return confirmation ? context.loaders.one(PoliceUnit).load(confirmation.unitId) : null;
  }
}
