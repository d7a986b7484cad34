import { createConnectionTypes } from '@hub/shared/pagination';
import { Officer } from './officer.entity.js';

/** `OfficerConnection`: every police counts its own officers. */
export const { ConnectionType: OfficerConnection } = createConnectionTypes(Officer, 'Officer', {
  counts: 'gathered',
  access: 'people',
});
