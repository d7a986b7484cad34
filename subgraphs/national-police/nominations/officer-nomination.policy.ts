import { isOwnStaff, type Levels } from '@hub/shared/policy';
import { isArrangerOrHost, isReaderOfMember } from '../access/decide-people.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** The texts about an officer for a group. */
export const officerNominationPolicy: Levels<OfficerNomination> = {
  identity: {
    readers:
      'staff of this organisation; for a member of this group also co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it',
    decide(nomination, context) {
      if (nomination === undefined) return false;
      if (isOwnStaff(context)) return true;
      // An acceptance for one group does not give access to the texts about another group.
      const { officerId, groupId } = nomination;
      return isReaderOfMember(context, officerId, [groupId], isArrangerOrHost);
    },
  },
};
