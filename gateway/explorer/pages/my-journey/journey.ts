import type { JourneyGroup, JourneyStop, JourneyVisit } from './my-journey-query.ts';

const isStanding = ({ cancelledOn }: Pick<JourneyVisit, 'cancelledOn'>): boolean =>
  cancelledOn === null;

/** Whether a group is back from all of its visits. Soon after, its members read no more of them. */
export const isOver = ({ visits }: Pick<JourneyGroup, 'visits'>): boolean => {
  const standing = visits?.filter(isStanding) ?? [];
  return standing.length > 0 && standing.every(({ returnedOn }) => returnedOn !== null);
};

/** The last day on which a visit is of use: its return, or else its last day as planned. */
const endOf = ({ returnedOn, endsOn }: JourneyVisit): string => returnedOn ?? endsOn ?? '9999';

/** Whether a visit has ended by its days, also while nobody has recorded the return. */
export const hasEnded = (visit: JourneyVisit, today: string): boolean => endOf(visit) < today;

/** Whether she is back from a visit, also while nobody has recorded it. */
export const isBack = (visit: JourneyVisit, today: string): boolean =>
  visit.returnedOn !== null || hasEnded(visit, today);

const firstDayOf = (visit: JourneyVisit): string => visit.departedOn ?? visit.startsOn ?? '9999';

/** The visits of a group that take place, the next one first; those that are over come last. */
export function sortVisits(
  visits: readonly JourneyVisit[],
  today: string,
): readonly JourneyVisit[] {
  const isOver = (visit: JourneyVisit) => hasEnded(visit, today);
  return visits
    .filter(isStanding)
    .toSorted(
      (one, other) =>
        Number(isOver(one)) - Number(isOver(other)) ||
        firstDayOf(one).localeCompare(firstDayOf(other)) * (isOver(one) ? -1 : 1),
    );
}

/** The group whose journey the page shows: the chosen one, else that which travels next. */
export function chooseGroup(
  groups: readonly JourneyGroup[],
  chosen: string | undefined,
  today: string,
): JourneyGroup | undefined {
  const placeOf = (group: JourneyGroup): string => {
    const [next] = sortVisits(group.visits ?? [], today);
    if (group.cancelledOn !== null) return '4';
    if (!next) return '3';
    return hasEnded(next, today) ? '2' : `1 ${firstDayOf(next)}`;
  };
  return (
    groups.find(({ id }) => id === chosen) ??
    groups.toSorted((one, other) => placeOf(one).localeCompare(placeOf(other)))[0]
  );
}

/** A stop without a time may be at any time of its day. */
const endOfStop = ({ day, from, to }: JourneyStop): string => `${day} ${to ?? from ?? '24:00'}`;

/** The stops that take place, in their order. */
export const takingPlace = ({ stops }: Pick<JourneyVisit, 'stops'>): readonly JourneyStop[] =>
  (stops ?? [])
    .filter(({ status }) => status !== 'CALLED_OFF')
    .toSorted((one, other) => startOf(one).localeCompare(startOf(other)));

const startOf = ({ day, from }: JourneyStop): string => `${day} ${from ?? '99'}`;

/**
 * The stop that is under way, or else the next one.
 * @param now by the clock of the place: `2026-11-24 09:30`
 */
export const nextStop = (visit: JourneyVisit, now: string): JourneyStop | undefined =>
  takingPlace(visit).find((stop) => endOfStop(stop) >= now);

const msPerDay = 86_400_000;
/** A visit is about a week. Behind a mistake in its dates, no endless list of days. */
const mostDays = 60;

export const dayAfter = (day: string): string =>
  new Date(Date.parse(day) + msPerDay).toISOString().slice(0, 10);

/** Each day of a visit, also those without a stop. */
export function daysOf(visit: JourneyVisit): readonly string[] {
  const days = new Set(takingPlace(visit).map(({ day }) => day));
  const last = visit.endsOn ?? '';
  for (let day = visit.startsOn ?? ''; day !== '' && day <= last && days.size < mostDays;)
    day = days.add(day) && dayAfter(day);
  return [...days].toSorted();
}

/** A part of a text that a phone can call or write to. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

const reachable = /(\+?\d[\d\s()/-]{5,}\d)|([^\s,;<>()]+@[^\s,;<>()]+\.[^\s,;<>().]+)/g;

/** A text of a host, with its telephone numbers and e-mail addresses as links. */
export function findLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(reachable)) {
    const [found, number] = match;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    const href = number ? `tel:${number.replaceAll(/[^\d+]/g, '')}` : `mailto:${found}`;
    parts.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
