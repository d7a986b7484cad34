import { type Levels, readers } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { decidesOnNominee } from '../access/decide-nominee.js';
import { isArrangerOrHost, isReaderOfMember } from '../access/decide-people.js';
import { officerRights } from '../access/people.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** The texts about an officer for a group. */
export const officerNominationPolicy: Levels<OfficerNomination> = {
  people: {
    readers: people.nominationReaders,
    decide: (nomination, context) => officerRights.mayReadNomination(context, nomination),
  },
  identity: {
    readers:
      'staff of this organisation; for a member of this group also co-ordinators of `nbnp`, of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it, until 90 days after its end; of a nominee co-ordinators of `nbnp` until they decide, of a reserve until the group departs',
    async decide(nomination, context) {
      if (nomination === undefined) return false;
      if (readers.isOwnStaff(context)) return true;
      // An acceptance for one group does not give access to the texts about another group.
      const { id, officerId, groupId } = nomination;
      if (await isReaderOfMember(context, officerId, [groupId], isArrangerOrHost)) return true;
      return decidesOnNominee(context, [nomination], { type: 'OfficerNomination', id });
    },
  },
};
