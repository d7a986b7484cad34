import type { Levels } from '@hub/shared/policy';
import { decideIdentity } from '../access/decide-people.js';
import type { Delegate } from '../entities/delegate.entity.js';

/** Who a delegate is. */
export const delegatePolicy: Levels<Delegate> = {
  identity: {
    readers:
      'staff of this organisation; of a member of a group also co-ordinators of `nbnp`, and of the police that host a visit of it',
    decide: (delegate, context) => delegate !== undefined && decideIdentity(context, delegate.id),
  },
};
