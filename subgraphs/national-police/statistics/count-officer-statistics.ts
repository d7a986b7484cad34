import { createFactReader, type PartnerContext, readers } from '@hub/shared/policy';
import {
  countOnJourneys,
  groupVisits,
  itineraries,
  type PeopleColumns,
  peopleCounts,
  targetGroups,
  unknownCounts,
  type vocabulary,
} from '@hub/shared/programme';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { isOwn } from '../access/entity.reference.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/** The network’s facts about a group that decide whose report is expected. */
interface Membership extends groupVisits.GroupProgress {
  /** Accepted, and not released. */
  readonly acceptedIds: readonly string[];
}

interface GroupResponse extends groupVisits.ProgressResponse {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
}

const readMembership = createFactReader<Membership>({
  field: 'group',
  selection: `{ acceptedOfficers { id } ${groupVisits.progressSelection} }`,
  read: ({ acceptedOfficers, ...group }: GroupResponse) => ({
    acceptedIds: (acceptedOfficers ?? []).flatMap((officer) => (officer ? [officer.id] : [])),
    ...groupVisits.readProgress(group),
  }),
});

type Counts = ReadonlyMap<string, number>;

/** What to count: the officers of these groups, or of all if none is named. */
interface Selection {
  readonly groups: readonly string[] | undefined;
  readonly rehearsals: boolean | null | undefined;
}

/** An officer who is a member of a group. */
interface Member {
  readonly officerId: string;
  readonly groupId: string;
  readonly targetGroup: vocabulary.TargetGroup;
  /** Her group has set out, and she travels on one of its visits. */
  readonly hasSetOut: boolean;
}

/** Selects the rows to count, joined with their officers. */
function select<Row extends ObjectLiteral & { officerId: string }>(
  query: SelectQueryBuilder<Row>,
  { groups, rehearsals }: Selection,
): SelectQueryBuilder<Row> {
  query.innerJoin(Officer, 'officer', `officer.id = ${query.alias}.officerId`);
  if (rehearsals !== true) query.andWhere('NOT officer.isRehearsal');
  if (!groups) return query;
  if (groups.length === 0) return query.andWhere('1 = 0');
  return query.andWhere(`${query.alias}.groupId IN (:...groups)`, { groups });
}

/** Counts selected rows by the officer’s target group. */
async function countByTargetGroup<Row extends ObjectLiteral & { officerId: string }>(
  query: SelectQueryBuilder<Row>,
  counted: string,
): Promise<Counts> {
  const rows = await query
    .select('officer.targetGroup', 'targetGroup')
    .addSelect(`COUNT(${counted})`, 'count')
    .groupBy('officer.targetGroup')
    .getRawMany<{ targetGroup: string; count: number | string }>();
  return new Map(rows.map(({ targetGroup, count }) => [targetGroup, Number(count)]));
}

function countNominated({ source }: PartnerContext, selection: Selection): Promise<Counts> {
  const nominations = source
    .getRepository(OfficerNomination)
    .createQueryBuilder('nomination')
    .where('nomination.withdrawnOn IS NULL');
  return countByTargetGroup(select(nominations, selection), 'DISTINCT nomination.officerId');
}

/** One report counts for each officer and group, as for expected reports. */
const eachReport = `DISTINCT report.groupId || ' ' || report.officerId`;

/** The reports of groups whose progress the caller may see; none if that is unknown. */
async function countReports(
  context: PartnerContext,
  selection: Selection,
): Promise<peopleCounts.ColumnCounts> {
  const reports = () =>
    context.source.getRepository(ParticipantReport).createQueryBuilder('report');
  if (readers.isPerson(context.reader))
    return countByTargetGroup(select(reports(), selection), eachReport);
  const reported = await select(reports(), selection)
    .select('report.groupId', 'groupId')
    .distinct(true)
    .getRawMany<{ groupId: string }>();
  const known = await itineraries.findKnownJourneys(
    context,
    reported.map(({ groupId }) => groupId),
  );
  return known
    ? countByTargetGroup(select(reports(), { ...selection, groups: known }), eachReport)
    : unknownCounts;
}

/**
 * The members that this police force sends, from the network. The network accepts only officers who
 * were nominated here.
 */
async function loadMembers(context: PartnerContext, selection: Selection): Promise<Member[]> {
  const nominations = context.source
    .getRepository(OfficerNomination)
    .createQueryBuilder('nomination')
    .select('nomination.groupId', 'groupId')
    .distinct(true);
  const nominated = await select(nominations, selection).getRawMany<{
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
export function countOfficers(context: PartnerContext, selection: Selection): PeopleColumns {
  let loaded: Promise<Member[]> | undefined;
  const members = () => (loaded ??= loadMembers(context, selection));
  // The police force’s own counts come first, so that they resolve while the network is
  // unavailable.
  return peopleCounts.createTable(targetGroups, context, {
    nominated: () => countNominated(context, selection),
    reportsReceived: () => countReports(context, selection),
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
