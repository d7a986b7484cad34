import { HubError } from '@hub/shared/errors';
import { Access } from '@hub/shared/identity';
import { type PartnerContext, readers } from '@hub/shared/policy';
import { people, peopleCounts } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { areGroupsKnown } from '../groups/load-group-facts.js';
import { countSectorStatistics } from './count-sector-statistics.js';
import { countMissing, loadMemberCount } from './load-member-count.js';
import { SectorStatisticsFilter } from './sector-statistics.input.js';
import { SectorStatistics } from './sector-statistics.js';

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

@Resolver(() => SectorStatistics)
export class SectorStatisticsResolver {
  @Query(() => [SectorStatistics], {
    nullable: true,
    description:
      'What groups saw, one row for each sector, at stops that were recorded as held, on visits that have set out and have ended. All callers get the same rows; with a filter, `members` are for callers who may see the people. Only callers of an organisation who are not auditors may use a filter (`FORBIDDEN`). Null for a programme whose groups are not documented.',
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
    const { programme, groups, rehearsals } = filter ?? {};
    const isNarrowed = programme != null || groups != null;
    const isPicked = isNarrowed || rehearsals === true;
    if (isPicked && !readers.isPerson(context.reader)) throw new HubError('FORBIDDEN');
    // The sectors of a single visit reveal its itinerary, which auditors may not read.
    if (isNarrowed && readers.hasRole(context.reader, ['auditor'])) throw new HubError('FORBIDDEN');
    if (!(await areGroupsKnown(programme, context))) return null;
    return countSectorStatistics(context, filter ?? {}, isPicked);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, { nullable: true })
  async members(
    @Root() { shown, isPicked }: SectorStatistics,
    @Ctx() context: PartnerContext,
  ): Promise<peopleCounts.PeopleCount> {
    // A small number of absent members could be derived from several of them.
    if (isPicked && !people.readsEverybody(context)) return peopleCounts.hiddenCount;
    const groupIds = [...new Set(shown.map(({ groupId }) => groupId))];
    const [counts, missing] = await Promise.all([
      Promise.all(groupIds.map((id) => loadMemberCount(id, context))),
      Promise.all(groupIds.map((id) => countMissing(id, shown, context))),
    ]);
    const members = sum(counts);
    // Everybody may read how many members a group has.
    return peopleCounts.showBeside(Math.max(0, members - sum(missing)), members, context);
  }
}
