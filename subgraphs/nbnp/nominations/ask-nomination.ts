import type { PartnerContext } from '@hub/shared/context';
import { notFound } from '@hub/shared/mutations';
import type { TargetGroup } from '@hub/shared/vocabulary';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/** A nomination as recorded by the police force that made it. */
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

/** The police force’s facts that a decision needs. */
export interface NominationForDecision extends AskedNomination {
  readonly targetGroup: TargetGroup | null;
}

/**
 * Requests an officer’s nominations from her own police force; null if it has no such officer.
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
 * Finds the nomination to decide.
 * @throws HubError `NOT_FOUND` for an unknown officer, or a nomination of another officer or group
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
