import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { whereMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import type { Delegate } from '../entities/delegate.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { standingVisits, type PlannedGroup, type TravelledGroup } from './ask-group.js';

/**
 * The offices record only data of delegates, who travel in one documented direction, and with groups
 * of a side that names an office.
 * @throws HubError `RULE_VIOLATED` DIRECTION, SIDE
 */
export function checkSendsDelegates({ sides: group }: PlannedGroup, argument: string): void {
  if (sides.sendsDelegates(group)) return;
  if (group.direction !== null) violateRule('DIRECTION', argument);
  violateRule('SIDE', argument, 'SENDER_NOT_NAMED');
}

/** @throws HubError `RULE_VIOLATED` SIDE for somebody from elsewhere than the group’s first side */
export function checkAdmits(
  { sides: group }: PlannedGroup,
  { country, regionCode: region }: Pick<Delegate, 'country' | 'regionCode'>,
  argument: string,
): void {
  if (!sides.admits(group, { country, region })) violateRule('SIDE', argument, 'PERSON_ELSEWHERE');
}

/** @throws HubError `RULE_VIOLATED` CANCELLED */
export function checkNotCancelled(
  { cancelledOn }: Pick<PlannedGroup, 'cancelledOn'>,
  argument: string,
): void {
  if (cancelledOn !== null) violateRule('CANCELLED', argument);
}

/**
 * The preparation of a group ends with its first departure.
 * @throws HubError `RULE_VIOLATED` DEPARTED
 */
export function checkNotDeparted({ visits }: PlannedGroup, argument: string): void {
  if (visits.some(({ departedOn }) => departedOn !== null)) violateRule('DEPARTED', argument);
}

/**
 * Refuses a day outside the years of the programme.
 * @throws HubError `RULE_VIOLATED` OUTSIDE_PROGRAMME
 */
export function checkWithin(on: string, programme: dates.Span): void {
  if (!dates.isWithin(on, programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
}

/**
 * A step may have the same date as the step that it follows.
 * @throws HubError `RULE_VIOLATED` DATE_ORDER
 */
export function checkOrder(on: string, earlier: string): void {
  if (on < earlier) violateRule('DATE_ORDER', 'input.on');
}

/**
 * Debriefings, reports and signatures may come until two years after the programme’s end.
 * @throws HubError `RULE_VIOLATED` TOO_LATE
 */
export function checkNotLate(on: string, programme: dates.Span): void {
  if (on > dates.lastPaperworkDay(programme)) violateRule('TOO_LATE', 'input.on');
}

/**
 * Evaluated means signed by NBNP and by us. Our own signature cannot change during the transaction.
 */
export async function isEvaluated(
  manager: EntityManager,
  { isSignedByNetwork, programmeId }: TravelledGroup,
): Promise<boolean> {
  return isSignedByNetwork && (await manager.existsBy(ProgrammeSignature, { programmeId }));
}

/** The number of delegates selected for a group, without reserves. */
export const countSelected = (manager: EntityManager, groupId: string): Promise<number> =>
  manager.countBy(DelegateNomination, { groupId, ...whereMember });

/** The known days of a visit. A visit with an unknown start overlaps nothing. */
const knownDays = (group: PlannedGroup): dates.Span[] =>
  standingVisits(group).flatMap(({ startsOn, endsOn }) =>
    startsOn ? [{ startsOn, endsOn: endsOn ?? startsOn }] : [],
  );

/** True if two groups have visits on the same day. A cancelled group has none. */
export function areAwayTogether(one: PlannedGroup, other: PlannedGroup): boolean {
  if (other.cancelledOn !== null) return false;
  return knownDays(one).some((days) =>
    knownDays(other).some((others) => dates.doOverlap(days, others)),
  );
}
