import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkNotInvented, notFound, type Rehearsable } from '@hub/shared/partner';
import { askWithLater, codes, type PartnerContext } from '@hub/shared/policy';

/**
 * A stop’s site must belong to the organisation that arranges visits in the country of the stop. An
 * organisation without a partner has no sites.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` SITE_ELSEWHERE
 */
export function checkSiteOwner(
  site: string | null | undefined,
  hostOwner: string,
  argument = 'input.site',
): void {
  if (site == null) return;
  const owner = codes.ownerOf(site);
  if (!codes.isPoliceCode(owner) && owner !== codes.officesCode) notFound(argument);
  if (owner !== hostOwner) violateRule('SITE_ELSEWHERE', argument);
}

/** What the owner of a site says of it. */
export interface KnownSite extends Rehearsable {
  readonly id: string;
  readonly city?: string | null;
  readonly closedOn?: string | null;
  readonly mergedInto?: { readonly id: string } | null;
}

/**
 * Asks the owner of this site for it; null if none is given.
 * @param argument the place in the input that names the site, or the stop that is planned at it
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askSite(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  site: string | null | undefined,
  argument = 'input.site',
): Promise<KnownSite | null> {
  if (site == null) return null;
  const owner = codes.ownerOf(site);
  const ask = (later: string) => {
    const fields = `{ id isRehearsal${later} }`;
    const all = `rehearsals: true${later && ', merged: true'}`;
    return owner === codes.officesCode
      ? askHub(`query SitesOfOffices { sites: regionalSites(${all}) ${fields} }`)
      : askHub(
          `query SitesOfCountry($country: CountryCode!) { sites: nationalSites(filter: { country: $country, ${all} }) ${fields} }`,
          { country: codes.countryOf(owner) },
        );
  };
  const { sites } = await askWithLater(ask, ' closedOn mergedInto { id }');
  if (!sites) throw new HubError('PARTNER_UNAVAILABLE', { partner: owner });
  const known = sites as readonly KnownSite[];
  return known.find(({ id }) => id === site) ?? notFound(argument);
}

/** Whether groups can visit a site on a day. */
export const isOpenOn = ({ closedOn = null }: KnownSite, day: string): boolean =>
  dates.doOverlap({ startsOn: null, endsOn: closedOn }, { startsOn: day, endsOn: day });

/**
 * Checks the site of a stop on a day.
 * @throws HubError `RULE_VIOLATED` REHEARSAL for a site that was made for rehearsals, MERGED, CLOSED
 */
export function checkSite(
  site: KnownSite | null,
  programme: Rehearsable,
  day: string,
  argument = 'input.site',
): void {
  if (!site) return;
  checkNotInvented(site, programme, argument);
  if (site.mergedInto) violateRule('MERGED', argument);
  if (!isOpenOn(site, day)) violateRule('CLOSED', argument);
}
