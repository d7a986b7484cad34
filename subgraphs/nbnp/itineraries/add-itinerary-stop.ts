import { violateRule } from '@hub/shared/errors';
import { createId, perform, type Rehearsable } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Programme } from '../entities/programme.entity.js';
import { VisitHost } from '../entities/visit.entity.js';
import { checkNotReturned, findVisitForChange } from '../visits/visit-for-change.js';
import { checkInVisit } from './change-itinerary.js';
import { askSite, checkSite, checkSiteOwner } from './check-site.js';
import { checkTimes } from './check-times.js';
import type { AddItineraryStopInput } from './itinerary-stop.input.js';

/** Checks a stop by the network’s own rules. */
async function checkAdding(
  manager: EntityManager,
  input: AddItineraryStopInput,
): Promise<Programme> {
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  const { visit } = change;
  checkNotReturned(change, 'input.visit');
  const host = { visitId: visit.id, country: input.hostCountry };
  if (!(await manager.existsBy(VisitHost, host)))
    violateRule('HOST_COUNTRY', 'input.hostCountry', 'STOP_ABROAD');
  checkInVisit(input.day, visit);
  checkSiteOwner(input);
  return change.programme;
}

/**
 * Adds a stop to a visit. Its host must confirm it before the group departs.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, HOST_COUNTRY, OUTSIDE_VISIT, SITE_ELSEWHERE, REHEARSAL
 */
export async function addItineraryStop(
  context: PartnerContext,
  input: AddItineraryStopInput,
): Promise<ItineraryStop> {
  checkTimes(input);
  return perform<ItineraryStop, Rehearsable | null>(context, {
    name: 'addItineraryStop',
    input,
    async ask() {
      await checkAdding(context.source.manager, input);
      return askSite(context, input);
    },
    async write(manager, site) {
      checkSite(site, await checkAdding(manager, input));
      return insertStop(manager, createId(context), input);
    },
    find: (manager, id) => manager.findOneBy(ItineraryStop, { id }),
  });
}

async function insertStop(
  manager: EntityManager,
  id: string,
  input: AddItineraryStopInput,
): Promise<ItineraryStop> {
  const { visit: visitId, hostCountry, day, from = null, to = null, title, sector } = input;
  const { site: siteId = null, address, city, meetingPoint, contactOnTheSpot, note } = input;
  const place = { siteId, address, city, meetingPoint, contactOnTheSpot, note };
  const plan = { id, visitId, hostCountry, day, from, to, title, sector, version: 1 };
  await manager.insert(ItineraryStop, { ...plan, ...place });
  return manager.findOneByOrFail(ItineraryStop, { id });
}
