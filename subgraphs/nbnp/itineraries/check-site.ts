import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkNotInvented, notFound, type Rehearsable } from '@hub/shared/partner';
import { askWithLater, codes, type PartnerContext } from '@hub/shared/policy';
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

/** What the owner of a site says of it. */
export interface KnownSite extends Rehearsable {
  readonly id: string;
  readonly closedOn?: string | null;
}

/**
 * Asks the owner of the country’s sites for this site; null if none is given.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  site: string | null | undefined,
  { country, owner }: Pick<VisitHost, 'country' | 'owner'>,
): Promise<KnownSite | null> {
  if (site == null) return null;
  const ask = (later: string) => {
    const fields = `{ id isRehearsal${later} }`;
    return owner === codes.officesCode
      ? askHub(`query SitesOfOffices { sites: regionalSites(rehearsals: true) ${fields} }`)
      : askHub(
          `query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country, rehearsals: true }) ${fields} }`,
          { country },
        );
  };
  const { sites } = await askWithLater(ask, ' closedOn');
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: owner });
  const known = sites as readonly KnownSite[];
  return known.find(({ id }) => id === site) ?? notFound('input.site');
}

/**
 * Checks the site of a stop on a day.
 * @throws HubError `RULE_VIOLATED` REHEARSAL for a site that was made for rehearsals, CLOSED
 */
export function checkSite(site: KnownSite | null, programme: Rehearsable, day: string): void {
  if (!site) return;
  checkNotInvented(site, programme, 'input.site');
  const open = { startsOn: null, endsOn: site.closedOn ?? null };
  if (!dates.doOverlap(open, { startsOn: day, endsOn: day })) violateRule('CLOSED', 'input.site');
}
