import { lastBegunDay } from '../../graphql/scalars/dates.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

/** What decides whether a visit has ended. */
export interface Returned {
  readonly returnedOn?: string | null;
}

/**
 * True once a group is back from a visit: its return is recorded, and does not lie in the future. A
 * visit whose planned end has passed is under way until then, because people may still be
 * travelling. Every rule about ended visits asks this.
 */
export const hasEnded = (
  { returnedOn }: Returned,
  { clock }: Pick<PartnerContext, 'clock'>,
): boolean => returnedOn != null && returnedOn <= lastBegunDay(clock());

/** The return from several visits: the last of them. Null while one is under way, or without one. */
export function lastReturnOf(visits: readonly (Returned | null)[]): string | null {
  const days = visits.map((visit) => visit?.returnedOn ?? null);
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
}
