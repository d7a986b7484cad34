import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { findForChange } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { In, IsNull, Not, type EntityManager } from 'typeorm';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { findGroupSides } from '../sides/load-sides.js';

/**
 * The visits of other groups that have one of these officers as a member, without cancelled visits
 * and groups.
 */
async function findVisitsElsewhere(
  manager: EntityManager,
  groupId: string,
  officerIds: readonly string[],
): Promise<Visit[]> {
  const accepted = await manager.findBy(OfficerNomination, {
    officerId: In([...officerIds]),
    groupId: Not(groupId),
    acceptedOn: Not(IsNull()),
    declinedOn: IsNull(),
    reserve: false,
  });
  const groups = await manager.findBy(Group, {
    id: In(accepted.map((nomination) => nomination.groupId)),
    cancelledOn: IsNull(),
  });
  return manager.findBy(Visit, {
    groupId: In(groups.map(({ id }) => id)),
    cancelledOn: IsNull(),
  });
}

/** A visit without dates overlaps nothing. */
const isDated = ({ startsOn, endsOn }: dates.Span): boolean => startsOn != null && endsOn != null;

/**
 * Refuses to let an officer travel in two groups at the same time.
 * @param spans the days of the group’s own visits
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_GROUPS
 */
export async function checkTravelElsewhere(
  manager: EntityManager,
  groupId: string,
  officerIds: readonly string[],
  spans: readonly dates.Span[],
  argument: string,
): Promise<void> {
  const days = spans.filter(isDated);
  if (officerIds.length === 0 || days.length === 0) return;
  const elsewhere = (await findVisitsElsewhere(manager, groupId, officerIds)).filter(isDated);
  if (elsewhere.some((visit) => days.some((span) => dates.doOverlap(visit, span))))
    violateRule('OVERLAPPING_GROUPS', argument);
}

/** A group with the network’s own facts that its rules need, read while no other write runs. */
export interface GroupForChange {
  readonly group: Group;
  readonly programme: Programme;
  /** Without those that were cancelled. */
  readonly visits: readonly Visit[];
  /** The officers who are members: accepted, neither as reserves nor released. */
  readonly accepted: readonly OfficerNomination[];
  /** What decides who sends, meets and hosts it. */
  readonly sides: sides.GroupSides;
}

/**
 * Finds a group with its programme, visits and officers.
 * @throws HubError `NOT_FOUND` with the argument that named the group
 */
export async function findGroupForChange(
  manager: EntityManager,
  id: string,
  argument: string,
): Promise<GroupForChange> {
  const group = await findForChange(manager, Group, id, argument);
  const programme = await manager.findOneByOrFail(Programme, { id: group.programmeId });
  const visits = await manager.findBy(Visit, { groupId: id, cancelledOn: IsNull() });
  const accepted = await manager.findBy(OfficerNomination, {
    groupId: id,
    acceptedOn: Not(IsNull()),
    declinedOn: IsNull(),
    reserve: false,
  });
  return { group, programme, visits, accepted, sides: await findGroupSides(manager, group) };
}

/** @throws HubError `RULE_VIOLATED` CANCELLED */
export function checkNotCancelled(
  { group }: Pick<GroupForChange, 'group'>,
  argument: string,
): void {
  if (group.cancelledOn !== null) violateRule('CANCELLED', argument);
}

/**
 * Refuses changes of a group’s preparation after its departure.
 * @throws HubError `RULE_VIOLATED` CANCELLED, DEPARTED
 */
export function checkPreparing(change: GroupForChange, argument: string): void {
  checkNotCancelled(change, argument);
  if (change.visits.some(({ departedOn }) => departedOn !== null))
    violateRule('DEPARTED', argument);
}

/**
 * Refuses groups of delegates alone: the offices decide on them.
 * @throws HubError `RULE_VIOLATED` DIRECTION, SIDE
 */
export function checkSendsOfficers(
  { sides: between }: Pick<GroupForChange, 'sides'>,
  argument: string,
): void {
  if (sides.sendsOfficers(between)) return;
  if (between.direction !== null) violateRule('DIRECTION', argument);
  violateRule('SIDE', argument, 'PERSON_ELSEWHERE');
}

/** True once a group is back from all of its visits. False for a group without a visit. */
export const hasReturned = (visits: readonly Pick<Visit, 'returnedOn'>[]): boolean =>
  visits.length > 0 && visits.every(({ returnedOn }) => returnedOn !== null);

/** True while a group is on a visit. */
export const isTravelling = (
  visits: readonly Pick<Visit, 'departedOn' | 'returnedOn'>[],
): boolean =>
  visits.some(({ departedOn, returnedOn }) => departedOn !== null && returnedOn === null);

/** The day on which a group returned from the last of its visits; null without a visit. */
export const lastReturn = (visits: readonly Pick<Visit, 'returnedOn'>[]): string | null =>
  visits
    .flatMap(({ returnedOn }) => returnedOn ?? [])
    .toSorted()
    .at(-1) ?? null;

/** @throws HubError `RULE_VIOLATED` PLANNED_SIZE */
export function checkPlannedSize(
  plannedSize: number,
  { groupSizeMin, groupSizeMax }: Pick<Programme, 'groupSizeMin' | 'groupSizeMax'>,
  argument = 'input.plannedSize',
): void {
  if (plannedSize < groupSizeMin || plannedSize > groupSizeMax)
    violateRule('PLANNED_SIZE', argument);
}

/** Writes a change of a group as its next version. */
export async function writeGroup(
  manager: EntityManager,
  group: Group,
  change: Partial<Group>,
): Promise<Group> {
  const next = { ...change, version: group.version + 1 };
  await manager.update(Group, { id: group.id }, next);
  return Object.assign(group, next);
}

/**
 * Refuses a date outside the years of the group’s programme, independent of today’s date.
 * @throws HubError `RULE_VIOLATED` OUTSIDE_PROGRAMME
 */
export function checkInProgramme(on: string, programme: Programme, argument = 'input.on'): void {
  if (!dates.isWithin(on, programme)) violateRule('OUTSIDE_PROGRAMME', argument);
}

/**
 * Refuses changes of a plan once the network has signed the programme’s evaluation. The signature
 * states that each group is cancelled, or is back with a report.
 * @throws HubError `RULE_VIOLATED` EVALUATED
 */
export async function checkNotSigned(
  manager: EntityManager,
  programmeId: string,
  argument: string,
): Promise<void> {
  if (await manager.existsBy(EvaluationSignature, { programmeId }))
    violateRule('EVALUATED', argument);
}

/**
 * Whether a programme’s evaluation is complete. The offices are asked only if the network has
 * signed.
 * @throws HubError `PARTNER_…`
 */
export async function askIsEvaluated(
  { source, askHub }: Pick<PartnerContext, 'source' | 'askHub'>,
  programmeId: string,
): Promise<boolean> {
  if (!(await source.manager.existsBy(EvaluationSignature, { programmeId }))) return false;
  const { programme } = await askHub(
    'query OfficeSignature($id: ID!) { programme(id: $id) { officeSignatureCount } }',
    { id: programmeId },
  );
  const { officeSignatureCount } = programme as { readonly officeSignatureCount: number };
  return officeSignatureCount > 0;
}
