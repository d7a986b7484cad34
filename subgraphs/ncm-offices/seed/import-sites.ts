import { codeReference, defineKind, idOf, optional } from '@hub/shared/import';
import { networkCode, russia } from '@hub/shared/policy';
import { siteColumns } from '@hub/shared/programme';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';

/** `sites.csv` */
export const sites = defineKind({
  name: 'sites',
  about: 'The places in Russia that a group can visit.',
  entity: RegionalSite,
  columns: {
    ...siteColumns,
    region: optional(codeReference(Region, 'region', 'where it is, by ISO 3166-2')),
    organisation: optional(idOf(networkCode, 'the organisation at this place')),
  },
  toRecord: ({ region, organisation, event, ...site }) => ({
    row: {
      ...site,
      country: russia,
      regionCode: region,
      organisationId: organisation,
      eventId: event,
    },
  }),
});
