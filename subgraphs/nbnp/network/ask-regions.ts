import type { PartnerContext } from '@hub/shared/policy';

/**
 * Finds the first of these regions that the offices do not know. No regions need no request.
 * @returns its place in the list
 * @throws HubError `PARTNER_…`
 */
export async function findUnknownRegion(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  codes: readonly string[],
): Promise<number | undefined> {
  if (codes.length === 0) return undefined;
  const { regions } = await askHub('query KnownRegions { regions { code } }');
  const known = new Set((regions as readonly { readonly code: string }[]).map(({ code }) => code));
  const place = codes.findIndex((code) => !known.has(code));
  return place < 0 ? undefined : place;
}
