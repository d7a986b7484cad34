import { checkVersion } from '@hub/shared/mutations';
import type { EntityManager } from 'typeorm';
import {
  checkPreparing,
  checkSendsOfficers,
  findGroupForChange,
  type GroupForChange,
} from '../groups/group-for-change.js';

/**
 * Finds the group for which an officer is accepted or declined, and checks the network’s own rules.
 * @param checkFirst is called before the version is compared
 * @throws HubError `NOT_FOUND` `CONFLICT` `RULE_VIOLATED` CANCELLED, DEPARTED, DIRECTION
 */
export async function findGroupForDecision(
  manager: EntityManager,
  { group, version }: { readonly group: string; readonly version: number },
  checkFirst?: (change: GroupForChange) => void,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, group, 'input.group');
  checkFirst?.(change);
  checkVersion(change.group, version);
  checkPreparing(change, 'input.group');
  checkSendsOfficers(change, 'input.group');
  return change;
}
