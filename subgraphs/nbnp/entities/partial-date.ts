import { dates } from '@hub/shared/graphql';

const isDay = (date: string): boolean => date.length === 10;
const dayMs = 86_400_000;

/** Calendar days from one to another, both included. */
export const countDays = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;

/**
 * The days of an event: one if it has no end; null if a date is less precise than a day or the
 * start is unknown.
 */
export function countEventDays(startsOn: string | null, endsOn: string | null): number | null {
  if (startsOn === null || !isDay(startsOn)) return null;
  if (endsOn === null) return 1;
  return isDay(endsOn) ? countDays(startsOn, endsOn) : null;
}

/**
 * The range of days that an event may have taken. Without a known end the event lasts one (partial)
 * date.
 */
export function spanOf(
  startsOn: string | null,
  endsOn: string | null,
): { firstDay: string | null; lastDay: string | null } {
  const end = endsOn ?? startsOn;
  return {
    firstDay: startsOn === null ? null : dates.firstDayOf(startsOn),
    lastDay: end === null ? null : dates.lastDayOf(end),
  };
}
