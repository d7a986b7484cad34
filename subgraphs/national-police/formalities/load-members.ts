import type { PartnerContext } from '@hub/shared/context';
import { createDecisionReader } from '@hub/shared/policy';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

interface GroupResponse {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
}

const readAccepted = createDecisionReader<ReadonlySet<string>>({
  field: 'group',
  // The network’s own field, so that no other partner can be missing.
  selection: '{ acceptedOfficers { id } }',
  read: ({ acceptedOfficers }: GroupResponse) =>
    new Set((acceptedOfficers ?? []).flatMap((one) => one?.id ?? [])),
});

/**
 * This police force’s members of a group: the nominees whom the network has accepted and not
 * released. The network is asked only if a nomination is not withdrawn.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function loadMemberIds(context: PartnerContext, groupId: string): Promise<string[]> {
  const nominations = await context.loaders.many(OfficerNomination, 'groupId').load(groupId);
  const standing = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (standing.length === 0) return [];
  const accepted = await readAccepted(context, groupId);
  const ids = standing.map(({ officerId }) => officerId).filter((id) => accepted?.has(id));
  return [...new Set(ids)];
}
