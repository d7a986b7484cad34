import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import { confirmationOf } from '../visits/is-confirmed.js';
import { askSite, checkSite, type KnownSite } from './check-site.js';
import { checkTimes } from './check-times.js';
import type { MoveItineraryStopInput, RemoveItineraryStopInput } from './itinerary-stop.input.js';
import { findStopForChange, writePlan, writeStop } from './stop-for-change.js';

/**
 * Refuses a day outside the visit.
 * @throws HubError `RULE_VIOLATED` OUTSIDE_VISIT
 */
export function checkInVisit(day: string, visit: Visit, argument = 'input.day'): void {
  if (!dates.isWithin(day, visit)) violateRule('OUTSIDE_VISIT', argument);
}

type Hours = Pick<ItineraryStop, 'day' | 'from' | 'to'>;

const clockTime = /^\d\d:\d\d$/;

/** Whether a stop takes no other time than its host knows. Hours in words are compared as texts. */
function isInside(next: Hours, stop: Hours): boolean {
  if (next.day !== stop.day) return false;
  if (next.from === stop.from && next.to === stop.to) return true;
  const times = [stop.from, next.from, next.to, stop.to];
  if (!times.every((time) => time !== null && clockTime.test(time))) return false;
  const [from, nextFrom, nextTo, to] = times as readonly string[];
  return (from ?? '') <= (nextFrom ?? '') && (nextTo ?? '') <= (to ?? '');
}

/**
 * Moves a stop to another day or time. Its host must confirm it again, unless it takes no other time
 * than was confirmed.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED` CANCELLED,
 * RETURNED, OUTSIDE_VISIT, MERGED, CLOSED
 */
export async function moveItineraryStop(
  context: PartnerContext,
  input: MoveItineraryStopInput,
): Promise<ItineraryStop> {
  checkTimes(input);
  const { day, from = null, to = null } = input;
  // A stop that was not held is planned again.
  const planned = { status: StopStatus.PLANNED, statusReason: null };
  return perform<ItineraryStop, KnownSite | null>(context, {
    name: 'moveItineraryStop',
    input,
    async ask() {
      const { stop, visit } = await findStopForChange(context.source.manager, input);
      checkInVisit(day, visit);
      const stays = stop.status === planned.status && isInside({ day, from, to }, stop);
      return stays ? null : askSite(context, stop.siteId, 'input.stop');
    },
    async write(manager, site) {
      const { stop, visit, programme } = await findStopForChange(manager, input);
      checkInVisit(day, visit);
      checkSite(site, programme, day, 'input.stop');
      const write = isInside({ day, from, to }, stop) ? writeStop : writePlan;
      return write(manager, stop, { day, from, to, ...planned });
    },
  });
}

/**
 * Refuses to remove a stop of which its host has confirmed any version: the host counts on it.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` CONFIRMED
 */
async function askUnconfirmed(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  stop: ItineraryStop,
): Promise<void> {
  if (stop.networkConfirmedVersion > 0) violateRule('CONFIRMED', 'input.stop');
  const field = confirmationOf(stop);
  if (field === 'networkConfirmedVersion') return;
  const { itineraryStop } = await askHub(
    `query StopToRemove($id: ID!) { itineraryStop(id: $id) { ${field} } }`,
    { id: stop.id },
  );
  const confirmed = (itineraryStop as Partial<ItineraryStop> | null)?.[field] ?? null;
  if (confirmed === null) throw new HubError('PARTNER_UNAVAILABLE', { partner: stop.hostOwner });
  if (confirmed > 0) violateRule('CONFIRMED', 'input.stop');
}

/**
 * Removes a stop that its host has not confirmed from its visit, and returns the visit.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED, RETURNED,
 * CONFIRMED
 */
export function removeItineraryStop(
  context: PartnerContext,
  input: RemoveItineraryStopInput,
): Promise<Visit> {
  return perform<Visit>(context, {
    name: 'removeItineraryStop',
    input,
    async ask() {
      const { stop } = await findStopForChange(context.source.manager, input);
      await askUnconfirmed(context, stop);
    },
    async write(manager) {
      const { stop, visit } = await findStopForChange(manager, input);
      if (stop.networkConfirmedVersion > 0) violateRule('CONFIRMED', 'input.stop');
      await manager.delete(ItineraryStop, { id: stop.id });
      return visit;
    },
  });
}
