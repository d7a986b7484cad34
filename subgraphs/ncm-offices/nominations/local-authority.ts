import { violateRule } from '@hub/shared/errors';
import { notFound } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import type { PlannedGroup } from '../groups/ask-group.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';

const fewestLetters = 3;

/**
 * A local authority is named so that it can be found again. A blank name is none.
 * @throws HubError `BAD_USER_INPUT`, `RULE_VIOLATED` AUTHORITY
 */
export function checkAuthority({
  localAuthority,
}: Pick<DecideNominationInput, 'localAuthority'>): void {
  if (localAuthority == null || localAuthority.trim() === '') return;
  const letters = localAuthority.match(/\p{L}/gu) ?? [];
  if (letters.length < fewestLetters) violateRule('AUTHORITY', 'input.localAuthority');
}

/**
 * A local authority decides together with the office: in a documented direction any, and where sides
 * decide one of those that the first side names, if it names some.
 * @throws HubError `RULE_VIOLATED` AUTHORITY
 */
export function checkHasAuthority(
  { sides: group }: PlannedGroup,
  { localAuthority, authority }: DecideNominationInput,
): void {
  if (group.direction === null) {
    const named = group.from.selectors?.filter((id) => codes.ownerOf(id) === codes.networkCode);
    if (named?.length && !named.includes(authority ?? ''))
      violateRule('AUTHORITY', 'input.authority');
    return;
  }
  const isNamed = localAuthority != null && localAuthority.trim() !== '';
  if (!isNamed && authority == null) violateRule('AUTHORITY', 'input.localAuthority');
}

/**
 * Asks NBNP for the organisation, if one is given.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askAuthority(
  context: PartnerContext,
  id: string | null | undefined,
): Promise<void> {
  if (id == null) return;
  if (codes.ownerOf(id) !== codes.networkCode) notFound('input.authority');
  await network.askOrganisation(context, id, 'input.authority');
}
