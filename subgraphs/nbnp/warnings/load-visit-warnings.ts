import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { decideItinerary } from '../access/decide-itinerary.js';
import { decideAbsence, isOwnerOrNetwork, isReaderOfMembers } from '../access/decide-people.js';
import { loadMemberAbsences } from '../access/load-absences.js';
import { stopOrder } from '../access/load-related.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Absence, Visit } from '../entities/visit.entity.js';
import { AbsenceReason, countedStatuses } from '../entities/vocabulary.js';
import { loadGroupSides } from '../sides/load-sides.js';
import type { WarningFacts } from './derive-warnings.js';
import { isNear } from './is-near.js';
import { warn, type Warning } from './warning.js';

interface VisitResponse {
  readonly stops?:
    | readonly { readonly id: string; readonly site: { readonly city: string | null } | null }[]
    | null;
}

/** The cities of the stops of a visit, by stop: its sites belong to others. */
const readCities = createFactReader<ReadonlyMap<string, string | null>>({
  field: 'visit',
  selection: '{ stops { id site { city } } }',
  memoryMs: 0,
  read: ({ stops }: VisitResponse) =>
    new Map((stops ?? []).map(({ id, site }) => [id, site?.city ?? null])),
});

const hour = /^\d{2}:\d{2}$/;

/** Only hours are compared, no words. A stop without an end is at the hour at which it begins. */
function doOverlap(one: ItineraryStop, other: ItineraryStop): boolean {
  if (one.day !== other.day || !one.from || !other.from) return false;
  if (!hour.test(one.from) || !hour.test(other.from)) return false;
  const endOf = ({ from, to }: ItineraryStop) => (to && hour.test(to) ? to : (from ?? ''));
  return one.from === other.from || (one.from < endOf(other) && other.from < endOf(one));
}

async function warnOfHours(
  { id, title }: Visit,
  stops: readonly ItineraryStop[],
  context: PartnerContext,
): Promise<Warning[]> {
  const pairs = stops.flatMap((stop, index) =>
    stops.slice(0, index).flatMap((other) => (doOverlap(stop, other) ? [[other, stop]] : [])),
  ) as readonly (readonly [ItineraryStop, ItineraryStop])[];
  const areAbroad = ([one, other]: (typeof pairs)[number]) => one.hostCountry !== other.hostCountry;
  const mayDiffer = ([one, other]: (typeof pairs)[number]) =>
    one.siteId !== null && other.siteId !== null && one.siteId !== other.siteId;
  const isOpen = pairs.some((pair) => !areAbroad(pair) && mayDiffer(pair));
  const cities = isOpen ? await readCities(context, id) : null;
  const areApart = ([one, other]: (typeof pairs)[number]) => {
    const [city, second] = [cities?.get(one.id), cities?.get(other.id)];
    return city != null && second != null && city !== second;
  };
  const apart = pairs.filter((pair) => areAbroad(pair) || areApart(pair));
  return [...new Map(apart.map(([, stop]) => [stop.id, stop.day]))].map(([subject, dueOn]) =>
    warn('STOPS_AT_ONE_HOUR', { subject, owner: codes.networkCode, dueOn, title }),
  );
}

async function warnOfPlan(visit: Visit, context: PartnerContext): Promise<Warning[]> {
  if (visit.returnedOn !== null || !(await decideItinerary(context, visit.id))) return [];
  const { id: subject, title, startsOn: dueOn } = visit;
  const planned = await context.loaders
    .many(ItineraryStop, 'visitId', { orderBy: stopOrder })
    .load(subject);
  const stops = planned.filter(({ status }) => countedStatuses.includes(status));
  if (stops.length === 0 && isNear(visit, todayOf(context)))
    return [warn('NO_STOP', { subject, owner: codes.networkCode, dueOn, title })];
  return warnOfHours(visit, stops, context);
}

/**
 * Counts members and names none. Only those of whom the caller may read why they are absent.
 * @param more those whose formalities say so
 */
function warnOfVisas(
  owner: string | null,
  { id: subject, title, startsOn: dueOn, departedOn }: Visit,
  refused: readonly Absence[],
  more: number,
): Warning[] {
  const count = refused.filter(({ visitId }) => visitId === subject).length + more;
  if (departedOn !== null || count === 0) return [];
  return [warn('VISA_REFUSED', { subject, owner, dueOn, title, count })];
}

async function loadRefused(group: Group, context: PartnerContext): Promise<readonly Absence[]> {
  const absences = await loadMemberAbsences(group.id, context);
  const refused = absences.filter(({ reason }) => reason === AbsenceReason.VISA_REFUSED);
  const mayRead = await Promise.all(refused.map((absence) => decideAbsence(context, absence)));
  return refused.filter((_, index) => mayRead[index]);
}

/** How many got no visa, for callers who may read that of all members. */
async function countRefused(
  group: Group,
  owner: string,
  facts: Promise<WarningFacts>,
  context: PartnerContext,
): Promise<number> {
  const mayRead =
    isOwnerOrNetwork(context, `${owner}:`) || (await isReaderOfMembers(context, group.id));
  return mayRead ? ((await facts).visasRefused ?? 0) : 0;
}

/** Warns of what the plan of each visit lacks, and of the members whom no visa lets travel. */
export async function loadVisitWarnings(
  group: Group,
  facts: Promise<WarningFacts>,
  context: PartnerContext,
): Promise<Warning[]> {
  if (group.cancelledOn !== null) return [];
  const visits = await loadVisibleVisits(group.id, context);
  const standing = visits.filter(({ cancelledOn }) => cancelledOn === null);
  const between = await loadGroupSides(group, context);
  // Who decides on somebody in the place of the members that get no visa.
  const owner =
    sides.sendsDelegates(between) && !sides.sendsOfficers(between)
      ? codes.officesCode
      : codes.networkCode;
  // Of those who may not see the visit ahead no request may show that somebody is absent.
  const next = standing.find(({ departedOn }) => departedOn === null);
  const [refused, more] = next
    ? await Promise.all([loadRefused(group, context), countRefused(group, owner, facts, context)])
    : [[], 0];
  const found = standing.map(async (visit) => [
    ...(await warnOfPlan(visit, context)),
    ...warnOfVisas(owner, visit, refused, visit === next ? more : 0),
  ]);
  return (await Promise.all(found)).flat();
}
