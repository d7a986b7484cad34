import { violateRule } from '@hub/shared/errors';
import { doOverlap, isWithin, type Span } from '@hub/shared/scalars';
import type { EntityManager } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import type { PlannedGroup, TravelledGroup } from './ask-group.js';

/** The offices record what concerns delegates, and those travel one way. */
export function checkDirection({ direction }: PlannedGroup, argument: string): void {
  if (direction !== 'NORTH_WEST_RUSSIA_TO_NORDIC') violateRule('DIRECTION', argument);
}

export function checkNotCancelled(
  { cancelledOn }: Pick<PlannedGroup, 'cancelledOn'>,
  argument: string,
): void {
  if (cancelledOn !== null) violateRule('CANCELLED', argument);
}

/** A group that has set out on any of its visits is no longer prepared. */
export function checkNotDeparted({ visits }: PlannedGroup, argument: string): void {
  if (visits.some(({ departedOn }) => departedOn !== null)) violateRule('DEPARTED', argument);
}

export function checkWithin(on: string, programme: Span): void {
  if (!isWithin(on, programme)) violateRule('OUTSIDE_PROGRAMME', 'input.on');
}

/** A step may be dated on the day of the step that it follows. */
export function checkOrder(on: string, earlier: string): void {
  if (on < earlier) violateRule('DATE_ORDER', 'input.on');
}

/** Evaluated: signed by NBNP, and by ourselves, which cannot change while we write. */
export async function isEvaluated(
  manager: EntityManager,
  { isSignedByNetwork, programmeId }: TravelledGroup,
): Promise<boolean> {
  return isSignedByNetwork && (await manager.existsBy(ProgrammeSignature, { programmeId }));
}

/** How many are selected for a group. */
export const countSelected = (manager: EntityManager, groupId: string): Promise<number> =>
  manager.countBy(DelegateNomination, { groupId, status: NominationStatus.SELECTED });

/** The days of a visit as far as they are known; one whose beginning is not known refuses nobody. */
const knownDays = ({ visits }: PlannedGroup): Span[] =>
  visits.flatMap(({ startsOn, endsOn }) =>
    startsOn ? [{ startsOn, endsOn: endsOn ?? startsOn }] : [],
  );

/** True for two groups that are on visits on one day. A cancelled group is on none. */
export function areAwayTogether(one: PlannedGroup, other: PlannedGroup): boolean {
  if (other.cancelledOn !== null) return false;
  return knownDays(one).some((days) => knownDays(other).some((others) => doOverlap(days, others)));
}
