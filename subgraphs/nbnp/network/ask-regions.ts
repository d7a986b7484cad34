import type { PartnerContext } from '@hub/shared/context';

/**
 * Whether the offices know all of these regions. No regions need no request.
 * @throws HubError `PARTNER_…`
 */
export async function areKnownRegions(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  codes: readonly string[],
): Promise<boolean> {
  if (codes.length === 0) return true;
  const { regions } = await askHub('query KnownRegions { regions { code } }');
  const known = new Set((regions as readonly { readonly code: string }[]).map(({ code }) => code));
  return codes.every((code) => known.has(code));
}
