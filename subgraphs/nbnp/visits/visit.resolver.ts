import type { PartnerContext } from '@hub/shared/context';
import { byId, readPage } from '@hub/shared/database';
import { createConnectionTypes, IsCounted, Page, type Connection } from '@hub/shared/pagination';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { hostOrder } from '../access/load-related.js';
import { endedBefore } from '../access/visible-visits.js';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { sectorsFor } from '../entities/sectors-for.js';
import { ExpertAssignment, Visit, VisitHost } from '../entities/visit.entity.js';
import { areGroupsKnown, loadProgramme } from '../groups/load-group-facts.js';
import { findMissingSectors } from './find-missing-sectors.js';
import { findVisits } from './find-visits.js';
import { VisitFilter } from './visit.input.js';

const stopOrder = [{ property: 'day' }, { property: 'from', nullable: true }, { property: 'id' }];

const { ConnectionType: VisitConnection } = createConnectionTypes(Visit, 'Visit', {
  counts: 'exact',
  access: 'open',
});

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, {
    nullable: true,
    description: 'One visit; null if no visit has this id.',
  })
  @Access('open')
  visit(
    @Arg('id', () => ID, { description: 'Id of the visit: `nbnp:…`.' }) id: string,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<Visit | null> {
    return loaders.one(Visit).load(id);
  }

  @Query(() => VisitConnection, {
    nullable: true,
    description:
      'Visits, by id. Anonymous callers get those that have ended. Null for a programme whose groups are not documented.',
  })
  @Access('open')
  async visits(
    @Arg('filter', () => VisitFilter, { nullable: true, description: 'All visits if left out.' })
    filter: VisitFilter | null,
    @Args(() => Page) page: Page,
    @IsCounted() isCounted: boolean,
    @Ctx() context: PartnerContext,
  ): Promise<Connection<Visit> | null> {
    const visits = findVisits(context.source, filter ?? {}, endedBefore(context));
    const found = await readPage(visits, byId, Object.assign(page, { isCounted }));
    return (await areGroupsKnown(filter?.programme, context)) ? found : null;
  }

  @FieldResolver(() => Group, { description: 'The group that makes the visit.' })
  group(@Root() { groupId }: Visit, @Ctx() { loaders }: PartnerContext): Promise<Group | null> {
    return loaders.one(Group).load(groupId);
  }

  @FieldResolver(() => [CountryCodeScalar], {
    nullable: true,
    description: 'The countries that host it, in the order of the request that planned it.',
  })
  async hostCountries(
    @Root() { id }: Visit,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<string[]> {
    const hosts = loaders.many(VisitHost, 'visitId', { orderBy: hostOrder });
    return (await hosts.load(id)).map(({ country }) => country);
  }

  @FieldResolver(() => [ItineraryStop], {
    nullable: true,
    description: 'Its stops, by day, time and id.',
  })
  @Access('itinerary')
  stops(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<ItineraryStop[]> {
    return loaders.many(ItineraryStop, 'visitId', { orderBy: stopOrder }).load(id);
  }

  @FieldResolver(() => [Sector], {
    nullable: true,
    description:
      'Sectors that groups of this direction should see by the programme, and that no stop of this visit covers yet. A `SOCIAL` stop covers `HEALTH` too.',
  })
  @Access('itinerary')
  async missingSectors(@Root() visit: Visit, @Ctx() context: PartnerContext): Promise<Sector[]> {
    const { loaders } = context;
    const [stops, group] = await Promise.all([
      loaders.many(ItineraryStop, 'visitId').load(visit.id),
      loaders.one(Group).load(visit.groupId),
    ]);
    const programme = group && (await loadProgramme(group, context));
    return findMissingSectors(
      programme && group ? sectorsFor(programme, group.direction) : [],
      stops.map(({ sector }) => sector),
    );
  }

  @FieldResolver(() => [ExpertAssignment], {
    nullable: true,
    description: 'The experts who were assigned to it, each in one role.',
  })
  @Access('itinerary')
  experts(@Root() { id }: Visit, @Ctx() { loaders }: PartnerContext): Promise<ExpertAssignment[]> {
    return loaders.many(ExpertAssignment, 'visitId').load(id);
  }
}
