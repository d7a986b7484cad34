import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { Access, checkMayPick, hasRole, PeopleCount, showCount } from '@hub/shared/policy';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { areGroupsKnown } from '../groups/load-group-facts.js';
import { countSectorStatistics } from './count-sector-statistics.js';
import { loadMemberCount } from './load-member-count.js';
import { SectorStatisticsFilter } from './sector-statistics.input.js';
import { SectorStatistics } from './sector-statistics.js';

@Resolver(() => SectorStatistics)
export class SectorStatisticsResolver {
  @Query(() => [SectorStatistics], {
    nullable: true,
    description:
      'What groups saw, one row for each sector, on visits that have set out and have ended. All callers get the same rows. Only callers of an organisation who are not auditors may use a filter (`FORBIDDEN`). Null for a programme whose groups are not documented.',
  })
  @Access('open')
  async sectorStatistics(
    @Arg('filter', () => SectorStatisticsFilter, {
      nullable: true,
      description: 'All ended visits if left out.',
    })
    filter: SectorStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): Promise<SectorStatistics[] | null> {
    const { programme, groups } = filter ?? {};
    checkMayPick([programme, groups], context);
    // The sectors of a single visit reveal its itinerary, which auditors may not read.
    if ((programme != null || groups != null) && hasRole(context.reader, ['auditor'])) {
      throw new HubError('FORBIDDEN');
    }
    if (!(await areGroupsKnown(programme, context))) return null;
    return countSectorStatistics(context, filter ?? {});
  }

  @FieldResolver(() => PeopleCount, { nullable: true })
  async members(
    @Root() { groupIds }: SectorStatistics,
    @Ctx() context: PartnerContext,
  ): Promise<PeopleCount> {
    const counts = await Promise.all(groupIds.map((id) => loadMemberCount(id, context)));
    return showCount(
      counts.reduce((sum, count) => sum + count, 0),
      context,
    );
  }
}
