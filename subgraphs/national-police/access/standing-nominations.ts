import type { PartnerContext } from '@hub/shared/context';
import { createDecisionReader } from '@hub/shared/policy';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

interface GroupResponse {
  readonly declinedNominations?: readonly ({ readonly id: string } | null)[] | null;
}

const readDeclined = createDecisionReader<ReadonlySet<string>>({
  field: 'group',
  // The network’s own field, so that no other partner can be missing.
  selection: '{ declinedNominations { id } }',
  read({ declinedNominations }: GroupResponse) {
    return new Set((declinedNominations ?? []).flatMap((one) => one?.id ?? []));
  },
});

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
  const declined = await readDeclined(context, groupId);
  return kept.filter(({ id }) => !declined?.has(id));
}
