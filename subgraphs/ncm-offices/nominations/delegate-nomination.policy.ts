import { coordinators, hasRole, isOwnStaff, type Levels } from '@hub/shared/policy';
import { isReaderOfMember } from '../access/decide-people.js';
import type { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

/** What was written about a delegate for a group. */
export const delegateNominationPolicy: Levels<DelegateNomination> = {
  identity: {
    readers:
      'staff of this organisation; of a member of this group also co-ordinators of `nbnp`, and of the police that host a visit of it',
    decide(nomination, context) {
      if (nomination === undefined) return false;
      if (isOwnStaff(context)) return true;
      if (!hasRole(context.reader, coordinators)) return false;
      // Who was selected for one group does not open what was written about her for another.
      const isMember = nomination.status === NominationStatus.SELECTED;
      return isReaderOfMember(context, isMember ? [nomination.groupId] : []);
    },
  },
};
