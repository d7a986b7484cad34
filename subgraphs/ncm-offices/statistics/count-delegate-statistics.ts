import { readChosenIds, whereText } from '@hub/shared/database';
import { createFactReader, type PartnerContext, readers } from '@hub/shared/policy';
import {
  countOnJourneys,
  groupVisits,
  itineraries,
  type PeopleColumns,
  peopleCounts,
  targetGroups,
  unknownCounts,
} from '@hub/shared/programme';
import { In, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { whereMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Region } from '../entities/region.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import type { DelegateStatisticsFilter } from './delegate-statistics.input.js';

type Counts = ReadonlyMap<string, number>;

const readGroupProgress = createFactReader<groupVisits.GroupProgress>({
  field: 'group',
  selection: `{ ${groupVisits.progressSelection} }`,
  read: groupVisits.readProgress,
});

interface CountedRow {
  readonly country: string;
  readonly targetGroup: string;
  readonly groupId: string;
  /** PostgreSQL returns counts as strings. */
  readonly count: number | string;
}

/** Selects the rows of the delegates and groups of a filter, joined with the delegates. */
function narrow<Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  groupColumn: string,
  { office, country, region, groups, rehearsals }: DelegateStatisticsFilter,
): SelectQueryBuilder<Row> {
  rows.innerJoin(Delegate, 'delegate', `delegate.id = ${rows.alias}.delegateId`);
  if (rehearsals !== true) rows.andWhere('NOT delegate.isRehearsal');
  if (office != null) whereText(rows, 'delegate.officeId = :office', { office });
  if (country != null) rows.andWhere('delegate.country = :country', { country });
  if (region != null) whereText(rows, 'delegate.regionCode = :region', { region });
  const chosen = readChosenIds('filter.groups', groups);
  if (chosen?.length === 0) return rows.andWhere('1 = 0');
  return chosen ? rows.andWhere(`${groupColumn} IN (:...chosen)`, { chosen }) : rows;
}

/** The row of a country that counts a target group. */
const toKey = (country: string, targetGroup: string): string => `${country} ${targetGroup}`;

const sumByRow = (rows: readonly CountedRow[]): Counts => {
  const counts = new Map<string, number>();
  for (const { country, targetGroup, count } of rows) {
    const key = toKey(country, targetGroup);
    counts.set(key, (counts.get(key) ?? 0) + Number(count));
  }
  return counts;
};

const countedBy = <Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  counted: string,
): SelectQueryBuilder<Row> =>
  rows
    .select('delegate.country', 'country')
    .addSelect('delegate.targetGroup', 'targetGroup')
    .addSelect(`COUNT(${counted})`, 'count')
    .groupBy('delegate.country')
    .addGroupBy('delegate.targetGroup');

const byGroup = <Row extends ObjectLiteral>(
  rows: SelectQueryBuilder<Row>,
  column: string,
): SelectQueryBuilder<Row> => rows.addSelect(column, 'groupId').addGroupBy(column);

function findNominations(
  { source }: PartnerContext,
  filter: DelegateStatisticsFilter,
  isMember: boolean,
): SelectQueryBuilder<DelegateNomination> {
  const { PENDING, SELECTED } = NominationStatus;
  const nominations = source
    .getRepository(DelegateNomination)
    .createQueryBuilder('nomination')
    .where(isMember ? whereMember : { status: In([PENDING, SELECTED]) });
  return narrow(nominations, 'nomination.groupId', filter);
}

async function countPeople(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
  isMember: boolean,
): Promise<Counts> {
  const nominations = findNominations(context, filter, isMember);
  const people = countedBy(nominations, 'DISTINCT nomination.delegateId');
  return sumByRow(await people.getRawMany<CountedRow>());
}

