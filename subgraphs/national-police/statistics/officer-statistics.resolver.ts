import type { PartnerContext } from '@hub/shared/context';
import { readChosenIds } from '@hub/shared/database';
import { Access, checkMayPick, PeopleCount, targetGroups } from '@hub/shared/policy';
import { countryOf } from '@hub/shared/vocabulary';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { OfficerStatistics } from '../entities/officer-statistics.js';
import { countOfficers } from './count-officer-statistics.js';
import { OfficerStatisticsFilter } from './statistics.input.js';

@Resolver(() => OfficerStatistics)
export class OfficerStatisticsResolver {
  @Query(() => [OfficerStatistics], {
    nullable: true,
    description:
      'The officers in the programme, one row for each target group of each police. To name groups is for those who may see the people (`FORBIDDEN`).',
  })
  @Access('open')
  officerStatistics(
    @Arg('filter', () => OfficerStatisticsFilter, {
      nullable: true,
      description: 'All officers of all police forces when left out.',
    })
    filter: OfficerStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): OfficerStatistics[] {
    checkMayPick([filter?.groups], context);
    const country = countryOf(context.partner);
    if (filter?.country != null && filter.country !== country) return [];
    const columns = countOfficers(context, readChosenIds('filter.groups', filter?.groups));
    return targetGroups.map((targetGroup) => ({
      id: `${context.partner}:${targetGroup}`,
      country,
      targetGroup,
      columns,
    }));
  }

  @FieldResolver(() => PeopleCount, {
    description:
      'People who were nominated, and not withdrawn; whom the network declined too, which this police does not decide.',
  })
  nominated(@Root() { columns, targetGroup }: OfficerStatistics): Promise<PeopleCount> {
    return columns.nominated(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    nullable: true,
    description:
      'People whom the network has accepted and not released, each counted once. Null, with the `PARTNER_…` code, where the network did not say.',
  })
  members(@Root() { columns, targetGroup }: OfficerStatistics): Promise<PeopleCount> {
    return columns.members(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    description: 'Reports of members that were received, one for each person and visit.',
  })
  reportsReceived(@Root() { columns, targetGroup }: OfficerStatistics): Promise<PeopleCount> {
    return columns.reportsReceived(targetGroup);
  }

  @FieldResolver(() => PeopleCount, {
    nullable: true,
    description:
      'A report from each member of a group that has set out. Null, with the `PARTNER_…` code, where the network did not say.',
  })
  reportsExpected(@Root() { columns, targetGroup }: OfficerStatistics): Promise<PeopleCount> {
    return columns.reportsExpected(targetGroup);
  }
}
