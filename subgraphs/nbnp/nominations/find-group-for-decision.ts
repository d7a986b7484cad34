import type { EntityManager } from 'typeorm';
import {
  checkPreparing,
  checkSendsOfficers,
  findGroupForChange,
  type GroupForChange,
} from '../groups/group-for-change.js';

/**
 * Finds the group for which an officer is accepted or declined, and checks the network’s own rules.
 * Decisions on different people do not depend on each other, so none depends on its version.
 * @param checkFirst is called before the rules
 * @throws HubError `NOT_FOUND` `RULE_VIOLATED` CANCELLED, DEPARTED, DIRECTION
 */
export async function findGroupForDecision(
  manager: EntityManager,
  { group }: { readonly group: string },
  checkFirst?: (change: GroupForChange) => void,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, group, 'input.group');
  checkFirst?.(change);
  checkPreparing(change, 'input.group');
  checkSendsOfficers(change, 'input.group');
  return change;
}
