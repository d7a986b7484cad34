import type { Levels } from '@hub/shared/policy';
import { decideIdentity } from '../access/decide-people.js';
import type { Officer } from '../entities/officer.entity.js';

/** Who an officer is. */
export const officerPolicy: Levels<Officer> = {
  identity: {
    readers:
      'staff of this organisation; of a member of a group also co-ordinators of `nbnp`, of `ncm` where an office co-ordinates the group, and of the police that host a visit of it',
    decide: (officer, context) => officer !== undefined && decideIdentity(context, officer.id),
  },
};
