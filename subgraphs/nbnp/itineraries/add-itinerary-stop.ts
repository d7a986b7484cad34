import type { PartnerContext } from '@hub/shared/context';
import { HubError, violateRule } from '@hub/shared/errors';
import { checkName, createId, notFound, perform } from '@hub/shared/mutations';
import { hostOf, isPoliceCode, officesCode, ownerOf, russia } from '@hub/shared/vocabulary';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { VisitHost } from '../entities/visit.entity.js';
import { checkNotReturned, findVisitForChange } from '../visits/visit-for-change.js';
import { checkInVisit } from './change-itinerary.js';
import { checkTimes } from './check-times.js';
import type { AddItineraryStopInput } from './itinerary-stop.input.js';

/** Checks a stop by the network’s own rules. */
async function checkAdding(manager: EntityManager, input: AddItineraryStopInput): Promise<void> {
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  const { visit } = change;
  checkNotReturned(change, 'input.visit');
  const host = { visitId: visit.id, country: input.hostCountry };
  if (!(await manager.existsBy(VisitHost, host))) violateRule('HOST_COUNTRY', 'input.hostCountry');
  checkInVisit(input.day, visit);
  checkSiteOwner(input);
}

function checkSiteOwner({ site, hostCountry }: AddItineraryStopInput): void {
  if (site == null) return;
  const owner = ownerOf(site);
  if (!isPoliceCode(owner) && owner !== officesCode) notFound('input.site');
  if (owner !== hostOf(hostCountry)) violateRule('SITE_ELSEWHERE', 'input.site');
}

/**
 * Asks the owner of the country’s sites whether this site exists.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { site, hostCountry: country }: AddItineraryStopInput,
): Promise<void> {
  if (site == null) return;
  const { sites } =
    country === russia
      ? await askHub('query SitesOfOffices { sites: regionalSites { id } }')
      : await askHub(
          'query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country }) { id } }',
          { country },
        );
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: hostOf(country) });
  if (!(sites as readonly { readonly id: string }[]).some(({ id }) => id === site)) {
    notFound('input.site');
  }
}

/**
 * Adds a stop to a visit. Its host must confirm it before the group departs.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, HOST_COUNTRY, OUTSIDE_VISIT, SITE_ELSEWHERE
 */
export async function addItineraryStop(
  context: PartnerContext,
  input: AddItineraryStopInput,
): Promise<ItineraryStop> {
  checkName(input.title, 'input.title');
  checkTimes(input);
  return perform<ItineraryStop>(context, {
    name: 'addItineraryStop',
    input,
    async ask() {
      await checkAdding(context.source.manager, input);
      await askSite(context, input);
    },
    async write(manager) {
      await checkAdding(manager, input);
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
  const siteId = input.site ?? null;
  const stop = { id, visitId, hostCountry, day, from, to, title, sector, siteId, version: 1 };
  await manager.insert(ItineraryStop, stop);
  return manager.findOneByOrFail(ItineraryStop, { id });
}
