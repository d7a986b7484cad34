import { addDays } from '../../graphql/scalars/dates.js';
import { isPoliceCode } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createDecisionReader } from '../../policy/facts.js';
import { lastReturnOf } from './ended.js';

export { hasEnded, lastReturnOf } from './ended.js';

/** The visits of a group, as the network returns them. */
export type HostedVisits = readonly (HostedVisit | null)[] | null;

/** What decides when a group’s hosts expect it. */
export interface HostedGroup {
  readonly cancelledOn?: string | null;
  readonly visits?: HostedVisits;
}

/** Who answers for the hosts of a visit, as the network returns it. */
export type HostsResponse = readonly { readonly owner: string }[] | null;

interface HostedVisit {
  readonly hosts?: HostsResponse;
  readonly startsOn?: string | null;
  readonly departedOn?: string | null;
  readonly returnedOn?: string | null;
  readonly cancelledOn?: string | null;
}

const withoutCancelled = (visits: HostedVisits | undefined): HostedVisit[] =>
  (visits ?? []).filter((visit) => visit !== null).filter(({ cancelledOn }) => cancelledOn == null);

const ownersOf = (visits: readonly HostedVisit[]): string[] =>
  visits.flatMap(({ hosts }) => (hosts ?? []).map(({ owner }) => owner));

/** A group’s last return, or else the day on which it was cancelled. Null while it has a journey. */
export const endOf = ({ cancelledOn, visits }: HostedGroup): string | null =>
  lastReturnOf(withoutCancelled(visits)) ?? cancelledOn ?? null;

/** The police forces that host visits, without cancelled visits. */
export const hostsOf = (visits: HostedVisits | undefined): ReadonlySet<string> =>
  new Set(ownersOf(withoutCancelled(visits)).filter(isPoliceCode));

/**
 * How many days before the departure a host may read what the travellers need. The number is the
 * contract’s.
 */
const preparingDays = 30;

/** True from 30 days before the departure until the return is recorded. */
function isNear(visit: HostedVisit, today: string): boolean {
  const { startsOn, departedOn, returnedOn } = visit;
  const departure = departedOn ?? startsOn;
  if (departure == null || returnedOn != null) return false;
  return addDays(departure, -preparingDays) <= today;
}

/**
 * The organisations that host a group on a day: from 30 days before a visit’s departure until its
 * return. Nobody hosts a group that was cancelled.
 */
export function hostsOn({ cancelledOn, visits }: HostedGroup, today: string): ReadonlySet<string> {
  if (cancelledOn != null) return new Set();
  return new Set(ownersOf(withoutCancelled(visits).filter((visit) => isNear(visit, today))));
}

/** The absence of a member from a visit, from one day to the end. */
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

/** True if a person does not travel on a visit at all. */
export const isAbsentFrom = (
  visit: VisitStart & { readonly id: string },
  participantId: string,
  absences: readonly AbsenceDays[],
): boolean =>
  absences.some(
    (absence) =>
      absence.participantId === participantId &&
      absence.visitId === visit.id &&
      missesVisit(visit, absence.from),
  );

/**
 * The people who travel on none of the visits of a group. They owe no report. Cancelled visits do
 * not count. Without a visit the result is empty.
 */
export function findStayingHome(
  visits: readonly StandingVisit[],
  absences: readonly AbsenceDays[],
): Set<string> {
  const standing = visits.filter(({ cancelledOn }) => cancelledOn == null);
  const people = new Set(absences.map(({ participantId }) => participantId));
  if (standing.length === 0) return new Set();
  return new Set(
    [...people].filter((person) =>
      standing.every((visit) => isAbsentFrom(visit, person, absences)),
    ),
  );
}

/** How far a group has got. */
export interface GroupProgress {
  /** True once it has departed on a visit. */
  readonly hasSetOut: boolean;
  /** Who travels on none of its visits. */
  readonly stayingHome: ReadonlySet<string>;
}

/** The visits and absences of a group, as the network returns them. */
export interface ProgressResponse {
  readonly visits?: readonly (StandingVisit | null)[] | null;
  readonly absences?: AbsencesResponse;
}

/**
 * The selection of {@link ProgressResponse}. It has only the network’s own fields, so that no other
 * partner can be missing.
 */
export const progressSelection = `visits { id startsOn departedOn cancelledOn } ${absencesSelection}`;

export function readProgress({ visits, absences }: ProgressResponse): GroupProgress {
  const known = (visits ?? []).filter((visit) => visit !== null);
  return {
    hasSetOut: known.some(({ departedOn }) => departedOn != null),
    stayingHome: findStayingHome(known, readAbsences(absences)),
  };
}

const readGroupProgress = createDecisionReader<GroupProgress>({
  field: 'group',
  selection: `{ ${progressSelection} }`,
  read: readProgress,
});

/**
 * False for somebody who is absent from all visits of a group, by the network’s records.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function travelsWith(
  context: Pick<PartnerContext, 'askHub' | 'clock' | 'reader'>,
  groupId: string,
  personId: string,
): Promise<boolean> {
  const progress = await readGroupProgress(context, groupId);
  return !progress?.stayingHome.has(personId);
}
