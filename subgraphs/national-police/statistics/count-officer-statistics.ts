import type { PartnerContext } from '@hub/shared/context';
import {
  countOnJourneys,
  createTable,
  findKnownJourneys,
  isPerson,
  targetGroups,
  unknownCounts,
  type ColumnCounts,
  type PeopleColumns,
} from '@hub/shared/policy';
import type { TargetGroup } from '@hub/shared/vocabulary';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isOwn } from '../access/entity.reference.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { readMembership } from './statistics-facts.js';

type Counts = ReadonlyMap<string, number>;

/** The groups to count; all if none is named. */
type Groups = readonly string[] | undefined;

/** An officer who is a member of a group. */
interface Member {
  readonly officerId: string;
  readonly groupId: string;
  readonly targetGroup: TargetGroup;
  /** Her group has set out, and she travels on one of its visits. */
  readonly hasSetOut: boolean;
}

function ofGroups<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  alias: string,
  groups: Groups,
): SelectQueryBuilder<Row> {
  if (!groups) return query;
  if (groups.length === 0) return query.andWhere('1 = 0');
  return query.andWhere(`${alias}.groupId IN (:...groups)`, { groups });
}

/** Counts rows that name an officer by the officer’s target group. */
async function countByTargetGroup<Row extends ObjectLiteral & { officerId: string }>(
  query: SelectQueryBuilder<Row>,
  counted: string,
): Promise<Counts> {
  const rows = await query
    .innerJoin(Officer, 'officer', `officer.id = ${query.alias}.officerId`)
    .select('officer.targetGroup', 'targetGroup')
    .addSelect(`COUNT(${counted})`, 'count')
    .groupBy('officer.targetGroup')
    .getRawMany<{ targetGroup: string; count: number | string }>();
  return new Map(rows.map(({ targetGroup, count }) => [targetGroup, Number(count)]));
}

function countNominated({ source }: PartnerContext, groups: Groups): Promise<Counts> {
  const nominations = source
    .getRepository(OfficerNomination)
    .createQueryBuilder('nomination')
    .where('nomination.withdrawnOn IS NULL');
  return countByTargetGroup(
    ofGroups(nominations, 'nomination', groups),
    'DISTINCT nomination.officerId',
  );
}

/** One report counts for each officer and group, as for expected reports. */
const eachReport = `DISTINCT report.groupId || ' ' || report.officerId`;

/** The reports of groups whose progress the caller may see; none if that is unknown. */
async function countReports(context: PartnerContext, groups: Groups): Promise<ColumnCounts> {
  const reports = () =>
    context.source.getRepository(ParticipantReport).createQueryBuilder('report');
  if (isPerson(context.reader))
    return countByTargetGroup(ofGroups(reports(), 'report', groups), eachReport);
  const reported = await ofGroups(reports(), 'report', groups)
    .select('report.groupId', 'groupId')
    .distinct(true)
    .getRawMany<{ groupId: string }>();
  const known = await findKnownJourneys(
    context,
    reported.map(({ groupId }) => groupId),
  );
  return known
    ? countByTargetGroup(ofGroups(reports(), 'report', known), eachReport)
    : unknownCounts;
}

/**
 * The members that this police force sends, from the network. The network accepts only officers who
 * were nominated here.
 */
async function loadMembers(context: PartnerContext, groups: Groups): Promise<Member[]> {
  const nominations = context.source
    .getRepository(OfficerNomination)
    .createQueryBuilder('nomination')
    .select('nomination.groupId', 'groupId')
    .distinct(true);
  const nominated = await ofGroups(nominations, 'nomination', groups).getRawMany<{
    groupId: string;
  }>();
  const memberships = await Promise.all(
    nominated.map(({ groupId }) => readMembership(context, groupId)),
  );
  const accepted = memberships.flatMap((membership, index) =>
    (membership?.acceptedIds ?? [])
      .filter((id) => isOwn(context.partner, id))
      .map((officerId) => ({
        officerId,
        groupId: nominated[index]?.groupId ?? '',
        hasSetOut: membership?.hasSetOut === true && !membership.stayingHome.has(officerId),
      })),
  );
  const officers = await Promise.all(
    accepted.map(({ officerId }) => context.loaders.one(Officer).load(officerId)),
  );
  return accepted.flatMap((member, index) => {
    const officer = officers[index];
    return officer ? [{ ...member, targetGroup: officer.targetGroup }] : [];
  });
}

/** Counts the different values of each target group. */
function countEach(
  members: readonly Member[],
  textOf: (member: Member, index: number) => string,
): Counts {
  const texts = new Map<string, Set<string>>(targetGroups.map((key) => [key, new Set()]));
  members.forEach((member, index) => texts.get(member.targetGroup)?.add(textOf(member, index)));
  return new Map([...texts].map(([targetGroup, { size }]) => [targetGroup, size]));
}

/**
 * The columns over the officers who were nominated for these groups. Only selected columns are
 * counted.
 */
export function countOfficers(context: PartnerContext, groups: Groups): PeopleColumns {
  let loaded: Promise<Member[]> | undefined;
  const members = () => (loaded ??= loadMembers(context, groups));
  // The police force’s own counts come first, so that they resolve while the network is
  // unavailable.
  return createTable(targetGroups, context, {
    nominated: () => countNominated(context, groups),
    reportsReceived: () => countReports(context, groups),
    members: async () => countEach(await members(), ({ officerId }) => officerId),
    // A report from each member who has set out.
    reportsExpected: async () =>
      countOnJourneys(
        context,
        await members(),
        ({ hasSetOut }) => hasSetOut,
        (some) => countEach(some, (_, index) => String(index)),
      ),
  });
}
