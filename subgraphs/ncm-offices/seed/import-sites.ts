import {
  codeReference,
  defineKind,
  enumValue,
  idOf,
  optional,
  prose,
  scalar,
  text,
} from '@hub/shared/import';
import { PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Sector, SiteEvidence, networkCode, russia } from '@hub/shared/vocabulary';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';

/** `sites.csv` */
export const sites = defineKind({
  name: 'sites',
  about: 'The places in Russia that a group can visit.',
  entity: RegionalSite,
  columns: {
    name: text('the name in English'),
    sector: enumValue(Object.values(Sector), 'what the site shows'),
    city: optional(text('the city')),
    region: optional(codeReference(Region, 'region', 'where it is, by ISO 3166-2')),
    organisation: optional(idOf(networkCode, 'the organisation that is at home there')),
    event: optional(idOf(networkCode, 'the event that took place there')),
    kind: optional(text('what kind of place it is: `shelter`')),
    visitedOn: optional(scalar(PartialDateScalar, 'when a group was there')),
    note: optional(prose('anything else')),
    evidence: enumValue(
      Object.values(SiteEvidence),
      'how well it is documented that groups go there',
    ),
    source: optional(scalar(UrlScalar, 'where this is written')),
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
