import { textSearch } from '@hub/shared/database';
import { dates } from '@hub/shared/graphql';
import { cell, defineKind } from '@hub/shared/import';
import { codes } from '@hub/shared/policy';
import { network, vocabulary } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { experts } from './import-experts.js';

/** `units.csv` */
const units = defineKind({
  name: 'units',
  about: 'The police force, its units and schools, in which officers and experts serve.',
  entity: PoliceUnit,
  columns: {
    name: cell.text('the name in English'),
    acronym: cell.optional(cell.text('the acronym')),
    variants: cell.listOf(cell.text('other names that sources use')),
    city: cell.optional(cell.text('the city')),
    validFrom: cell.partialDate('when it was founded'),
    validTo: cell.partialDate('when it ended'),
    parent: cell.optional(cell.reference(PoliceUnit, 'unit', 'the unit that it is part of')),
    kind: cell.optional(cell.text('what kind of unit it is: `police_unit`')),
    note: cell.optional(cell.prose('its role, and anything else')),
    ...cell.statedColumns,
  },
  partOf: { column: 'parent', property: 'parentId' },
  same: network.sameBy('country'),
  initial: { mergedIntoId: null },
  check: ({ validFrom, validTo }) =>
    dates.isEarlier(validTo, validFrom)
      ? [{ column: 'validTo', fault: 'is before validFrom' }]
      : [],
  toRecord: ({ parent, ...unit }, partner) => ({
    row: {
      ...unit,
      country: codes.countryOf(partner),
      parentId: parent,
      searchText: textSearch.toSearchText(unit.name, unit.acronym, ...unit.variants),
    },
  }),
});

const { name, email, targetGroup, languages, isRehearsal } = vocabulary.personColumns;

/** `officers.csv` */
const officers = defineKind({
  name: 'officers',
  about: 'The officers whom this police force can nominate.',
  entity: Officer,
  columns: {
    name,
    email,
    rank: cell.optional(cell.text('the rank, in the police force’s own words')),
    unit: cell.reference(PoliceUnit, 'unit', 'where the officer serves'),
    targetGroup,
    languages,
    isRehearsal,
  },
  same: textSearch.samePerson,
  isErased: ({ name }) => name === null,
  toRecord: ({ id, unit, languages, ...officer }) => ({
    row: { id, ...officer, unitId: unit },
    lists: [
      {
        entity: OfficerLanguage,
        owner: 'officerId',
        rows: languages.map((language, position) => ({ officerId: id, language, position })),
      },
    ],
  }),
});

/** `sites.csv` */
const sites = defineKind({
  name: 'sites',
  about: 'The places in the country that a group can visit.',
  entity: NationalSite,
  same: network.sameBy('city'),
  initial: { mergedIntoId: null },
  columns: {
    ...vocabulary.siteColumns,
    unit: cell.optional(cell.reference(PoliceUnit, 'unit', 'the police unit at this place')),
    organisation: cell.optional(cell.idOf(codes.networkCode, 'another organisation at this place')),
  },
  check: ({ unit, organisation }) =>
    unit !== null && organisation !== null
      ? [{ column: 'organisation', fault: 'must not be given together with a unit' }]
      : [],
  toRecord: ({ unit, organisation, event, ...site }, partner) => ({
    row: {
      ...site,
      country: codes.countryOf(partner),
      unitId: unit,
      organisationId: organisation,
      eventId: event,
      searchText: textSearch.toSearchText(site.name),
    },
  }),
});

/** `hostings.csv` */
const hostings = defineKind({
  name: 'hostings',
  about:
    'What units arrange for visits. A new one is an offer, until `confirmHosting` confirms it.',
  entity: Hosting,
  columns: {
    unit: cell.reference(PoliceUnit, 'unit', 'the unit that hosts; it stays the same'),
    ...vocabulary.hostingColumns,
  },
  lasting: { unit: 'unitId', visitId: 'visitId' },
  initial: { status: 'OFFERED', confirmedOn: null, confirmedVersion: null, withdrawnOn: null },
  toRecord: ({ unit, ...hosting }) => ({ row: { ...hosting, unitId: unit } }),
});

/** `contactPoints.csv` */
const contactPoints = network.defineContactPoints(
  ContactPoint,
  cell.reference(PoliceUnit, 'unit', 'the unit that is reached'),
);

/** The kinds of files that a police force can import. */
export const importKinds = [officers, experts, sites, units, hostings, contactPoints];
