import { dates } from '@hub/shared/graphql';
import type { Visit } from '../entities/visit.entity.js';

/** How many days before a visit an undecided loan or offer is overdue. */
export const decisionDays = 14;

/**
 * True from this many days before the first day of a visit until its recorded departure or its last
 * day, after which nobody can bring what it lacks.
 */
export function isNear(
  { startsOn, endsOn, departedOn, cancelledOn }: Visit,
  today: string,
  days = 30,
): boolean {
  if (startsOn === null || departedOn !== null || cancelledOn !== null) return false;
  return dates.addDays(startsOn, -days) <= today && (endsOn === null || today <= endsOn);
}
