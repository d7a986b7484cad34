import { readChosenIds } from '@hub/shared/database';
import { Access } from '@hub/shared/identity';
import type { PartnerContext } from '@hub/shared/policy';
import { people, type PeopleColumns, peopleCounts, targetGroups } from '@hub/shared/programme';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { DelegateStatistics } from '../entities/delegate-statistics.js';
import { countDelegates, findCountries } from './count-delegate-statistics.js';
import { DelegateStatisticsFilter } from './delegate-statistics.input.js';

const toRows = (country: string, columns: PeopleColumns, id: string): DelegateStatistics[] =>
  targetGroups.map((targetGroup) => ({
    id: `${id}:${targetGroup}`,
    country,
    targetGroup,
    columns,
  }));

@Resolver(() => DelegateStatistics)
export class DelegateStatisticsResolver {
  @Query(() => [DelegateStatistics], {
    nullable: true,
    description:
      'The delegates in the programme, one row for each target group of a country: first of those whose regions the offices know, then of others that sent somebody. Callers who may not see the people get the rows of others only with counts that they may see. Only callers who may see the people may use a filter (`FORBIDDEN`).',
  })
  @Access('open')
  async delegateStatistics(
    @Arg('filter', () => DelegateStatisticsFilter, {
      nullable: true,
      description: 'All delegates if left out.',
    })
    filter: DelegateStatisticsFilter | null,
    @Ctx() context: PartnerContext,
  ): Promise<DelegateStatistics[]> {
    const { office, country, region, groups, rehearsals } = filter ?? {};
    // With the rehearsals, a small count of real people could be derived.
    peopleCounts.checkMayPick([office, country, region, groups, rehearsals || null], context);
    readChosenIds('filter.groups', groups);
    const columnsOf = countDelegates(context, filter ?? {});
    const { known, others } = await findCountries(context, filter ?? {});
    const rows = known.flatMap((code) => toRows(code, columnsOf(code), context.partner));
    for (const row of others.flatMap((code) =>
      toRows(code, columnsOf(code), `${context.partner}:${code}`),
    ))
      // A row that is there shows that the country has sent somebody.
      if (
        people.readsEverybody(context) ||
        (await row.columns.nominated(row.targetGroup)).value !== null
      )
        rows.push(row);
    return rows;
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
