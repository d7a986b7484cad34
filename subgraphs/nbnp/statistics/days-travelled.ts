import type { Visit } from '../entities/visit.entity.js';

const dayMs = 86_400_000;

/** Days from departure to return, both counted; 0 before departure, null while the return is not known. */
export function countDaysTravelled({
  departedOn,
  returnedOn,
}: Pick<Visit, 'departedOn' | 'returnedOn'>): number | null {
  if (departedOn === null) return 0;
  if (returnedOn === null) return null;
  return Math.round((Date.parse(returnedOn) - Date.parse(departedOn)) / dayMs) + 1;
}

/** The same over several visits; null while one of them is under way. */
export function sumDaysTravelled(
  visits: readonly Pick<Visit, 'departedOn' | 'returnedOn'>[],
): number | null {
  return visits
    .map(countDaysTravelled)
    .reduce((sum, days) => (sum === null || days === null ? null : sum + days), 0);
}
