import { addDays, lastDayOf, type Span } from './dates.js';

const open = '9999-12-31';

/**
 * The last day of a debriefing, a report or a signature: two years after the end of the programme.
 * An unknown end is open.
 */
export function lastPaperworkDay({ endsOn }: Pick<Span, 'endsOn'>): string {
  if (!endsOn) return open;
  const last = lastDayOf(endsOn);
  return `${Number(last.slice(0, 4)) + 2}${last.slice(4)}`;
}

/** The last day of a return: 30 days after the visit’s planned end. An unknown end is open. */
export function lastReturnDay({ endsOn }: Pick<Span, 'endsOn'>): string {
  if (!endsOn) return open;
  return addDays(lastDayOf(endsOn), 30);
}
