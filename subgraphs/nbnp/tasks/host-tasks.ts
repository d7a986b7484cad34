import { codes } from '@hub/shared/policy';
import type { Ask } from '../access/ask-others.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { TaskCause, TaskKind } from '../entities/vocabulary.js';
import { confirmationOf, isConfirmed } from '../visits/is-confirmed.js';
import type { FindTasks } from './find-tasks.js';
import type { OpenVisit } from './own-facts.js';

type Confirmations = Pick<ItineraryStop, 'id' | 'hostConfirmedVersion' | 'officeConfirmedVersion'>;

interface StopsResponse {
  readonly stops: readonly Confirmations[] | null;
}

/**
 * A stop is due by the departure, which needs every confirmation. After the departure it is due by
 * its own day.
 */
const dayOf = ({ visit }: OpenVisit, { day }: ItineraryStop): string | null =>
  visit.departedOn === null ? visit.startsOn : day;

/** The stops whose present plan the host has not confirmed, or may not have confirmed. */
export const findStopTasks: FindTasks = async ({ organisation, visits }, ask) => {
  const ofVisit = async (open: OpenVisit) => {
    const { group, visit } = open;
    const own = open.stops.filter(({ hostOwner }) => hostOwner === organisation);
    const field = own[0] && confirmationOf(own[0]);
    if (!field) return [];
    const isOwnRecord = field === 'networkConfirmedVersion';
    const selection = `stops { id ${field} }`;
    const response = isOwnRecord
      ? null
      : (await ask<StopsResponse>({ root: 'visit', id: visit.id, selection })).known;
    const known = new Map((response?.stops ?? []).map((stop) => [stop.id, stop]));
    return own.flatMap((stop) => {
      const { id } = stop;
      const byHost = known.get(id);
      const confirmed = isConfirmed(stop, byHost);
      if (confirmed === true) return [];
      const task = { kind: TaskKind.CONFIRM_STOP, subject: id, group, visit, since: null };
      const earlier = (isOwnRecord ? stop[field] : byHost?.[field]) ?? 0;
      const cause = earlier > 0 ? TaskCause.PUT_BACK : TaskCause.NEW;
      return [{ ...task, cause, dueOn: dayOf(open, stop), isUncertain: confirmed === null }];
    });
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};

interface HostingResponse {
  readonly id: string;
  readonly status: string;
  readonly visitId: string;
  readonly isPutBack: boolean | null;
}

const offerFields = 'id status visitId isPutBack';

/** The offers of one organisation to host a visit; null if it is unavailable. */
export type ReadOffers = (visitId: string) => Promise<readonly HostingResponse[] | null>;

function readOffersOfPolice(organisation: string, ask: Ask): ReadOffers {
  interface UnitResponse {
    readonly hostings: readonly HostingResponse[] | null;
  }
  const units = ask<readonly UnitResponse[]>({
    root: 'unitsOf',
    id: codes.countryOf(organisation),
    selection: `hostings { ${offerFields} }`,
  });
  return async (visitId) => {
    const { known, isWhole } = await units;
    if (!known || !isWhole() || known.some(({ hostings }) => hostings === null)) return null;
    return known
      .flatMap(({ hostings }) => hostings ?? [])
      .filter((hosting) => hosting.visitId === visitId);
  };
}

const readOffersOfOffices =
  (ask: Ask): ReadOffers =>
  async (id) => {
    interface VisitResponse {
      readonly regionalHostings: readonly HostingResponse[] | null;
    }
    const selection = `regionalHostings { ${offerFields} }`;
    const { known, isWhole } = await ask<VisitResponse>({ root: 'visit', id, selection });
    return isWhole('regionalHostings') ? (known?.regionalHostings ?? null) : null;
  };

/** Reads what one organisation offered, and asks no other. */
export const readOffersOf = (organisation: string, ask: Ask): ReadOffers =>
  codes.isPoliceCode(organisation)
    ? readOffersOfPolice(organisation, ask)
    : readOffersOfOffices(ask);

/**
 * A host offers to host a visit, and then confirms its own offer. The network offers nothing where no
 * partner answers.
 */
export const findHostingTasks: FindTasks = async ({ organisation, visits }, ask) => {
  if (organisation === codes.networkCode) return [];
  const hosted = visits.filter(({ hosts }) => hosts.has(organisation));
  if (hosted.length === 0) return [];
  const readOffers = readOffersOf(organisation, ask);
  const ofVisit = async ({ group, visit }: OpenVisit) => {
    const offers = await readOffers(visit.id);
    const task = { group, visit, since: null, dueOn: visit.startsOn };
    const toOffer = { ...task, kind: TaskKind.OFFER_HOSTING, subject: visit.id };
    if (offers === null) return [{ ...toOffer, isUncertain: true }];
    const open = offers.filter(({ status }) => status === 'OFFERED');
    return offers.every(({ status }) => status === 'WITHDRAWN')
      ? [toOffer]
      : open.map(({ id, isPutBack }) => ({
          ...task,
          kind: TaskKind.CONFIRM_HOSTING,
          cause: isPutBack ? TaskCause.PUT_BACK : TaskCause.NEW,
          subject: id,
        }));
  };
  return (await Promise.all(hosted.map(ofVisit))).flat();
};

interface HostsResponse {
  readonly hostings: readonly WithdrawnOffer[] | null;
  readonly regionalHostings: readonly WithdrawnOffer[] | null;
}

interface WithdrawnOffer {
  readonly id: string;
  readonly status: string;
  readonly decidedOn: string | null;
}

/** A host withdrew, and has no other offer: the network needs another one. Until the departure. */
export const findLostHostTasks: FindTasks = async ({ organisation, visits }, ask) => {
  if (organisation !== codes.networkCode) return [];
  const ofVisit = async ({ group, visit, hosts }: OpenVisit) => {
    if (visit.departedOn !== null) return [];
    const offers = 'id status decidedOn';
    const { known, isWholeOf } = await ask<HostsResponse>({
      root: 'visit',
      id: visit.id,
      selection: `hostings { ${offers} } regionalHostings { ${offers} }`,
    });
    const found = (['hostings', 'regionalHostings'] as const).flatMap((list) =>
      // Another offer of a host that did not respond may stand.
      (known?.[list] ?? []).filter(({ id }) => isWholeOf(codes.ownerOf(id), list)),
    );
    const standing = new Set(
      found.flatMap(({ id, status }) => (status === 'WITHDRAWN' ? [] : codes.ownerOf(id))),
    );
    const lost = found
      .filter(({ id }) => hosts.has(codes.ownerOf(id)) && !standing.has(codes.ownerOf(id)))
      .toSorted((one, other) => ((one.decidedOn ?? '') < (other.decidedOn ?? '') ? -1 : 1));
    // The latest offer of each host.
    return [...new Map(lost.map((offer) => [codes.ownerOf(offer.id), offer])).values()].map(
      ({ id, decidedOn: since }) => ({
        kind: TaskKind.REPLACE_HOST,
        cause: TaskCause.WITHDRAWN,
        subject: id,
        group,
        visit,
        since,
        dueOn: visit.startsOn,
      }),
    );
  };
  return (await Promise.all(visits.map(ofVisit))).flat();
};
