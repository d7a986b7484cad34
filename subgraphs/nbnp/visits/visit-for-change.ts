import { violateRule } from '@hub/shared/errors';
import { findForChange } from '@hub/shared/partner';
import type { EntityManager } from 'typeorm';
import { Visit } from '../entities/visit.entity.js';
import {
  checkNotCancelled,
  findGroupForChange,
  type GroupForChange,
} from '../groups/group-for-change.js';

/** A visit with the network’s own facts that its rules need, read while no other write runs. */
export interface VisitForChange extends GroupForChange {
  readonly visit: Visit;
}

/**
 * Finds a visit with its group.
 * @throws HubError `NOT_FOUND` with the argument that named the visit
 */
export async function findVisitForChange(
  manager: EntityManager,
  id: string,
  argument: string,
): Promise<VisitForChange> {
  const visit = await findForChange(manager, Visit, id, argument);
  return { visit, ...(await findGroupForChange(manager, visit.groupId, argument)) };
}

/**
 * Refuses changes of a cancelled visit, and of a visit of a cancelled group.
 * @throws HubError `RULE_VIOLATED` CANCELLED
 */
export function checkTakesPlace(change: VisitForChange, argument: string): void {
  checkNotCancelled(change, argument);
  if (change.visit.cancelledOn !== null) violateRule('CANCELLED', argument);
}

/**
 * Refuses changes of a visit that has returned, and of one that does not take place.
 * @throws HubError `RULE_VIOLATED` CANCELLED, RETURNED
 */
export function checkNotReturned(change: VisitForChange, argument: string): void {
  checkTakesPlace(change, argument);
  if (change.visit.returnedOn !== null) violateRule('RETURNED', argument);
}

/** Writes a change of a visit as its next version, and returns the visit. */
export async function writeVisit(
  manager: EntityManager,
  visit: Visit,
  change: Partial<Visit>,
): Promise<Visit> {
  const changes = { ...change, version: visit.version + 1 };
  await manager.update(Visit, { id: visit.id }, changes);
  return Object.assign(visit, changes);
}
