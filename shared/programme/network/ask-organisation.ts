import { violateRule } from '../../errors/rules.js';
import { notFound } from '../../partner/mutations/find-for-change.js';
import { askWithLater } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';

/**
 * Asks NBNP for an organisation that an input names.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` MERGED, `PARTNER_…`
 */
export async function askOrganisation(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
  argument: string,
): Promise<void> {
  const { organisation } = await askWithLater(
    (later) =>
      askHub(`query NamedOrganisation($id: ID!) { organisation(id: $id) { id${later} } }`, { id }),
    ' mergedInto { id }',
  );
  const found = organisation as { readonly mergedInto?: unknown } | null | undefined;
  if (found == null) notFound(argument);
  if (found.mergedInto != null) violateRule('MERGED', argument);
}
