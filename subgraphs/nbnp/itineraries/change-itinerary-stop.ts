import { perform, pickGiven } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { ChangeItineraryStopInput } from './change-stop.input.js';
import { askSite, checkSite, checkSiteOwner, type KnownSite } from './check-site.js';
import { findStopForChange, writePlan, writeStop, type StopForChange } from './stop-for-change.js';

/** The fields of a stop that say where the group goes, and what it has to know there. */
const placeFields = ['address', 'city', 'meetingPoint', 'contactOnTheSpot', 'note'] as const;

async function findChanging(
  manager: EntityManager,
  input: ChangeItineraryStopInput,
): Promise<StopForChange> {
  const change = await findStopForChange(manager, input);
  checkSiteOwner(input.site, change.stop.hostOwner);
  return change;
}

/**
 * Changes what is planned at a stop, but not its time. Its host must confirm it again, unless only
 * the note or the contact on the spot differ, or a city is named for the first time.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, RETURNED, SITE_ELSEWHERE, MERGED, CLOSED, REHEARSAL
 */
export async function changeItineraryStop(
  context: PartnerContext,
  input: ChangeItineraryStopInput,
): Promise<ItineraryStop> {
  return perform<ItineraryStop, KnownSite | null>(context, {
    name: 'changeItineraryStop',
    input,
    async ask() {
      await findChanging(context.source.manager, input);
      return askSite(context, input.site);
    },
    async write(manager, site) {
      const { stop, programme } = await findChanging(manager, input);
      checkSite(site, programme, stop.day);
      return writeChange(manager, stop, {
        ...(input.title != null && { title: input.title }),
        ...(input.sector != null && { sector: input.sector }),
        ...(input.site !== undefined && { siteId: input.site }),
        ...pickGiven(input, placeFields),
      });
    },
  });
}

/** What a host consents to besides the time: what is shown, and where. */
const consented = ['title', 'sector', 'siteId', 'address', 'city', 'meetingPoint'] as const;

const writeChange = (
  manager: EntityManager,
  stop: ItineraryStop,
  change: Partial<ItineraryStop>,
): Promise<ItineraryStop> => {
  // The first city only says where the place is that the host knows.
  const isSame = consented.every(
    (field) =>
      change[field] === undefined ||
      change[field] === stop[field] ||
      (field === 'city' && stop.city === null),
  );
  return (isSame ? writeStop : writePlan)(manager, stop, change);
};
