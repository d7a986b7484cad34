import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Event } from '../entities/event.reference.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { Organisation } from '../entities/organisation.reference.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { findNationalSites } from './find-national-sites.js';
import { NationalSiteFilter } from './national-site.input.js';

@Resolver(() => NationalSite)
export class NationalSiteResolver {
  @Query(() => [NationalSite], {
    nullable: true,
    description: 'Institutions that groups can visit, by country, name and id.',
  })
  @Access('open')
  nationalSites(
    @Arg('filter', () => NationalSiteFilter, {
      nullable: true,
      description: 'All sites if left out.',
    })
    filter: NationalSiteFilter | null,
    @Ctx() { source }: PartnerContext,
  ): Promise<NationalSite[]> {
    return findNationalSites(source, filter ?? {});
  }

  @FieldResolver(() => PoliceUnit, {
    nullable: true,
    description: 'The police unit that arranges visits to it.',
  })
  unit(
    @Root() { unitId }: NationalSite,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<PoliceUnit | null> | null {
    return unitId === null ? null : loaders.one(PoliceUnit).load(unitId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The organisation of the network’s directory to which the site belongs, if any.',
  })
  organisation(@Root() { organisationId }: NationalSite): Organisation | null {
    return organisationId === null ? null : { id: organisationId };
  }

  @FieldResolver(() => Event, {
    nullable: true,
    description: 'The event at which it was visited, if known.',
  })
  event(@Root() { eventId }: NationalSite): Event | null {
    return eventId === null ? null : { id: eventId };
  }
}
