import { defineKind, reference } from '@hub/shared/import';
import { hostingColumns } from '@hub/shared/programme';
import { Hosting } from '../entities/hosting.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** `hostings.csv` */
export const hostings = defineKind({
  name: 'hostings',
  about:
    'What units arrange for visits. A new one is an offer, until `confirmHosting` confirms it.',
  entity: Hosting,
  columns: {
    unit: reference(PoliceUnit, 'unit', 'the unit that hosts; it stays the same'),
    ...hostingColumns,
  },
  lasting: { unit: 'unitId', visitId: 'visitId' },
  initial: { status: 'OFFERED', confirmedOn: null, confirmedVersion: null, withdrawnOn: null },
  toRecord: ({ unit, ...hosting }) => ({ row: { ...hosting, unitId: unit } }),
});
