import { toSearchText } from '@hub/shared/database';
import { isEarlier } from '@hub/shared/graphql';
import {
  defineKind,
  listOf,
  optional,
  partialDate,
  prose,
  reference,
  sourceColumn,
  text,
} from '@hub/shared/import';
import { countryOf } from '@hub/shared/policy';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `units.csv` */
export const units = defineKind({
  name: 'units',
  about: 'The police force, its units and schools, in which officers and experts serve.',
  entity: PoliceUnit,
  columns: {
    name: text('the name in English'),
    acronym: optional(text('the acronym')),
    variants: listOf(text('other names that sources use')),
    city: optional(text('the city')),
    validFrom: partialDate('when it was founded'),
    validTo: partialDate('when it ended'),
    parent: optional(reference(PoliceUnit, 'unit', 'the unit that it is part of')),
    kind: optional(text('what kind of unit it is: `police_unit`')),
    note: optional(prose('its role, and anything else')),
    source: sourceColumn,
  },
  partOf: { column: 'parent', property: 'parentId' },
  check: ({ validFrom, validTo }) =>
    isEarlier(validTo, validFrom) ? [{ column: 'validTo', fault: 'is before validFrom' }] : [],
  toRecord: ({ parent, ...unit }, partner) => ({
    row: {
      ...unit,
      country: countryOf(partner),
      parentId: parent,
      searchText: toSearchText(unit.name, unit.acronym, ...unit.variants),
    },
  }),
});
