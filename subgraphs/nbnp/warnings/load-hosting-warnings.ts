import type { HubError } from '@hub/shared/errors';
import {
  askWithLater,
  codes,
  createFactReader,
  isMissing,
  type PartnerContext,
} from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { hostOrder, stopOrder } from '../access/load-related.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { NoteMissing } from '../access/with-missing.js';
import type { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';
import { countedStatuses } from '../entities/vocabulary.js';
import {
  endingFields,
  warnOfClosedHost,
  warnOfClosedSites,
  type OfferEnding,
  type StopEnding,
} from './closings.js';
import { isNear, loadDecisionDays } from './is-near.js';
import { warn, type Warning } from './warning.js';

interface OfferResponse extends OfferEnding {
  readonly status: string;
  readonly isPutBack: boolean | null;
}

interface VisitResponse {
  readonly id: string;
  readonly hosts?: readonly { readonly owner: string }[] | null;
  readonly hostings?: readonly OfferResponse[] | null;
  readonly regionalHostings?: readonly OfferResponse[] | null;
  readonly stops?: readonly StopEnding[] | null;
}

interface GroupResponse {
  readonly visits?: readonly (VisitResponse | null)[] | null;
}

const offer = 'id status isPutBack';

interface Offers {
  readonly ofVisit: ReadonlyMap<string, readonly OfferResponse[]>;
  readonly stops: readonly StopEnding[];
  /** Why the offers of some partners are missing. */
  readonly missing: readonly HubError[];
}

/**
 * The offers to host the visits of a group. The network has to respond, and the error has to say
 * who else did not.
 */
const createOffersReader = (later: typeof endingFields | undefined) =>
  createFactReader<Offers>({
    field: 'group',
    selection: `{ visits { id hosts { owner } hostings { ${offer} ${later?.hosting ?? ''} }
    regionalHostings { ${offer} ${later?.regionalHosting ?? ''} } ${later?.stops ?? ''} } }`,
    memoryMs: 0,
    mayLackSome(error, { visits }: GroupResponse) {
      const { partner } = error.extensions;
      if (!isMissing(error) || typeof partner !== 'string') return false;
      if (partner === 'hub' || partner === codes.networkCode) return false;
      return visits?.every((visit) => visit?.hosts != null) ?? false;
    },
    read: ({ visits }: GroupResponse, missing) => ({
      ofVisit: new Map(
        (visits ?? []).flatMap((visit) =>
          visit
            ? [[visit.id, [...(visit.hostings ?? []), ...(visit.regionalHostings ?? [])]] as const]
            : [],
        ),
      ),
      stops: (visits ?? []).flatMap((visit) => visit?.stops ?? []),
      // A server of an earlier version merges nothing.
      missing: missing.filter(({ code }) => code !== 'PARTNER_LACKS_FIELD'),
    }),
  });

const readLater = createOffersReader(endingFields);
/** For a hub of an earlier version, to which nothing is merged. */
const readEarlier = createOffersReader(undefined);

const readOffers: typeof readLater = (context, id) =>
  askWithLater((later) => (later ? readLater : readEarlier)(context, id), ' endings');

/**
 * Warns of hosts for which no partner answers, and of each host that withdrew, whose consent ended
 * with the days it was given for, or whose body or site closes too early. A host that is unavailable
 * costs its own warnings alone.
 */
export async function loadHostingWarnings(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<Warning[]> {
  if (group.cancelledOn !== null) return [];
  const visits = await loadVisibleVisits(group.id, context);
  const open = visits.filter((visit) => visit.cancelledOn === null && visit.returnedOn === null);
  const mayRead = await Promise.all(open.map(async ({ id }) => decideItinerary(context, id)));
  const readable = open.filter((_, index) => mayRead[index]);
  if (readable.length === 0) return [];
  const offers = await readOffers(context, group.id);
  const today = todayOf(context);
  const days = await loadDecisionDays(group, 'HOST_CONFIRMATION', context);
  const ofVisit = async (visit: Visit) => {
    const all = context.loaders.many(VisitHost, 'visitId', { orderBy: hostOrder });
    const hosts = await all.load(visit.id);
    // Where no partner answers, nobody makes an offer.
    const unanswered = hosts.filter(({ owner }) => owner === codes.networkCode);
    const owners = new Set(hosts.map(({ owner }) => owner));
    owners.delete(codes.networkCode);
    const ofPartners = [...owners].toSorted().flatMap((host) => {
      const missing = offers?.missing.filter(({ extensions }) => extensions['partner'] === host);
      missing?.forEach(note);
      const own = offers?.ofVisit.get(visit.id)?.filter(({ id }) => codes.ownerOf(id) === host);
      return own && !missing?.length ? warnOfHost(visit, host, own, { today, days }) : [];
    });
    const stops = await context.loaders
      .many(ItineraryStop, 'visitId', { orderBy: stopOrder })
      .load(visit.id);
    const planned = stops.filter(({ status }) => countedStatuses.includes(status));
    const siteOwners = visit.departedOn === null ? planned.map(({ siteId }) => siteId ?? '') : [];
    offers?.missing
      .filter(({ extensions: { partner } }) =>
        siteOwners.some((site) => codes.ownerOf(site) === partner),
      )
      .forEach(note);
    const ofSites = warnOfClosedSites(visit, planned, offers?.stops ?? []);
    return [...warnOfUnanswered(visit, unanswered), ...ofPartners, ...ofSites];
  };
  return (await Promise.all(readable.map(ofVisit))).flat();
}

function warnOfUnanswered(
  { id: subject, title, startsOn: dueOn, departedOn }: Visit,
  unanswered: readonly VisitHost[],
): Warning[] {
  if (unanswered.length === 0 || departedOn !== null) return [];
  const hosts = unanswered.map(({ country }) => country).join(', ');
  return [warn('HOST_UNANSWERED', { subject, owner: codes.networkCode, dueOn, title, hosts })];
}

function warnOfHost(
  visit: Visit,
  host: string,
  offers: readonly OfferResponse[],
  { today, days }: { readonly today: string; readonly days: number },
): Warning[] {
  const { id, title, startsOn: dueOn } = visit;
  const values = { dueOn, title, police: host.toUpperCase(), owner: host };
  const confirmed = offers.filter(({ status }) => status === 'CONFIRMED');
  if (confirmed.length > 0) return warnOfClosedHost(visit, host, confirmed);
  const undecided = isNear(visit, today, days)
    ? offers.filter(({ status }) => status === 'OFFERED')
    : [];
  const overdue = undecided.map((open) =>
    warn('DECISION_OVERDUE', { ...values, subject: open.id, days }),
  );
  const putBack = offers.find(({ isPutBack }) => isPutBack);
  if (putBack) return [warn('HOSTING_PUT_BACK', { ...values, subject: putBack.id }), ...overdue];
  const last = offers.at(-1);
  if (last && offers.every(({ status }) => status === 'WITHDRAWN'))
    return [warn('HOSTING_WITHDRAWN', { ...values, subject: last.id, owner: codes.networkCode })];
  return isNear(visit, today) ? [warn('NO_HOST', { ...values, subject: id }), ...overdue] : [];
}
