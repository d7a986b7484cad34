import { addDays, lastReturnDay } from '../scalars/index.js';
import { officesCode, russia } from '../vocabulary/index.js';

/** The visits of a group, as the network returns them. */
export type HostedVisits = readonly (HostedVisit | null)[] | null;

interface HostedVisit {
  readonly hostCountries?: readonly string[] | null;
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
  readonly departedOn?: string | null;
  readonly returnedOn?: string | null;
  readonly cancelledOn?: string | null;
}

const withoutCancelled = (visits: HostedVisits | undefined): HostedVisit[] =>
  (visits ?? []).filter((visit) => visit !== null).filter(({ cancelledOn }) => cancelledOn == null);

const codesOf = (visits: readonly HostedVisit[]): string[] =>
  visits.flatMap(({ hostCountries }) =>
    (hostCountries ?? []).map((country) => country.toLowerCase()),
  );

/** The codes of the countries that host visits, without cancelled ones. */
export const hostsOf = (visits: HostedVisits | undefined): ReadonlySet<string> =>
  new Set(codesOf(withoutCancelled(visits)));

/** How long before the departure a host prepares for the people who come. */
const preparingDays = 30;

/** From 30 days before the departure until the return, or until the last day on which a return can be recorded. */
function isUnderWay(visit: HostedVisit, today: string): boolean {
  const { startsOn, departedOn, endsOn, returnedOn } = visit;
  const departure = departedOn ?? startsOn;
  if (departure == null || returnedOn != null) return false;
  return addDays(departure, -preparingDays) <= today && today <= lastReturnDay({ endsOn });
}

/**
 * The organisations that host a group on a day: from 30 days before a visit’s departure until its
 * return. In Russia the offices act as the host.
 */
export function hostsOn(visits: HostedVisits | undefined, today: string): ReadonlySet<string> {
  const near = withoutCancelled(visits).filter((visit) => isUnderWay(visit, today));
  const russian = russia.toLowerCase();
  return new Set(codesOf(near).map((code) => (code === russian ? officesCode : code)));
}

/** A day on which a member of a group does not travel on a visit, and the days after it. */
export interface AbsenceDays {
  readonly participantId: string;
  readonly visitId: string;
  /** The first day missed. */
  readonly from: string;
}

/** The first day of a visit, as recorded, or else as planned. */
interface VisitStart {
  readonly startsOn?: string | null;
  readonly departedOn?: string | null;
}

interface StandingVisit extends VisitStart {
  readonly id: string;
  readonly cancelledOn?: string | null;
}

/** Absences, as the network returns them. */
export type AbsencesResponse =
  | readonly ({
      readonly participant?: { readonly id: string } | null;
      readonly visit?: { readonly id: string } | null;
      readonly from?: string | null;
    } | null)[]
  | null;

/** The selection of {@link AbsencesResponse}. */
export const absencesSelection = 'absences { participant { id } visit { id } from }';

/** The complete absences of a response. */
export const readAbsences = (absences: AbsencesResponse | undefined): AbsenceDays[] =>
  (absences ?? []).flatMap((absence) =>
    absence?.participant && absence.visit && absence.from
      ? { participantId: absence.participant.id, visitId: absence.visit.id, from: absence.from }
      : [],
  );

/** True if somebody who is absent from this day does not travel on the visit at all. */
export function missesVisit({ startsOn, departedOn }: VisitStart, from: string): boolean {
  const first = departedOn ?? startsOn ?? null;
  return first !== null && from <= first;
}

/**
 * The people who travel on none of the visits of a group. They owe no report. Cancelled visits do
 * not count, and a group without a visit leaves nobody at home.
 */
export function findStayingHome(
  visits: readonly StandingVisit[],
  absences: readonly AbsenceDays[],
): Set<string> {
  const standing = visits.filter(({ cancelledOn }) => cancelledOn == null);
  const people = new Set(absences.map(({ participantId }) => participantId));
  const misses = (person: string, visit: StandingVisit): boolean =>
    absences.some(
      ({ participantId, visitId, from }) =>
        participantId === person && visitId === visit.id && missesVisit(visit, from),
    );
  return new Set(
    [...people].filter(
      (person) => standing.length > 0 && standing.every((visit) => misses(person, visit)),
    ),
  );
}
