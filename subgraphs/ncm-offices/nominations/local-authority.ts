import { violateRule } from '@hub/shared/errors';
import { notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { DecideNominationInput } from './delegate-nomination.input.js';

const fewestLetters = 3;

/**
 * A local authority is named so that it can be found again. A blank name is none.
 * @throws HubError `BAD_USER_INPUT`, `RULE_VIOLATED` AUTHORITY
 */
export function checkAuthority({ localAuthority }: DecideNominationInput): void {
  if (localAuthority == null || localAuthority.trim() === '') return;
  const letters = localAuthority.match(/\p{L}/gu) ?? [];
  if (letters.length < fewestLetters) violateRule('AUTHORITY', 'input.localAuthority');
}

/** @throws HubError `RULE_VIOLATED` AUTHORITY for a decision without a local authority */
export function checkHasAuthority({ localAuthority, authority }: DecideNominationInput): void {
  const isNamed = localAuthority != null && localAuthority.trim() !== '';
  if (!isNamed && authority == null) violateRule('AUTHORITY', 'input.localAuthority');
}

/**
 * Asks NBNP for the organisation, if one is given.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askAuthority(
  { askHub }: PartnerContext,
  id: string | null | undefined,
): Promise<void> {
  if (id == null) return;
  if (codes.ownerOf(id) !== codes.networkCode) notFound('input.authority');
  const { organisation } = await askHub(
    'query LocalAuthority($id: ID!) { organisation(id: $id) { id } }',
    { id },
  );
  if (organisation == null) notFound('input.authority');
}
