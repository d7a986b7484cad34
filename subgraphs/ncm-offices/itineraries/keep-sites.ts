import { codes } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import { Claim } from '../entities/claim.entity.js';
import { RegionalSite, SiteClaim } from '../entities/regional-site.entity.js';
import { findRegion } from '../network/find-office.js';

/** How the offices’ own people keep the sites in Russia. */
export const siteKeeping = network.createSites<RegionalSite>({
  entity: RegionalSite,
  claims: SiteClaim,
  claimType: Claim,
  noun: 'RegionalSite',
  countryOf: () => codes.russia,
  isRouted: false,
  place: {
    argument: 'region',
    property: 'regionCode',
    description: 'Code of the region where it is: `RU-MUR`.',
    find: (_context, manager, code) => findRegion(manager, code),
  },
  derive: () => ({}),
});
