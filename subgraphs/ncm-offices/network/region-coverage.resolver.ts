import type { PartnerContext } from '@hub/shared/policy';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Office } from '../entities/office.entity.js';
import { RegionCoverage } from '../entities/region-coverage.js';

@Resolver(() => RegionCoverage)
export class RegionCoverageResolver {
  @FieldResolver(() => Office, {
    nullable: true,
    description: 'The office that the graph uses for the region.',
  })
  office(
    @Root() { region: { officeId } }: RegionCoverage,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> | null {
    return officeId === null ? null : loaders.one(Office).load(officeId);
  }
}
