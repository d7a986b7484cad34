/** The first day of a date with reduced precision: 2009-01-01 for 2009. */
export const firstDayOf = (date: string): string => `${date}-01-01`.slice(0, 10);

/** The last day of a date with reduced precision: 2008-02-29 for 2008-02. */
export function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 12] = date.split('-').map(Number);
  // Day 0 of the next month is the last day of this month.
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The first and the last day that a `Date` can be. */
const [first, open] = ['0000-01-01', '9999-12-31'];

/**
 * The day this many days later, or earlier if negative. Before the first or after the last day that
 * a `Date` can be, it is that day.
 */
export function addDays(day: string, days: number): string {
  const moved = Date.parse(day) + days * 86_400_000;
  const within = Math.min(Math.max(moved, Date.parse(first)), Date.parse(open));
  return new Date(within).toISOString().slice(0, 10);
}

/** UTC+14, where each day begins first. */
const earliestZoneMs = 14 * 3_600_000;

/** The last day that has begun anywhere on Earth. */
export const lastBegunDay = (now: Date): string =>
  new Date(now.getTime() + earliestZoneMs).toISOString().slice(0, 10);

/**
 * A span of days. An unknown end is open. Both ends belong to it, and may have reduced precision.
 */
export interface Span {
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
}

const startOf = ({ startsOn }: Span): string => (startsOn ? firstDayOf(startsOn) : '');
const endOf = ({ endsOn }: Span): string => (endsOn ? lastDayOf(endsOn) : open);

/** True for a day within a span. */
export const isWithin = (day: string, span: Span): boolean =>
  startOf(span) <= day && day <= endOf(span);

/** True for two spans with a day in common. */
export const doOverlap = (one: Span, other: Span): boolean =>
  startOf(one) <= endOf(other) && startOf(other) <= endOf(one);

/**
 * Whether a partial date is certainly before another one.
 * @example isEarlier('2009', '2009-09') // false: it may be later in that year
 */
export const isEarlier = (date: string | null, other: string | null): boolean =>
  date !== null && other !== null && date < other.slice(0, date.length);

/**
 * The last day of a debriefing, a report or a signature: two years after the end of the programme.
 * An unknown end is open.
 */
export function lastPaperworkDay({ endsOn }: Pick<Span, 'endsOn'>): string {
  if (!endsOn) return open;
  const last = lastDayOf(endsOn);
  const year = Number(last.slice(0, 4)) + 2;
  return year > 9999 ? open : `${year}${last.slice(4)}`;
}

/** The last day of a return: 30 days after the visit’s planned end. An unknown end is open. */
export function lastReturnDay({ endsOn }: Pick<Span, 'endsOn'>): string {
  if (!endsOn) return open;
  return addDays(lastDayOf(endsOn), 30);
}
