import { firstDayOf, lastDayOf } from '@hub/shared/scalars';

const isDay = (date: string): boolean => date.length === 10;
const dayMs = 86_400_000;

/**
 * Calendar days from a start to an end, both counted. One day where there is no end; null where a date is not known to
 * the day, or where the start is not known at all.
 */
export function countDays(startsOn: string | null, endsOn: string | null): number | null {
  if (startsOn === null || !isDay(startsOn)) return null;
  if (endsOn === null) return 1;
  return isDay(endsOn) ? (Date.parse(endsOn) - Date.parse(startsOn)) / dayMs + 1 : null;
}

/** The span of days that an event may have taken; an end that is not known leaves the event one (partial) date long. */
export function spanOf(
  startsOn: string | null,
  endsOn: string | null,
): { firstDay: string | null; lastDay: string | null } {
  const end = endsOn ?? startsOn;
  return {
    firstDay: startsOn === null ? null : firstDayOf(startsOn),
    lastDay: end === null ? null : lastDayOf(end),
  };
}
