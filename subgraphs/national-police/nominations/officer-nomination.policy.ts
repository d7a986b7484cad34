import { isOwnStaff, type Levels } from '@hub/shared/policy';
import { isArrangerOrHost, isReaderOfMember } from '../access/decide-people.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** What was written about an officer for a group. */
export const officerNominationPolicy: Levels<OfficerNomination> = {
  identity: {
    readers:
      'staff of this organisation; of a member of this group also co-ordinators of `nbnp`, of `ncm` where an office co-ordinates the group, and of the police that host a visit of it',
    decide(nomination, context) {
      if (nomination === undefined) return false;
      if (isOwnStaff(context)) return true;
      // Who was accepted for one group does not open what was written about her for another.
      const { officerId, groupId } = nomination;
      return isReaderOfMember(context, officerId, [groupId], isArrangerOrHost);
    },
  },
};
