import type { groupVisits } from '@hub/shared/programme';
import { countDays } from '../entities/partial-date.js';
import type { Visit } from '../entities/visit.entity.js';

type Dates = Pick<Visit, 'departedOn' | 'returnedOn'>;

/**
 * Days from departure to return, both included, of a visit that was made; 0 before departure, null
 * while it is under way. Dates in the future, which earlier versions accepted, do not count.
 * @param today the last day that has begun, by the network’s clock
 */
export function countDaysTravelled(visit: Dates, today: string): number | null {
  const { departedOn, returnedOn } = visit;
  if (departedOn === null || departedOn > today) return 0;
  if (returnedOn === null || returnedOn > today) return null;
  return countDays(departedOn, returnedOn);
}

/** The days travelled on a visit that somebody misses who is absent from this day. */
function countMissedDays(visit: Dates, from: string, today: string): number {
  const { departedOn, returnedOn } = visit;
  const days = countDaysTravelled(visit, today);
  if (!days || departedOn === null || returnedOn === null) return 0;
  const first = from > departedOn ? from : departedOn;
  return Math.max(0, countDays(first, returnedOn));
}

/** The same over several visits; null while one of them is under way. */
export function sumDaysTravelled(visits: readonly Dates[], today: string): number | null {
  return visits
    .map((visit) => countDaysTravelled(visit, today))
    .reduce((sum, days) => (sum === null || days === null ? null : sum + days), 0);
}

/** The person-days that members missed on visits that were made. */
export function sumMissedDays(
  visits: readonly (Dates & Pick<Visit, 'id'>)[],
  absences: readonly groupVisits.AbsenceDays[],
  today: string,
): number {
  const byId = new Map(visits.map((visit) => [visit.id, visit]));
  return absences.reduce((sum, { visitId, from }) => {
    const visit = byId.get(visitId);
    return visit ? sum + countMissedDays(visit, from, today) : sum;
  }, 0);
}
