import { readChosenIds } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { peopleCounts, targetGroups } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { OfficerStatistics } from '../entities/officer-statistics.js';
import { countOfficers } from './count-officer-statistics.js';
import { OfficerStatisticsFilter } from './statistics.input.js';

@Resolver(() => OfficerStatistics)
export class OfficerStatisticsResolver {
  @Query(() => [OfficerStatistics], {
    nullable: true,
    description:
      'The officers in the programme, one row for each target group of each police force. Only callers who may see the people may filter by groups (`FORBIDDEN`).',
  })
  @Access('open')
  officerStatistics(
    @Arg('filter', () => OfficerStatisticsFilter, {
      nullable: true,
      description: 'All officers of all police forces if left out.',
    })
    filter: OfficerStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): OfficerStatistics[] {
    // With the rehearsals, a small count of real people could be derived.
    peopleCounts.checkMayPick([filter?.groups, filter?.rehearsals || null], context);
    const country = codes.countryOf(context.partner);
    if (filter?.country != null && filter.country !== country) return [];
    const groups = readChosenIds('filter.groups', filter?.groups);
    const columns = countOfficers(context, { groups, rehearsals: filter?.rehearsals });
    return targetGroups.map((targetGroup) => ({
      id: `${context.partner}:${targetGroup}`,
      country,
      targetGroup,
      columns,
    }));
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    description:
      'People who were nominated and not withdrawn, including those whom the network declined.',
  })
  nominated(
    @Root() { columns, targetGroup }: OfficerStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.nominated(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    nullable: true,
    description:
      'People whom the network has accepted and not released, each counted once. Null, with a `PARTNER_…` code, while the network is unavailable.',
  })
  members(@Root() { columns, targetGroup }: OfficerStatistics): Promise<peopleCounts.PeopleCount> {
    return columns.members(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    description:
      'Reports received from members, one for each person and group, however many the person handed in.',
  })
  reportsReceived(
    @Root() { columns, targetGroup }: OfficerStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.reportsReceived(targetGroup);
  }

  @FieldResolver(() => peopleCounts.PeopleCount, {
    nullable: true,
    description:
      'A report from each member of a group that has set out, except those who travel on none of its visits. Null, with a `PARTNER_…` code, while the network is unavailable.',
  })
  reportsExpected(
    @Root() { columns, targetGroup }: OfficerStatistics,
  ): Promise<peopleCounts.PeopleCount> {
    return columns.reportsExpected(targetGroup);
  }
}
