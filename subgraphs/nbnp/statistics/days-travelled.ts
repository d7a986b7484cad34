import type { Visit } from '../entities/visit.entity.js';

const dayMs = 86_400_000;

type Dates = Pick<Visit, 'departedOn' | 'endsOn' | 'returnedOn'>;

/**
 * Whether a visit counts in statistics: the group has departed, and the last day is over. Dates in
 * the future do not count yet.
 * @param today by the network’s clock
 */
const isMade = ({ departedOn, endsOn }: Dates, today: string): boolean =>
  departedOn !== null && endsOn !== null && endsOn < today;

/**
 * Days from departure to return, both included, of a visit that was made; 0 before departure, null
 * while it is under way or its return is unknown.
 */
export function countDaysTravelled(visit: Dates, today: string): number | null {
  const { departedOn, returnedOn } = visit;
  if (departedOn === null || departedOn > today) return 0;
  if (!isMade(visit, today) || returnedOn === null || returnedOn > today) return null;
  return Math.round((Date.parse(returnedOn) - Date.parse(departedOn)) / dayMs) + 1;
}

/** The same over several visits; null while one of them is under way. */
export function sumDaysTravelled(visits: readonly Dates[], today: string): number | null {
  return visits
    .map((visit) => countDaysTravelled(visit, today))
    .reduce((sum, days) => (sum === null || days === null ? null : sum + days), 0);
}
