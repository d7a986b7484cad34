import { byId, leaveOutRehearsals, orderBy, readRows, whereExisted } from '@hub/shared/database';
import { DateScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { network, vocabulary } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Event, Organisation } from '../entities/references.js';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';

@Resolver(() => RegionalSite)
export class RegionalSiteResolver {
  @Query(() => [RegionalSite], {
    nullable: true,
    description: 'Institutions in Russia that groups can visit, by id.',
  })
  @Access('open')
  regionalSites(
    @Arg('sector', () => vocabulary.Sector, {
      nullable: true,
      description: 'Only those of this sector; all if left out.',
    })
    sector: vocabulary.Sector | null,
    @Arg('openOn', () => DateScalar, { nullable: true, description: words.Site.openOn })
    openOn: string | null,
    @Arg('rehearsals', () => Boolean, vocabulary.takenRehearsals) rehearsals: boolean | null,
    @Arg('merged', () => Boolean, network.takenMerged) merged: boolean | null,
    @Ctx() { source }: PartnerContext,
  ): Promise<RegionalSite[]> {
    const query = source.getRepository(RegionalSite).createQueryBuilder('site');
    leaveOutRehearsals(query, rehearsals);
    if (merged !== true) query.andWhere('site.mergedIntoId IS NULL');
    if (sector != null) query.andWhere('site.sector = :sector', { sector });
    if (openOn != null) whereExisted(query, openOn, { last: 'site.closedOn' });
    return readRows(orderBy(query, byId));
  }

  @FieldResolver(() => Region, {
    nullable: true,
    description: 'The region of North-West Russia where it is.',
  })
  region(
    @Root() { regionCode }: RegionalSite,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Region | null> | null {
    return regionCode === null ? null : loaders.one(Region, 'code').load(regionCode);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The organisation of the network’s directory to which the site belongs, if any.',
  })
  organisation(@Root() { organisationId }: RegionalSite): Organisation | null {
    return organisationId === null ? null : { id: organisationId };
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event at which it was visited, if known.',
  })
  event(@Root() { eventId }: RegionalSite): Event | null {
    return eventId === null ? null : { id: eventId };
  }
}
