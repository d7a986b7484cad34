import { refuseInput } from '../../errors/hub-error.js';
import { firstDayOf, lastDayOf } from './dates.js';

/** A `DateTime` is longer than a date, and one instant. */
const isInstant = (text: string): boolean => text.length > 10;
const firstMsOf = (start: string): number =>
  Date.parse(isInstant(start) ? start : firstDayOf(start));
const lastMsOf = (end: string): number => Date.parse(isInstant(end) ? end : lastDayOf(end));

/**
 * Refuses a range whose end is before its start: two dates, two partial dates (which cover their
 * whole range), or two instants. A missing end is open.
 * @param argument the end of the range, as a dotted path
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkRange(
  start: string | null | undefined,
  end: string | null | undefined,
  argument: string,
): void {
  if (start == null || end == null || firstMsOf(start) <= lastMsOf(end)) return;
  refuseInput(argument, `\`${argument}\` must not be before the start of its range.`);
}
