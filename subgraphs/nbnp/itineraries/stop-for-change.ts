import { violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange } from '@hub/shared/partner';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { VisitHost } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import {
  checkNotReturned,
  checkTakesPlace,
  findVisitForChange,
  type VisitForChange,
} from '../visits/visit-for-change.js';

/** A stop with the network’s own facts that its rules need, read while no other write runs. */
export interface StopForChange extends VisitForChange {
  readonly stop: ItineraryStop;
}

interface Wanted {
  readonly stop: string;
  readonly version: number;
}

/**
 * Finds a stop to record something about it, also after the return.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` CANCELLED
 */
export async function findStopForRecord(
  manager: EntityManager,
  { stop: id, version }: Wanted,
): Promise<StopForChange> {
  const stop = await findForChange(manager, ItineraryStop, id, 'input.stop');
  const change = await findVisitForChange(manager, stop.visitId, 'input.stop');
  checkVersion(stop, version);
  checkTakesPlace(change, 'input.stop');
  if (stop.status === StopStatus.CALLED_OFF) violateRule('CANCELLED', 'input.stop');
  return { ...change, stop };
}

/**
 * Finds a stop to change its plan.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, RETURNED
 */
export async function findStopForChange(
  manager: EntityManager,
  wanted: Wanted,
): Promise<StopForChange> {
  const change = await findStopForRecord(manager, wanted);
  checkNotReturned(change, 'input.stop');
  return change;
}

/**
 * Finds who answers for a stop: the host of its visit in its country.
 * @throws HubError `RULE_VIOLATED` HOST_COUNTRY if the country does not host the visit
 */
export async function findHost(
  manager: EntityManager,
  visitId: string,
  country: string,
  argument: string,
): Promise<VisitHost> {
  const host = await manager.findOneBy(VisitHost, { visitId, country });
  return host ?? violateRule('HOST_COUNTRY', argument, 'STOP_ABROAD');
}

/** Writes what became of a stop as its next version. A confirmation of its plan stays valid. */
export async function writeStop(
  manager: EntityManager,
  stop: ItineraryStop,
  change: Partial<ItineraryStop>,
): Promise<ItineraryStop> {
  const next = { ...change, version: stop.version + 1 };
  await manager.update(ItineraryStop, { id: stop.id }, next);
  return Object.assign(stop, next);
}

/** Writes a new plan of a stop as its next version, which its host must confirm. */
export const writePlan = (
  manager: EntityManager,
  stop: ItineraryStop,
  change: Partial<ItineraryStop>,
): Promise<ItineraryStop> => writeStop(manager, stop, { ...change, planVersion: stop.version + 1 });
