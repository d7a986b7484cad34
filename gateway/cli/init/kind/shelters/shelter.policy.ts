import { codes, type Levels, readers } from '@hub/shared/policy';
import type { Shelter } from '../entities/shelter.entity.js';

/** Who reads whom to call. Each reading is recorded. */
export const shelterPolicy: Levels<Shelter> = {
  identity: {
    readers: 'staff of this organisation, and co-ordinators of `nbnp`',
    decide: (_shelter, context) =>
      readers.isOwnStaff(context) ||
      readers.isOneOf(context.reader, codes.networkCode, readers.coordinators),
  },
};
