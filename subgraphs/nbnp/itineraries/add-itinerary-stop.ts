import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import type { VisitHost } from '../entities/visit.entity.js';
import { checkNotReturned, findVisitForChange } from '../visits/visit-for-change.js';
import { checkInVisit } from './change-itinerary.js';
import { askSite, checkSite, checkSiteOwner, type KnownSite } from './check-site.js';
import { checkTimes } from './check-times.js';
import type { AddItineraryStopInput } from './itinerary-stop.input.js';
import { findHost } from './stop-for-change.js';

/** The host of a new stop, and the programme of its visit. */
interface Adding {
  readonly host: VisitHost;
  readonly programme: Programme;
}

/** Checks a stop by the network’s own rules. */
async function findAdding(manager: EntityManager, input: AddItineraryStopInput): Promise<Adding> {
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  const { visit } = change;
  checkNotReturned(change, 'input.visit');
  const host = await findHost(manager, visit.id, input.hostCountry, 'input.hostCountry');
  checkInVisit(input.day, visit);
  checkSiteOwner(input.site, host.owner);
  return { host, programme: change.programme };
}

/**
 * Adds a stop to a visit. Its host must confirm it before the group departs.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, HOST_COUNTRY, OUTSIDE_VISIT, SITE_ELSEWHERE, MERGED, CLOSED, REHEARSAL
 */
export async function addItineraryStop(
  context: PartnerContext,
  input: AddItineraryStopInput,
): Promise<ItineraryStop> {
  checkTimes(input);
  return perform<ItineraryStop, KnownSite | null>(context, {
    name: 'addItineraryStop',
    input,
    async ask() {
      await findAdding(context.source.manager, input);
      return askSite(context, input.site);
    },
    async write(manager, site) {
      const { host, programme } = await findAdding(manager, input);
      checkSite(site, programme, input.day);
      return insertStop(manager, createId(context), input, host);
    },
    find: (manager, id) => manager.findOneBy(ItineraryStop, { id }),
  });
}

/** All that a new stop plans. */
export type NewStop = Omit<AddItineraryStopInput, 'idempotencyKey'>;

export async function insertStop(
  manager: EntityManager,
  id: string,
  input: NewStop,
  { owner: hostOwner }: VisitHost,
): Promise<ItineraryStop> {
  const { visit: visitId, hostCountry, day, from = null, to = null, title, sector } = input;
  const { site: siteId = null, address, city, meetingPoint, contactOnTheSpot, note } = input;
  const place = { siteId, address, city, meetingPoint, contactOnTheSpot, note };
  const plan = { id, visitId, hostCountry, hostOwner, day, from, to, title, sector, version: 1 };
  await manager.insert(ItineraryStop, { ...plan, ...place });
  return manager.findOneByOrFail(ItineraryStop, { id });
}
