import { toSearchText } from '@hub/shared/database';
import { defineKind, idOf, optional, reference } from '@hub/shared/import';
import { countryOf, networkCode } from '@hub/shared/policy';
import { siteColumns } from '@hub/shared/programme';
import { NationalSite } from '../entities/national-site.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `sites.csv` */
export const sites = defineKind({
  name: 'sites',
  about: 'The places in the country that a group can visit.',
  entity: NationalSite,
  columns: {
    ...siteColumns,
    unit: optional(reference(PoliceUnit, 'unit', 'the police unit at this place')),
    organisation: optional(idOf(networkCode, 'another organisation at this place')),
  },
  check: ({ unit, organisation }) =>
    unit !== null && organisation !== null
      ? [{ column: 'organisation', fault: 'must not be given together with a unit' }]
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
