/** The first day that a date of reduced precision covers: 2009-01-01 for 2009. */
export const firstDayOf = (date: string): string => `${date}-01-01`.slice(0, 10);

/** The last day that a date of reduced precision covers: 2008-02-29 for 2008-02. */
export function lastDayOf(date: string): string {
  if (date.length === 10) return date;
  const [year = 0, month = 12] = date.split('-').map(Number);
  // Day 0 of the next month is the last of this one.
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** A span of days; an end that is not known is open. Both ends may be of reduced precision and belong to it. */
export interface Span {
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
}

const startOf = ({ startsOn }: Span): string => (startsOn ? firstDayOf(startsOn) : '');
const endOf = ({ endsOn }: Span): string => (endsOn ? lastDayOf(endsOn) : '9999-12-31');

/** True for a day within a span. */
export const isWithin = (day: string, span: Span): boolean =>
  startOf(span) <= day && day <= endOf(span);

/** True for two spans that have a day in common. */
export const doOverlap = (one: Span, other: Span): boolean =>
  startOf(one) <= endOf(other) && startOf(other) <= endOf(one);
