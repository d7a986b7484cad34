import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import { checkNotReturned, findVisitForChange } from '../visits/visit-for-change.js';
import { checkInVisit } from './change-itinerary.js';
import type { ResumeItineraryStopInput } from './change-stop.input.js';
import { askSite, checkSite, type KnownSite } from './check-site.js';
import { findHost, writePlan } from './stop-for-change.js';

const argument = 'input.stop';

/** Checks a stop that was called off by the network’s own rules. */
async function findResuming(manager: EntityManager, input: ResumeItineraryStopInput) {
  const stop = await findForChange(manager, ItineraryStop, input.stop, argument);
  const change = await findVisitForChange(manager, stop.visitId, argument);
  checkVersion(stop, input.version);
  checkNotReturned(change, argument);
  if (stop.status !== StopStatus.CALLED_OFF) violateRule('NOT_CALLED_OFF', argument);
  const host = await findHost(manager, stop.visitId, stop.hostCountry, argument);
  checkInVisit(stop.day, change.visit, argument);
  return { stop, host, programme: change.programme };
}

/**
 * Plans a stop again that was called off by mistake. Its host was told that it is off, and must
 * confirm it again. The visit may have been changed since.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, RETURNED,
 * NOT_CALLED_OFF, HOST_COUNTRY, OUTSIDE_VISIT, MERGED, CLOSED
 */
export const resumeItineraryStop = (
  context: PartnerContext,
  input: ResumeItineraryStopInput,
): Promise<ItineraryStop> =>
  perform<ItineraryStop, KnownSite | null>(context, {
    name: 'resumeItineraryStop',
    input,
    async ask() {
      const { stop } = await findResuming(context.source.manager, input);
      return askSite(context, stop.siteId, argument);
    },
    async write(manager, site) {
      const { stop, host, programme } = await findResuming(manager, input);
      checkSite(site, programme, stop.day, argument);
      return writePlan(manager, stop, {
        status: StopStatus.PLANNED,
        statusReason: null,
        calledOffOn: null,
        hostOwner: host.owner,
      });
    },
  });
