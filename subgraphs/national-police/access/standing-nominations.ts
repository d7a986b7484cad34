import type { PartnerContext } from '@hub/shared/policy';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { readNetworkDecisions } from './network-decisions.js';

/**
 * The nominations of a group that are neither withdrawn nor declined by the network. The network is
 * asked only if one is not withdrawn.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function keepStanding(
  context: PartnerContext,
  groupId: string,
  nominations: readonly OfficerNomination[],
): Promise<OfficerNomination[]> {
  const kept = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (kept.length === 0) return kept;
  const decisions = await readNetworkDecisions(context, groupId);
  return kept.filter(({ id }) => !decisions?.declined.has(id));
}
