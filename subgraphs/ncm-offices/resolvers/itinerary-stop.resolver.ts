import { DateScalar } from '@hub/shared/scalars';
import type { PartnerContext } from '@hub/shared/server';
import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ItineraryStop } from '../entities/references.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';

@Resolver(() => ItineraryStop)
export class ItineraryStopResolver {
  @FieldResolver(() => DateScalar, { nullable: true })
  async officeConfirmedOn(
    @Root() { id }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string | null> {
    return (await loaders.one(StopConfirmation, 'stopId').load(id))?.confirmedOn ?? null;
  }

  @FieldResolver(() => Int, { nullable: true })
  async officeConfirmedVersion(
    @Root() { id }: ItineraryStop,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<number> {
    return (await loaders.one(StopConfirmation, 'stopId').load(id))?.stopVersion ?? 0;
  }
}
