import { defineKind, reference } from '@hub/shared/import';
import { hostingColumns } from '@hub/shared/programme';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';

/** `regionalHostings.csv` */
export const regionalHostings = defineKind({
  name: 'regionalHostings',
  about:
    'What offices arrange for visits to Russia. A new one is an offer, until `confirmRegionalHosting` confirms it.',
  entity: RegionalHosting,
  columns: {
    office: reference(Office, 'office', 'the office that hosts; it stays the same'),
    ...hostingColumns,
  },
  inventedWith: 'office',
  lasting: { office: 'officeId', visitId: 'visitId' },
  initial: { status: 'OFFERED', decidedOn: null, confirmedVersion: null },
  toRecord: ({ office, ...hosting }) => ({ row: { ...hosting, officeId: office } }),
});
