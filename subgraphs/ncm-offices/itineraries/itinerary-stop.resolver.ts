import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { Office } from '../entities/office.entity.js';
import { ItineraryStop } from '../entities/references.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { confirmRegionalStop } from './confirm-regional-stop.js';
import { ConfirmRegionalStopInput } from './itinerary-stop.input.js';

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @Mutation(() => ItineraryStop, {
    nullable: true,
    description:
      'Confirms version `stopVersion` of a stop that the offices host. The office must be in Russia, or named by a side of the group for the country, and open on the day of the stop and of the confirmation. Another confirmation of the same version corrects the date that `recordedOn` names. `CONFLICT` with `currentVersion` if the stop was moved since. Rules: HOST_COUNTRY, MERGED, CLOSED, REHEARSAL, CANCELLED, RETURNED, OUTSIDE_PROGRAMME.',
  })
  @Access('liaison')
  confirmRegionalStop(
    @Arg('input', () => ConfirmRegionalStopInput, { description: words.Input.input })
    input: ConfirmRegionalStopInput,
    @Ctx() context: PartnerContext,
  ): Promise<ItineraryStop> {
    return confirmRegionalStop(context, input);
  }

  @FieldResolver(() => DateScalar, {
    nullable: true,
    description:
      'The day on which an office confirmed it, for a stop that the offices host; null before.',
  })
  @Access('itinerary')
  @Self()
  async officeConfirmedOn(
    @Root() { id }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string | null> {
    return (await loaders.one(StopConfirmation, 'stopId').load(id))?.confirmedOn ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: words.ItineraryStop.officeConfirmedVersion,
  })
  @Access('itinerary')
  @Self()
  async officeConfirmedVersion(
    @Root() { id }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<number> {
    return (await loaders.one(StopConfirmation, 'stopId').load(id))?.stopVersion ?? 0;
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description: 'The office that confirmed the stop; null if none has.',
  })
  @Access('itinerary')
  async confirmingOffice(
    @Root() { id }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> {
    const confirmation = await loaders.one(StopConfirmation, 'stopId').load(id);
    return confirmation ? loaders.one(Office).load(confirmation.officeId) : null;
  }
}
