import type { StopStatus } from '../generated/graphql.ts';
import { t } from '../words/language.ts';

/** What a reader must see first of a stop. `UNANSWERED`: its host is unavailable, so nobody knows. */
export type StopState =
  | 'CONFIRMED'
  | 'UNCONFIRMED'
  | 'UNANSWERED'
  | 'CALLED_OFF'
  | 'HELD'
  | 'NOT_HELD';

export interface Stop {
  readonly status: StopStatus;
  readonly confirmed: boolean | null;
}

export function stateOf({ status, confirmed }: Stop): StopState {
  if (status !== 'PLANNED') return status;
  if (confirmed === null) return 'UNANSWERED';
  return confirmed ? 'CONFIRMED' : 'UNCONFIRMED';
}

/** How many stops are in each state. */
export function countStates(stops: readonly Stop[]): ReadonlyMap<StopState, number> {
  const counts = new Map<StopState, number>();
  for (const stop of stops) counts.set(stateOf(stop), (counts.get(stateOf(stop)) ?? 0) + 1);
  return counts;
}

/** A sign beside the word, so that colour is not needed. */
export const stopSigns: Readonly<Record<StopState, string>> = {
  CONFIRMED: '✓',
  UNCONFIRMED: '?',
  UNANSWERED: '…',
  CALLED_OFF: '✕',
  HELD: '✓',
  NOT_HELD: '✕',
};

/** The state of a stop in a line of text. */
export const StopWord = ({ stop }: { stop: Stop }) => (
  <span class="soft">
    <span aria-hidden="true">{stopSigns[stateOf(stop)]}</span> {t(`stopStates.${stateOf(stop)}`)}
  </span>
);

/** Stops by day, the first day first. @param days days that are shown without a stop, too */
export const stopsByDay = <One extends { readonly day: string }>(
  stops: readonly One[],
  days: readonly string[] = [],
) =>
  [...new Set([...stops.map(({ day }) => day), ...days])]
    .toSorted()
    .map((day) => ({ day, stops: stops.filter((stop) => stop.day === day) }));

export interface PlacedStop {
  readonly hostCountry: string;
  readonly city: string | null;
  readonly site: { readonly city: string | null } | null;
}

/** The city of a stop: its own, or that of the institution. */
export const cityOf = ({ city, site }: PlacedStop): string | null => city ?? site?.city ?? null;
