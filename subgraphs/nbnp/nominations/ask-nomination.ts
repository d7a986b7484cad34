import type { PartnerContext } from '@hub/shared/context';
import { notFound } from '@hub/shared/mutations';
import type { TargetGroup } from '@hub/shared/vocabulary';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/** A nomination as the police that made it knows it. */
interface AskedNomination {
  readonly id: string;
  readonly groupId: string;
  readonly nominatedOn: string;
  readonly withdrawnOn: string | null;
}

interface AskedOfficer {
  readonly targetGroup: TargetGroup | null;
  readonly nominations: readonly AskedNomination[] | null;
}

/** What a decision looks at of the police’s. */
export interface NominationForDecision extends AskedNomination {
  readonly targetGroup: TargetGroup | null;
}

/**
 * Asks an officer’s own police, and nobody else, for what it has nominated her for; null where it has no such officer.
 * @throws HubError `PARTNER_…`
 */
export async function askOfficer(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<AskedOfficer | null> {
  const { officer } = await askHub(
    `query NominationsOf($id: ID!) {
      officer(id: $id) { targetGroup nominations { id groupId nominatedOn withdrawnOn } }
    }`,
    { id },
  );
  return (officer ?? null) as AskedOfficer | null;
}

/**
 * The nomination that a decision is about.
 * @throws HubError `NOT_FOUND` where there is no such officer, or the nomination is not hers or not for the group
 */
export function chooseNomination(
  officer: AskedOfficer | null,
  input: Pick<AcceptOfficerInput, 'group' | 'nomination'>,
): NominationForDecision {
  if (!officer) notFound('input.officer');
  const nomination = officer.nominations?.find(
    ({ id, groupId }) => id === input.nomination && groupId === input.group,
  );
  if (!nomination) notFound('input.nomination');
  return { ...nomination, targetGroup: officer.targetGroup };
}
