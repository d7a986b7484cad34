import { toSearchText } from '@hub/shared/database';
import { CountryCodeScalar, isEarlier } from '@hub/shared/graphql';
import {
  defineKind,
  enumValue,
  listOf,
  madeForRehearsals,
  optional,
  partialDate,
  prose,
  reference,
  scalar,
  sourceColumn,
  text,
} from '@hub/shared/import';
import { Office } from '../entities/office.entity.js';
import { OfficeKind } from '../entities/vocabulary.js';
import { datePrecisions } from './fact-tables.js';

const precision = (about: string) => optional(enumValue(datePrecisions, about));

/** `offices.csv` */
export const offices = defineKind({
  name: 'offices',
  about: 'The secretariat, the offices and their branches.',
  entity: Office,
  columns: {
    name: text('the name in English'),
    kind: enumValue(Object.values(OfficeKind), 'what kind of office it is'),
    city: text('the city'),
    country: optional(scalar(CountryCodeScalar, 'the country')),
    openedOn: partialDate('its first day'),
    openedPrecision: precision('how well that day is known'),
    closedOn: partialDate('its last day'),
    closedPrecision: precision('how well that day is known'),
    parent: optional(reference(Office, 'office', 'the office that it is part of')),
    variants: listOf(text('other names that sources use')),
    source: sourceColumn,
    roleInField: optional(prose('what the office does')),
    note: optional(prose('anything else')),
    isRehearsal: madeForRehearsals,
  },
  partOf: { column: 'parent', property: 'parentId' },
  check: ({ openedOn, closedOn }) =>
    isEarlier(closedOn, openedOn) ? [{ column: 'closedOn', fault: 'is before openedOn' }] : [],
  toRecord: ({ parent, ...office }) => ({
    row: {
      ...office,
      parentId: parent,
      searchText: toSearchText(office.name, ...office.variants),
    },
  }),
});
