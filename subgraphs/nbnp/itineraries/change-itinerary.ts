import type { PartnerContext } from '@hub/shared/context';
import { HubError, violateRule } from '@hub/shared/errors';
import { perform } from '@hub/shared/mutations';
import { isWithin } from '@hub/shared/scalars';
import { hostOf, russia } from '@hub/shared/vocabulary';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import { confirmedVersionOf } from '../visits/is-confirmed.js';
import { checkTimes } from './check-times.js';
import type { MoveItineraryStopInput, RemoveItineraryStopInput } from './itinerary-stop.input.js';
import { findStopForChange, writePlan } from './stop-for-change.js';

/**
 * Refuses a day outside the visit.
 * @throws HubError `RULE_VIOLATED` OUTSIDE_VISIT
 */
export function checkInVisit(day: string, visit: Visit, argument = 'input.day'): void {
  if (!isWithin(day, visit)) violateRule('OUTSIDE_VISIT', argument);
}

/**
 * Moves a stop to another day or time. Its host must confirm the new version.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, RETURNED,
 * OUTSIDE_VISIT
 */
export async function moveItineraryStop(
  context: PartnerContext,
  input: MoveItineraryStopInput,
): Promise<ItineraryStop> {
  checkTimes(input);
  const { day, from = null, to = null } = input;
  return perform<ItineraryStop>(context, {
    name: 'moveItineraryStop',
    input,
    async write(manager) {
      const { stop, visit } = await findStopForChange(manager, input);
      checkInVisit(day, visit);
      // A stop that was not held is planned again.
      const planned = { status: StopStatus.PLANNED, statusReason: null };
      return writePlan(manager, stop, { day, from, to, ...planned });
    },
  });
}

/**
 * Refuses to remove a stop of which its host has confirmed any version: the host counts on it.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` CONFIRMED
 */
async function askUnconfirmed(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { id, hostCountry }: ItineraryStop,
): Promise<void> {
  const field = hostCountry === russia ? 'officeConfirmedVersion' : 'hostConfirmedVersion';
  const { itineraryStop } = await askHub(
    `query StopToRemove($id: ID!) { itineraryStop(id: $id) { ${field} } }`,
    { id },
  );
  const confirmed = confirmedVersionOf({ hostCountry, ...(itineraryStop as object | null) });
  if (confirmed === null) {
    throw new HubError('PARTNER_UNAVAILABLE', { partner: hostOf(hostCountry) });
  }
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
      await manager.delete(ItineraryStop, { id: stop.id });
      return visit;
    },
  });
}
