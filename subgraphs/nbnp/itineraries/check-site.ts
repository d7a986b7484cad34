import { HubError, violateRule } from '@hub/shared/errors';
import { checkNotInvented, notFound, type Rehearsable } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { VisitHost } from '../entities/visit.entity.js';

/**
 * A stop’s site must belong to the organisation that arranges visits in the country of the stop. An
 * organisation without a partner has no sites.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` SITE_ELSEWHERE
 */
export function checkSiteOwner(site: string | null | undefined, hostOwner: string): void {
  if (site == null) return;
  const owner = codes.ownerOf(site);
  if (!codes.isPoliceCode(owner) && owner !== codes.officesCode) notFound('input.site');
  if (owner !== hostOwner) violateRule('SITE_ELSEWHERE', 'input.site');
}

/**
 * Asks the owner of the country’s sites for this site; null if none is given.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  site: string | null | undefined,
  { country, owner }: Pick<VisitHost, 'country' | 'owner'>,
): Promise<Rehearsable | null> {
  if (site == null) return null;
  const { sites } =
    owner === codes.officesCode
      ? await askHub(
          'query SitesOfOffices { sites: regionalSites(rehearsals: true) { id isRehearsal } }',
        )
      : await askHub(
          'query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country, rehearsals: true }) { id isRehearsal } }',
          { country },
        );
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: owner });
  const known = sites as readonly (Rehearsable & { readonly id: string })[];
  return known.find(({ id }) => id === site) ?? notFound('input.site');
}

/** @throws HubError `RULE_VIOLATED` REHEARSAL for a site that was made for rehearsals */
export function checkSite(site: Rehearsable | null, programme: Rehearsable): void {
  if (site) checkNotInvented(site, programme, 'input.site');
}
