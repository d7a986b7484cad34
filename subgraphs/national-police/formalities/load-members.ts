import type { PartnerContext } from '@hub/shared/policy';
import { readNetworkDecisions } from '../access/network-decisions.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

/**
 * This police force’s members of a group: the nominees whom the network has accepted and not
 * released. The network is asked only if a nomination is not withdrawn.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function loadMemberIds(context: PartnerContext, groupId: string): Promise<string[]> {
  const nominations = await context.loaders.many(OfficerNomination, 'groupId').load(groupId);
  const standing = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (standing.length === 0) return [];
  const decisions = await readNetworkDecisions(context, groupId);
  const ids = standing
    .map(({ officerId }) => officerId)
    .filter((id) => decisions?.accepted.has(id));
  return [...new Set(ids)];
}
