import type { Levels } from '@hub/shared/policy';
import { decideIdentity } from '../access/decide-people.js';
import type { Officer } from '../entities/officer.entity.js';

/** The identity of an officer. */
export const officerPolicy: Levels<Officer> = {
  identity: {
    readers:
      'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it',
    decide: (officer, context) => officer !== undefined && decideIdentity(context, officer.id),
  },
};
