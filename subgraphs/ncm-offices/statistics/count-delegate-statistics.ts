import type { PartnerContext } from '@hub/shared/context';
import { readChosenIds } from '@hub/shared/database';
import {
  countOnJourneys,
  createFactReader,
  createTable,
  findKnownJourneys,
  isPerson,
  targetGroups,
  unknownCounts,
  type ColumnCounts,
  type PeopleColumns,
} from '@hub/shared/policy';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { whereId } from '../access/where-id.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import type { DelegateStatisticsFilter } from './delegate-statistics.input.js';

type Counts = ReadonlyMap<string, number>;

interface CountedRow {
  readonly targetGroup: string;
  readonly groupId: string;
  /** PostgreSQL returns counts as strings. */
  readonly count: number | string;
}

interface GroupResponse {
  readonly visits?: readonly ({ readonly departedOn?: string | null } | null)[] | null;
}

/** Whether a group has departed on a visit, from the network. */
const readHasSetOut = createFactReader<boolean>({
  field: 'group',
  selection: '{ visits { departedOn } }',
  read(answer) {
    const { visits }: GroupResponse = answer;
    return (visits ?? []).some((visit) => visit?.departedOn != null);
  },
});

/** Selects the rows of the delegates and groups of a filter, joined with the delegates. */
function narrow<Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  groupColumn: string,
  { office, region, groups }: DelegateStatisticsFilter,
): SelectQueryBuilder<Row> {
  rows.innerJoin(Delegate, 'delegate', `delegate.id = ${rows.alias}.delegateId`);
  if (office != null) whereId(rows, 'delegate.officeId', office);
  if (region != null) whereId(rows, 'delegate.regionCode', region);
  const chosen = readChosenIds('filter.groups', groups);
  if (chosen?.length === 0) return rows.andWhere('1 = 0');
  return chosen ? rows.andWhere(`${groupColumn} IN (:...chosen)`, { chosen }) : rows;
}

const sumByTargetGroup = (rows: readonly CountedRow[]): Counts => {
  const counts = new Map<string, number>();
  for (const { targetGroup, count } of rows)
    counts.set(targetGroup, (counts.get(targetGroup) ?? 0) + Number(count));
  return counts;
};

const countedBy = <Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  counted: string,
): SelectQueryBuilder<Row> =>
  rows
    .select('delegate.targetGroup', 'targetGroup')
    .addSelect(`COUNT(${counted})`, 'count')
    .groupBy('delegate.targetGroup');

const byGroup = <Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  column: string,
): SelectQueryBuilder<Row> => rows.addSelect(column, 'groupId').addGroupBy(column);

function findNominations(
  { source }: PartnerContext,
  filter: DelegateStatisticsFilter,
  statuses: readonly NominationStatus[],
): SelectQueryBuilder<DelegateNomination> {
  const nominations = source
    .getRepository(DelegateNomination)
    .createQueryBuilder('nomination')
    .where('nomination.status IN (:...statuses)', { statuses });
  return narrow(nominations, 'nomination.groupId', filter);
}

async function countPeople(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
  statuses: readonly NominationStatus[],
): Promise<Counts> {
  const nominations = findNominations(context, filter, statuses);
  const people = countedBy(nominations, 'DISTINCT nomination.delegateId');
  return sumByTargetGroup(await people.getRawMany<CountedRow>());
}

/** The reports of groups whose progress the caller may see; none if that is unknown. */
async function countReports(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<ColumnCounts> {
  const reports = context.source.getRepository(ParticipantReport).createQueryBuilder('report');
  // One report counts for each delegate and group, as for expected reports.
  const each = `DISTINCT report.groupId || ' ' || report.delegateId`;
  const counted = countedBy(narrow(reports, 'report.groupId', filter), each);
  if (isPerson(context.reader)) return sumByTargetGroup(await counted.getRawMany<CountedRow>());
  const rows = await byGroup(counted, 'report.groupId').getRawMany<CountedRow>();
  const known = await findKnownJourneys(
    context,
    rows.map(({ groupId }) => groupId),
  );
  if (!known) return unknownCounts;
  const isKnown = new Set(known);
  return sumByTargetGroup(rows.filter(({ groupId }) => isKnown.has(groupId)));
}

/**
 * Expects a report from each delegate who was selected for a group that has set out, if the caller
 * may see that.
 */
async function countExpected(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<ColumnCounts> {
  const selected = findNominations(context, filter, [NominationStatus.SELECTED]);
  const counted = byGroup(countedBy(selected, '*'), 'nomination.groupId');
  const rows = await counted.getRawMany<CountedRow>();
  const setOut = await Promise.all(rows.map(({ groupId }) => readHasSetOut(context, groupId)));
  return countOnJourneys(context, rows, (_, index) => setOut[index] === true, sumByTargetGroup);
}

/** The columns over the delegates of a filter. Only selected columns are counted. */
export function countDelegates(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): PeopleColumns {
  const { PENDING, SELECTED } = NominationStatus;
  return createTable(targetGroups, context, {
    nominated: () => countPeople(context, filter, [PENDING, SELECTED]),
    members: () => countPeople(context, filter, [SELECTED]),
    reportsReceived: () => countReports(context, filter),
    reportsExpected: () => countExpected(context, filter),
  });
}
