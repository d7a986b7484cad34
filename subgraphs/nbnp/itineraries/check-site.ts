import type { PartnerContext } from '@hub/shared/context';
import { HubError, violateRule } from '@hub/shared/errors';
import { notFound } from '@hub/shared/mutations';
import { hostOf, isPoliceCode, officesCode, ownerOf, russia } from '@hub/shared/vocabulary';

/** The site that a stop visits, and the country that hosts the stop. */
interface VisitedSite {
  readonly site?: string | null;
  readonly hostCountry: string;
}

/**
 * A stop’s site must belong to the organisation that arranges visits in the country of the stop.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` SITE_ELSEWHERE
 */
export function checkSiteOwner({ site, hostCountry }: VisitedSite): void {
  if (site == null) return;
  const owner = ownerOf(site);
  if (!isPoliceCode(owner) && owner !== officesCode) notFound('input.site');
  if (owner !== hostOf(hostCountry)) violateRule('SITE_ELSEWHERE', 'input.site');
}

/**
 * Asks the owner of the country’s sites whether this site exists.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { site, hostCountry: country }: VisitedSite,
): Promise<void> {
  if (site == null) return;
  const { sites } =
    country === russia
      ? await askHub('query SitesOfOffices { sites: regionalSites { id } }')
      : await askHub(
          'query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country }) { id } }',
          { country },
        );
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: hostOf(country) });
  if (!(sites as readonly { readonly id: string }[]).some(({ id }) => id === site)) {
    notFound('input.site');
  }
}
