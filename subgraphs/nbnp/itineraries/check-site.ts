import { HubError, violateRule } from '@hub/shared/errors';
import { checkNotInvented, notFound, type Rehearsable } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';

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
  const owner = codes.ownerOf(site);
  if (!codes.isPoliceCode(owner) && owner !== codes.officesCode) notFound('input.site');
  if (owner !== codes.hostOf(hostCountry)) violateRule('SITE_ELSEWHERE', 'input.site');
}

/**
 * Asks the owner of the country’s sites for this site; null if none is given.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { site, hostCountry: country }: VisitedSite,
): Promise<Rehearsable | null> {
  if (site == null) return null;
  const { sites } =
    country === codes.russia
      ? await askHub(
          'query SitesOfOffices { sites: regionalSites(rehearsals: true) { id isRehearsal } }',
        )
      : await askHub(
          'query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country, rehearsals: true }) { id isRehearsal } }',
          { country },
        );
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.hostOf(country) });
  const known = sites as readonly (Rehearsable & { readonly id: string })[];
  return known.find(({ id }) => id === site) ?? notFound('input.site');
}

/** @throws HubError `RULE_VIOLATED` REHEARSAL for a site that was made for rehearsals */
export function checkSite(site: Rehearsable | null, programme: Rehearsable): void {
  if (site) checkNotInvented(site, programme, 'input.site');
}
