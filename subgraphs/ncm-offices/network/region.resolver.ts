import { orderBy, type OrderKey, readRows } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { SetCoverageInput } from './region.input.js';
import { setCoverage } from './set-coverage.js';

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

  @Mutation(() => Region, {
    nullable: true,
    description:
      'Records which office covers a region, or that none does. A coverage that another page stated stays as one of the claims of its office. `NOT_FOUND` for an unknown office. Rules: MERGED, REHEARSAL.',
  })
  @Access('coordinator')
  setCoverage(
    @Arg('input', () => SetCoverageInput, { description: words.Input.input })
    input: SetCoverageInput,
    @Ctx() context: PartnerContext,
  ): Promise<Region> {
    return setCoverage(context, input);
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
