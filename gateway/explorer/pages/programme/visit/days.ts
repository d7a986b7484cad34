import type { PageStop, PageVisit } from './visit-query.ts';

const msPerDay = 86_400_000;
/** A visit is about a week. Behind a mistake in its dates, no endless list of days. */
const mostDays = 60;

/** Each day of a visit with its stops, also the days without any. */
export function daysOf({
  startsOn,
  endsOn,
  stops,
}: Pick<PageVisit, 'startsOn' | 'endsOn' | 'stops'>): readonly {
  readonly day: string;
  readonly stops: readonly PageStop[];
}[] {
  const days = new Set((stops ?? []).map(({ day }) => day));
  const [first, last] = [Date.parse(startsOn ?? ''), Date.parse(endsOn ?? '')];
  for (let time = first; time <= last && days.size < mostDays; time += msPerDay)
    days.add(new Date(time).toISOString().slice(0, 10));
  return [...days]
    .toSorted()
    .map((day) => ({ day, stops: (stops ?? []).filter((stop) => stop.day === day) }));
}
