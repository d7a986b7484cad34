import type { PartnerContext } from '@hub/shared/server';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Hosting } from '../entities/hosting.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

@Resolver(() => Hosting)
export class HostingResolver {
  @FieldResolver(() => PoliceUnit)
  unit(
    @Root() { unitId }: Hosting,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> {
    return loaders.one(PoliceUnit).load(unitId);
  }
}
