import { codes, type PartnerContext } from '@hub/shared/policy';

interface Member {
  readonly code: string;
  readonly membership: string;
}

/**
 * The countries whose police are in the network. The hub is asked only if one of these is not among those that the
 * network began with: another police force may have joined since.
 * @throws HubError `PARTNER_…`
 */
export async function askMemberCountries(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  countries: readonly string[],
): Promise<ReadonlySet<string>> {
  const known = new Set(codes.memberCountries);
  if (
    countries.every((country) => known.has(country) || !codes.isPoliceCode(country.toLowerCase()))
  )
    return known;
  const { partners } = await askHub('query NetworkMembers { partners { code membership } }');
  for (const { code, membership } of (partners ?? []) as readonly Member[])
    if (codes.isPoliceCode(code) && membership !== 'REMOVED') known.add(codes.countryOf(code));
  return known;
}
