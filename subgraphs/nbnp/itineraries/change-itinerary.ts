import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, perform } from '@hub/shared/mutations';
import { isWithin } from '@hub/shared/scalars';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import {
  checkNotReturned,
  findVisitForChange,
  type VisitForChange,
} from '../visits/visit-for-change.js';
import { checkTimes } from './check-times.js';
import type { MoveItineraryStopInput, RemoveItineraryStopInput } from './itinerary-stop.input.js';

/** @throws HubError `RULE_VIOLATED` OUTSIDE_VISIT */
export function checkInVisit(day: string, visit: Visit): void {
  if (!isWithin(day, visit)) violateRule('OUTSIDE_VISIT', 'input.day');
}

async function findStopForChange(
  manager: EntityManager,
  { stop: id, version }: RemoveItineraryStopInput,
): Promise<VisitForChange & { readonly stop: ItineraryStop }> {
  const stop = await findForChange(manager, ItineraryStop, id, 'input.stop');
  const change = await findVisitForChange(manager, stop.visitId, 'input.stop');
  checkVersion(stop, version);
  checkNotReturned(change, 'input.stop');
  return { ...change, stop };
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
      const changes = { day, from, to, version: stop.version + 1 };
      await manager.update(ItineraryStop, { id: stop.id }, changes);
      return Object.assign(stop, changes);
    },
  });
}

/**
 * Removes a stop from its visit, and returns the visit.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, RETURNED
 */
export function removeItineraryStop(
  context: PartnerContext,
  input: RemoveItineraryStopInput,
): Promise<Visit> {
  return perform<Visit>(context, {
    name: 'removeItineraryStop',
    input,
    async write(manager) {
      const { stop, visit } = await findStopForChange(manager, input);
      await manager.delete(ItineraryStop, { id: stop.id });
      return visit;
    },
  });
}
