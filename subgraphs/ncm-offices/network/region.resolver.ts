import { orderBy, type OrderKey, readRows } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';

/** The code of a region is its only id. */
export const byCode: readonly OrderKey[] = [{ property: 'code' }];

@Resolver(() => Region)
export class RegionResolver {
  @Query(() => Region, {
    nullable: true,
    description: 'One region; null if no region has this code.',
  })
  @Access('open')
  region(
    @Arg('code', () => ID, { description: 'ISO 3166-2: `RU-MUR`.' }) code: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Region | null> {
    return loaders.one(Region, 'code').load(code);
  }

  @Query(() => [Region], {
    nullable: true,
    description: 'The regions of North-West Russia, by code.',
  })
  @Access('open')
  regions(@Ctx() { source }: PartnerContext): Promise<Region[]> {
    const regions = source.getRepository(Region).createQueryBuilder('region');
    return readRows(orderBy(regions, byCode));
  }

  @FieldResolver(() => Office, {
    nullable: true,
    description:
      'The office that covers the region. `Office.coverages` says whether a source states so.',
  })
  office(
    @Root() { officeId }: Region,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Office | null> | null {
    return officeId === null ? null : loaders.one(Office).load(officeId);
  }
}
