import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { hostOrder } from '../access/load-related.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import { VisitHost, type Visit } from '../entities/visit.entity.js';
import { isNear, loadDecisionDays } from './is-near.js';
import { warn, type Warning } from './warning.js';

interface OfferResponse {
  readonly id: string;
  readonly status: string;
  readonly isPutBack: boolean | null;
}

interface VisitResponse {
  readonly id: string;
  readonly hosts?: readonly { readonly owner: string }[] | null;
  readonly hostings?: readonly OfferResponse[] | null;
  readonly regionalHostings?: readonly OfferResponse[] | null;
}

interface GroupResponse {
  readonly visits?: readonly (VisitResponse | null)[] | null;
}

const offer = 'id status isPutBack';

/**
 * The offers to host the visits of a group. Only the network and the hosts of its visits have to
 * respond, if the error says who did not.
 */
const readOffers = createFactReader<ReadonlyMap<string, readonly OfferResponse[]>>({
  field: 'group',
  selection: `{ visits { id hosts { owner } hostings { ${offer} } regionalHostings { ${offer} } } }`,
  memoryMs: 0,
  mayLackSome({ extensions }, { visits }: GroupResponse) {
    const { partner } = extensions;
    if (typeof partner !== 'string' || partner === 'hub' || partner === codes.networkCode)
      return false;
    const isOther = (visit: VisitResponse | null) =>
      visit?.hosts?.every(({ owner }) => owner !== partner) ?? false;
    return visits?.every(isOther) ?? false;
  },
  read: ({ visits }: GroupResponse) =>
    new Map(
      (visits ?? []).flatMap((visit) =>
        visit
          ? [[visit.id, [...(visit.hostings ?? []), ...(visit.regionalHostings ?? [])]] as const]
          : [],
      ),
    ),
});

/**
 * Warns of hosts for which no partner answers, and of each host that withdrew, or whose consent ended
 * with the days it was given for.
 */
export async function loadHostingWarnings(
  group: Group,
  context: PartnerContext,
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
      const own = offers?.get(visit.id)?.filter(({ id }) => codes.ownerOf(id) === host);
      return own ? warnOfHost(visit, host, own, { today, days }) : [];
    });
    return [...warnOfUnanswered(visit, unanswered), ...ofPartners];
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
  if (offers.some(({ status }) => status === 'CONFIRMED')) return [];
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
