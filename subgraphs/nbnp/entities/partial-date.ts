/** The first day that a date of reduced precision covers: 2009-01-01 for 2009. */
export const firstDayOf = (date: string): string => `${date}-01-01`.slice(0, 10);

/** The last day that a date of reduced precision covers: 2008-02-29 for 2008-02. */
export function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 12] = date.split('-').map(Number);
  // Day 0 of the next month is the last of this one.
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

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
