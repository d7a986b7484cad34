import type { PartnerContext } from '@hub/shared/context';
import { readChosenIds } from '@hub/shared/database';
import { Access, checkMayPick, PeopleCount, targetGroups } from '@hub/shared/policy';
import { russia } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { DelegateStatistics } from '../entities/delegate-statistics.js';
import { countDelegates } from './count-delegate-statistics.js';
import { DelegateStatisticsFilter } from './delegate-statistics.input.js';

@Resolver(() => DelegateStatistics)
export class DelegateStatisticsResolver {
  @Query(() => [DelegateStatistics], {
    nullable: true,
    description:
      'The delegates in the programme, one row for each target group. A filter is for those who may see the people (`FORBIDDEN`).',
  })
  @Access('open')
  delegateStatistics(
    @Arg('filter', () => DelegateStatisticsFilter, {
      nullable: true,
      description: 'All delegates when left out.',
    })
    filter: DelegateStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): DelegateStatistics[] {
    const { office, region, groups } = filter ?? {};
    checkMayPick([office, region, groups], context);
    readChosenIds('filter.groups', groups);
    const columns = countDelegates(context, { office, region, groups });
    return targetGroups.map((targetGroup) => ({
      id: `${context.partner}:${targetGroup}`,
      // The offices select people in North-West Russia alone.
      country: russia,
      targetGroup,
      columns,
    }));
  }

  @FieldResolver(() => PeopleCount, {
    description: 'People who were nominated, and neither declined nor withdrawn.',
  })
  nominated(@Root() { columns, targetGroup }: DelegateStatistics): Promise<PeopleCount> {
    return columns.nominated(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    description: 'People whom an office has selected, each counted once.',
  })
  members(@Root() { columns, targetGroup }: DelegateStatistics): Promise<PeopleCount> {
    return columns.members(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    description: 'Reports of members that were received, one for each person and visit.',
  })
  reportsReceived(@Root() { columns, targetGroup }: DelegateStatistics): Promise<PeopleCount> {
    return columns.reportsReceived(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    nullable: true,
    description:
      'A report from each member of a group that has set out. Null, with the `PARTNER_…` code, where the network did not say which have.',
  })
  reportsExpected(@Root() { columns, targetGroup }: DelegateStatistics): Promise<PeopleCount> {
    return columns.reportsExpected(targetGroup);
  }
}
