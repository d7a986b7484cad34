import { pagination } from '@hub/shared/database';
import { Expert } from './expert.entity.js';

/** `ExpertConnection`: each police force counts its own experts. */
export const { ConnectionType: ExpertConnection } = pagination.createConnectionTypes(
  Expert,
  'Expert',
  {
    counts: 'gathered',
    access: 'peopleList',
  },
);
