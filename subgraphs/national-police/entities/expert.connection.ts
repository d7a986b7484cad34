import { createConnectionTypes } from '@hub/shared/pagination';
import { Expert } from './expert.entity.js';

/** `ExpertConnection`: every police counts its own experts. */
export const { ConnectionType: ExpertConnection } = createConnectionTypes(Expert, 'Expert', {
  counts: 'gathered',
  access: 'people',
});
