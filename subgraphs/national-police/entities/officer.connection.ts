import { pagination } from '@hub/shared/database';
import { Officer } from './officer.entity.js';

/** `OfficerConnection`: each police force counts its own officers. */
export const { ConnectionType: OfficerConnection } = pagination.createConnectionTypes(
  Officer,
  'Officer',
  {
    counts: 'gathered',
    access: 'peopleList',
  },
);
