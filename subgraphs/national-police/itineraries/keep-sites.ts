import { textSearch } from '@hub/shared/database';
import { refuseInput } from '@hub/shared/errors';
import { codes } from '@hub/shared/policy';
import { network } from '@hub/shared/programme';
import { Claim } from '../entities/claim.entity.js';
import { NationalSite, SiteClaim } from '../entities/national-site.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';

/** How the police force’s own people keep its sites. */
export const siteKeeping = network.createSites<NationalSite>({
  entity: NationalSite,
  claims: SiteClaim,
  claimType: Claim,
  noun: 'NationalSite',
  countryOf: ({ partner }) => codes.countryOf(partner),
  isRouted: true,
  place: {
    argument: 'unit',
    property: 'unitId',
    description: 'Id of the unit of this police force that arranges visits to it.',
    rules: ['MERGED'],
    find: findOwnUnit,
  },
  check({ unitId, organisationId }) {
    if (unitId === null || organisationId === null) return;
    refuseInput('input.organisation', 'A site must not be of a unit and of another organisation.');
  },
  derive: ({ name }) => ({ searchText: textSearch.toSearchText(name) }),
});