/** The reports of groups whose progress the caller may see; none if that is unknown. */
async function countReports(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<peopleCounts.ColumnCounts> {
  const reports = context.source.getRepository(ParticipantReport).createQueryBuilder('report');
  // One report counts for each delegate and group, as for expected reports.
  const each = `DISTINCT report.groupId || ' ' || report.delegateId`;
  const counted = countedBy(narrow(reports, 'report.groupId', filter), each);
  if (readers.isPerson(context.reader)) return sumByRow(await counted.getRawMany<CountedRow>());
  const rows = await byGroup(counted, 'report.groupId').getRawMany<CountedRow>();
  const known = await itineraries.findKnownJourneys(
    context,
    rows.map(({ groupId }) => groupId),
  );
  if (!known) return unknownCounts;
  const isKnown = new Set(known);
  return sumByRow(rows.filter(({ groupId }) => isKnown.has(groupId)));
}

/**
 * Expects a report from each delegate who was selected for a group that has set out, and who did not
 * stay at home, if the caller may see that.
 */
async function countExpected(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): Promise<peopleCounts.ColumnCounts> {
  const selected = findNominations(context, filter, true);
  const counted = byGroup(countedBy(selected, '*'), 'nomination.groupId');
  const rows = await counted.getRawMany<CountedRow>();
  const groups = [...new Set(rows.map(({ groupId }) => groupId))];
  const journeys = await Promise.all(groups.map((id) => readGroupProgress(context, id)));
  const byId = new Map(groups.map((id, index) => [id, journeys[index]]));
  const atHome = await findAtHome(context, filter, byId);
  return countOnJourneys(
    context,
    rows.flatMap((row) => splitAtHome(row, atHome)),
    ({ groupId, isAtHome }) => !isAtHome && byId.get(groupId)?.hasSetOut === true,
    sumByRow,
  );
}

interface Member {
  readonly delegateId: string;
  readonly groupId: string;
  readonly country: string;
  readonly targetGroup: string;
}

/** The members of groups who travel on none of their visits. */
async function findAtHome(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
  journeys: ReadonlyMap<string, groupVisits.GroupProgress | null | undefined>,
): Promise<readonly Member[]> {
  const delegates = [...journeys.values()].flatMap((journey) => [...(journey?.stayingHome ?? [])]);
  if (delegates.length === 0) return [];
  const members = await findNominations(context, filter, true)
    .andWhere('nomination.delegateId IN (:...delegates)', { delegates })
    .select('nomination.delegateId', 'delegateId')
    .addSelect('nomination.groupId', 'groupId')
    .addSelect('delegate.country', 'country')
    .addSelect('delegate.targetGroup', 'targetGroup')
    .getRawMany<Member>();
  return members.filter(({ groupId, delegateId }) =>
    journeys.get(groupId)?.stayingHome.has(delegateId),
  );
}

/** The members of a row who travel, and those who stay at home. */
function splitAtHome(
  row: CountedRow,
  atHome: readonly Member[],
): (CountedRow & { readonly isAtHome: boolean })[] {
  const { length } = atHome.filter(
    ({ groupId, country, targetGroup }) =>
      groupId === row.groupId && country === row.country && targetGroup === row.targetGroup,
  );
  const travelling = { ...row, count: Number(row.count) - length, isAtHome: false };
  return length === 0 ? [travelling] : [travelling, { ...row, count: length, isAtHome: true }];
}

/**
 * The countries that have rows: those whose regions the offices know, then the others that sent
 * somebody, by code.
 */
export async function findCountries(
  { source }: PartnerContext,
  { country, rehearsals }: DelegateStatisticsFilter,
): Promise<{ readonly known: readonly string[]; readonly others: readonly string[] }> {
  const countriesOf = async (rows: SelectQueryBuilder<ObjectLiteral>) => {
    const found = await rows
      .select(`DISTINCT ${rows.alias}.country`, 'country')
      .getRawMany<{ country: string }>();
    return found.map((row) => row.country).filter((code) => country == null || code === country);
  };
  const delegates = source.getRepository(Delegate).createQueryBuilder('delegate');
  if (rehearsals !== true) delegates.where('NOT delegate.isRehearsal');
  const known = await countriesOf(source.getRepository(Region).createQueryBuilder('region'));
  const sent = await countriesOf(delegates);
  return {
    known: known.toSorted(),
    others: sent.filter((code) => !known.includes(code)).toSorted(),
  };
}

/** Counts a column once for all countries, when it is selected. */
const once = <Result>(run: () => Promise<Result>): (() => Promise<Result>) => {
  let result: Promise<Result> | undefined;
  return () => (result ??= run());
};

/**
 * The columns over the delegates of a filter, for a country. Only selected columns are counted. A
 * country is a whole of its own, whose total is open.
 */
export function countDelegates(
  context: PartnerContext,
  filter: DelegateStatisticsFilter,
): (country: string) => PeopleColumns {
  const counts = {
    nominated: once(() => countPeople(context, filter, false)),
    members: once(() => countPeople(context, filter, true)),
    reportsReceived: once(() => countReports(context, filter)),
    reportsExpected: once(() => countExpected(context, filter)),
  };
  return (country) => {
    const ofCountry = (name: keyof typeof counts) => async () => {
      const all = await counts[name]();
      if (all === unknownCounts) return unknownCounts;
      return new Map(
        targetGroups.flatMap((key) => {
          const row = toKey(country, key);
          return all.has(row) ? [[key, all.get(row)] as const] : [];
        }),
      );
    };
    return peopleCounts.createTable(targetGroups, context, {
      nominated: ofCountry('nominated'),
      members: ofCountry('members'),
      reportsReceived: ofCountry('reportsReceived'),
      reportsExpected: ofCountry('reportsExpected'),
    });
  };
}
