import type { PartnerContext } from '@hub/shared/context';
import { coordinators, hasRole, isOwnStaff, organisationOf } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { readGroupFacts } from './group-facts.js';

/** The groups that the offices have selected a delegate for: a nomination alone makes nobody one of a group. */
export async function loadGroupIds(
  { loaders }: PartnerContext,
  delegateId: string,
): Promise<readonly string[]> {
  const nominations = await loaders.many(DelegateNomination, 'delegateId').load(delegateId);
  const selected = nominations.filter(({ status }) => status === NominationStatus.SELECTED);
  return [...new Set(selected.map(({ groupId }) => groupId))];
}

/** Of the people of these groups: the network, and the polices that host one of the visits. */
export async function isReaderOfMember(
  context: PartnerContext,
  groupIds: readonly string[],
): Promise<boolean> {
  const organisation = organisationOf(context.reader);
  if (organisation === networkCode) return groupIds.length > 0;
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some((group) => group?.hosts.has(organisation));
}

/** Who a delegate is: for the offices; of those in a group, for those who arrange it or host. */
export async function decideIdentity(
  context: PartnerContext,
  delegateId: string,
): Promise<boolean> {
  if (isOwnStaff(context)) return true;
  if (!hasRole(context.reader, coordinators)) return false;
  return isReaderOfMember(context, await loadGroupIds(context, delegateId));
}
