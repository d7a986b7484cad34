import { readChosenIds } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { peopleCounts, targetGroups } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { DelegateStatistics } from '../entities/delegate-statistics.js';
import { countDelegates } from './count-delegate-statistics.js';
import { DelegateStatisticsFilter } from './delegate-statistics.input.js';

@Resolver(() => DelegateStatistics)
export class DelegateStatisticsResolver {
  @Query(() => [DelegateStatistics], {
    nullable: true,
    description:
      'The delegates in the programme, one row for each target group. Only callers who may see the people may use a filter (`FORBIDDEN`).',
  })
  @Access('open')
  delegateStatistics(
    @Arg('filter', () => DelegateStatisticsFilter, {
      nullable: true,
      description: 'All delegates if left out.',
    })
    filter: DelegateStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): DelegateStatistics[] {
    const { office, region, groups, rehearsals } = filter ?? {};
    // With the rehearsals, a small count of real people could be derived.
    peopleCounts.checkMayPick([office, region, groups, rehearsals || null], context);
    readChosenIds('filter.groups', groups);
    const columns = countDelegates(context, { office, region, groups, rehearsals });
    return targetGroups.map((targetGroup) => ({
      id: `${context.partner}:${targetGroup}`,
      // The offices select people only in North-West Russia.
      country: codes.russia,
      targetGroup,
      columns,
    }));
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    description: 'People who were nominated and neither declined nor withdrawn.',
  })
  nominated(
    @Root() { columns, targetGroup }: DelegateStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.nominated(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    description: 'People whom an office has selected, each counted once.',
  })
  members(@Root() { columns, targetGroup }: DelegateStatistics): Promise<peopleCounts.PeopleCount> {
    return columns.members(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    description:
      'Reports received from members, one for each person and group, however many the person handed in.',
  })
  reportsReceived(
    @Root() { columns, targetGroup }: DelegateStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.reportsReceived(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    nullable: true,
    description:
      'A report from each member of a group that has set out, except those who travel on none of its visits. Null, with a `PARTNER_…` code, while the network is unavailable.',
  })
  reportsExpected(
    @Root() { columns, targetGroup }: DelegateStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.reportsExpected(targetGroup);
  }
}
