import { readChosenIds } from '@hub/shared/database';
import { createColumn, createFactReader } from '@hub/shared/policy';
import type { PartnerContext } from '@hub/shared/server';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import type { CountOf, DelegateColumns } from '../entities/delegate-statistics.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { NominationStatus, TargetGroup } from '../entities/vocabulary.js';
import type { DelegateStatisticsFilter } from './delegate-statistics.input.js';
import { whereId } from './where-id.js';

/** In the order of their rows. */
export const targetGroups: readonly TargetGroup[] = Object.values(TargetGroup).toSorted();

type Counts = ReadonlyMap<string, number>;

interface CountedRow {
  readonly targetGroup: string;
  readonly groupId: string;
  /** PostgreSQL counts in texts. */
  readonly count: number | string;
}

interface GroupAnswer {
  readonly visits?: readonly ({ readonly departedOn?: string | null } | null)[] | null;
}

/** Whether a group has departed on a visit: the network’s fact. */
const readHasSetOut = createFactReader<boolean>({
  field: 'group',
  selection: '{ visits { departedOn } }',
  read(answer) {
    const { visits }: GroupAnswer = answer;
    return (visits ?? []).some((visit) => visit?.departedOn != null);
  },
});

/** Keeps the rows that belong to the delegates and groups of a filter, beside their delegates. */
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

async function countReports(
  { source }: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<Counts> {
  const reports = source.getRepository(ParticipantReport).createQueryBuilder('report');
  // Of each delegate one counts for a group, as of those that are expected.
  const each = `DISTINCT report.group || ' ' || report.delegateId`;
  const counted = countedBy(narrow(reports, 'report.group', filter), each);
  return sumByTargetGroup(await counted.getRawMany<CountedRow>());
}

/** A report is expected of each delegate who was selected for a group that has set out. */
async function countExpected(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<Counts> {
  const selected = findNominations(context, filter, [NominationStatus.SELECTED]);
  const rows = await countedBy(selected, '*')
    .addSelect('nomination.groupId', 'groupId')
    .addGroupBy('nomination.groupId')
    .getRawMany<CountedRow>();
  const setOut = await Promise.all(rows.map(({ groupId }) => readHasSetOut(context, groupId)));
  return sumByTargetGroup(rows.filter((_, index) => setOut[index]));
}

/** The columns over the delegates of a filter. Only what is asked for is counted. */
export function countDelegates(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): DelegateColumns {
  const column = (count: () => Promise<Counts>): CountOf =>
    createColumn(targetGroups, context, count);
  const { PENDING, SELECTED } = NominationStatus;
  return {
    nominated: column(() => countPeople(context, filter, [PENDING, SELECTED])),
    members: column(() => countPeople(context, filter, [SELECTED])),
    reportsReceived: column(() => countReports(context, filter)),
    reportsExpected: column(() => countExpected(context, filter)),
  };
}
