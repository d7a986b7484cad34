import { toSearchText } from '@hub/shared/database';
import {
  defineKind,
  enumValue,
  idOf,
  optional,
  prose,
  reference,
  scalar,
  text,
} from '@hub/shared/import';
import { PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Sector, SiteEvidence, countryOf, networkCode } from '@hub/shared/vocabulary';
import { NationalSite } from '../entities/national-site.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `sites.csv` */
export const sites = defineKind({
  name: 'sites',
  about: 'The places in the country that a group can visit.',
  entity: NationalSite,
  columns: {
    name: text('the name in English'),
    sector: enumValue(Object.values(Sector), 'what the site shows'),
    city: optional(text('the city')),
    unit: optional(reference(PoliceUnit, 'unit', 'the police unit that is at home there')),
    organisation: optional(idOf(networkCode, 'another organisation that is at home there')),
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
  check: ({ unit, organisation }) =>
    unit !== null && organisation !== null
      ? [{ column: 'organisation', fault: 'is given although there is a unit' }]
      : [],
  toRecord: ({ unit, organisation, event, ...site }, partner) => ({
    row: {
      ...site,
      country: countryOf(partner),
      unitId: unit,
      organisationId: organisation,
      eventId: event,
      searchText: toSearchText(site.name),
    },
  }),
});
