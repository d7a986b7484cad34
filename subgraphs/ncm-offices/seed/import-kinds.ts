import { textSearch } from '@hub/shared/database';
import { CountryCodeScalar, dates } from '@hub/shared/graphql';
import { cell, defineKind, madeForRehearsals } from '@hub/shared/import';
import { codes } from '@hub/shared/policy';
import { network, vocabulary } from '@hub/shared/programme';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office, sameOffice } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { OfficeKind } from '../entities/vocabulary.js';
import { datePrecisions } from './fact-tables.js';

const precision = (about: string) => cell.optional(cell.enumValue(datePrecisions, about));

/** `offices.csv` */
const offices = defineKind({
  name: 'offices',
  about: 'The secretariat, the offices and their branches.',
  entity: Office,
  columns: {
    name: cell.text('the name in English'),
    kind: cell.enumValue(Object.values(OfficeKind), 'what kind of office it is'),
    city: cell.text('the city'),
    country: cell.optional(cell.scalar(CountryCodeScalar, 'the country')),
    openedOn: cell.partialDate('its first day'),
    openedPrecision: precision('how well that day is known'),
    closedOn: cell.partialDate('its last day'),
    closedPrecision: precision('how well that day is known'),
    parent: cell.optional(cell.reference(Office, 'office', 'the office that it is part of')),
    variants: cell.listOf(cell.text('other names that sources use')),
    ...cell.statedColumns,
    roleInField: cell.optional(cell.prose('what the office does')),
    note: cell.optional(cell.prose('anything else')),
    isRehearsal: madeForRehearsals,
  },
  partOf: { column: 'parent', property: 'parentId' },
  same: sameOffice,
  initial: { mergedIntoId: null },
  check: ({ openedOn, closedOn }) =>
    dates.isEarlier(closedOn, openedOn)
      ? [{ column: 'closedOn', fault: 'is before openedOn' }]
      : [],
  toRecord: ({ parent, ...office }) => ({
    row: {
      ...office,
      parentId: parent,
      searchText: textSearch.toSearchText(office.name, ...office.variants),
    },
  }),
});

const { name, email, targetGroup, languages, isRehearsal } = vocabulary.personColumns;

/** Files of before sides have no such column. */
const givenCountry = cell.optionalInFile(
  cell.optional(cell.scalar(CountryCodeScalar, 'the country, if no region is known there')),
);

/** `delegates.csv` */
const delegates = defineKind({
  name: 'delegates',
  about: 'The people whom an office can send.',
  entity: Delegate,
  columns: {
    name,
    email,
    targetGroup,
    region: cell.optional(
      cell.codeReference(Region, 'region', 'where the delegate works, by ISO 3166-2'),
    ),
    country: givenCountry,
    employer: cell.optional(cell.text('the employer')),
    office: cell.reference(Office, 'office', 'the office that registered the delegate'),
    languages,
    isRehearsal,
  },
  inventedWith: 'office',
  same: textSearch.samePerson,
  isErased: ({ name }) => name === null,
  check: ({ region, country }) => {
    if (region === null && country === null)
      return [{ column: 'region', fault: 'is empty, and so is country' }];
    if (region === null && country === codes.russia)
      return [{ column: 'region', fault: 'is empty, although the offices know the regions' }];
    return region !== null && country !== null && !region.startsWith(`${country}-`)
      ? [{ column: 'country', fault: 'is not the country of the region' }]
      : [];
  },
  toRecord: ({ region, country, office, languages, ...delegate }) => ({
    row: {
      ...delegate,
      country: country ?? region?.slice(0, 2),
      regionCode: region,
      officeId: office,
    },
    lists: [
      {
        entity: DelegateLanguage,
        owner: 'delegateId',
        rows: languages.map((tag, index) => ({ delegateId: delegate.id, tag, place: index + 1 })),
      },
    ],
  }),
});

/** `sites.csv` */
const sites = defineKind({
  name: 'sites',
  about: 'The places in Russia that a group can visit.',
  entity: RegionalSite,
  same: network.sameBy('city'),
  initial: { mergedIntoId: null },
  columns: {
    ...vocabulary.siteColumns,
    region: cell.optional(cell.codeReference(Region, 'region', 'where it is, by ISO 3166-2')),
    organisation: cell.optional(cell.idOf(codes.networkCode, 'the organisation at this place')),
  },
  toRecord: ({ region, organisation, event, ...site }) => ({
    row: {
      ...site,
      country: codes.russia,
      regionCode: region,
      organisationId: organisation,
      eventId: event,
    },
  }),
});

/** `regionalHostings.csv` */
const regionalHostings = defineKind({
  name: 'regionalHostings',
  about:
    'What offices arrange for visits to Russia. A new one is an offer, until `confirmRegionalHosting` confirms it.',
  entity: RegionalHosting,
  columns: {
    office: cell.reference(Office, 'office', 'the office that hosts; it stays the same'),
    ...vocabulary.hostingColumns,
  },
  inventedWith: 'office',
  lasting: { office: 'officeId', visitId: 'visitId' },
  initial: { status: 'OFFERED', decidedOn: null, confirmedVersion: null },
  toRecord: ({ office, ...hosting }) => ({ row: { ...hosting, officeId: office } }),
});

/** `contactPoints.csv` */
const contactPoints = network.defineContactPoints(
  ContactPoint,
  cell.reference(Office, 'office', 'the office that is reached'),
);

/** The kinds of files that the offices can import. */
export const importKinds = [delegates, offices, sites, regionalHostings, contactPoints];
