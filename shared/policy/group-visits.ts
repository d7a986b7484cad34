/** The visits of a group, as the network returns them. */
export type HostedVisits =
  | readonly ({
      readonly hostCountries?: readonly string[] | null;
      readonly cancelledOn?: string | null;
    } | null)[]
  | null;

/** The codes of the countries that host visits, without cancelled ones. */
export function hostsOf(visits: HostedVisits | undefined): ReadonlySet<string> {
  const standing = (visits ?? []).filter((visit) => visit?.cancelledOn == null);
  const countries = standing.flatMap((visit) => visit?.hostCountries ?? []);
  return new Set(countries.map((country) => country.toLowerCase()));
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
