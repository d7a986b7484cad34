import type { Levels } from '@hub/shared/policy';
import { decideIdentity } from '../access/decide-people.js';
import type { Delegate } from '../entities/delegate.entity.js';

/** The identity of a delegate. */
export const delegatePolicy: Levels<Delegate> = {
  identity: {
    readers:
      'staff of this organisation; for a member of a group also co-ordinators of `nbnp`, and of police forces that host a visit of it',
    decide: (delegate, context) => delegate !== undefined && decideIdentity(context, delegate.id),
  },
};
