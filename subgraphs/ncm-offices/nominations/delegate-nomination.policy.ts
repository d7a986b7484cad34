import { type Levels, readers } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { isMember, isReaderOfMember } from '../access/decide-people.js';
import { delegateRights } from '../access/people.js';
import type { DelegateNomination } from '../entities/delegate-nomination.entity.js';

/** The texts about a delegate for a group. */
export const delegateNominationPolicy: Levels<DelegateNomination> = {
  people: {
    readers: people.nominationReaders,
    decide: (nomination, context) => delegateRights.mayReadNomination(context, nomination),
  },
  identity: {
    readers:
      'staff of this organisation; for a member of this group also co-ordinators of `nbnp`, and of police forces that host a visit of it, until 90 days after its end',
    decide(nomination, context) {
      if (nomination === undefined) return false;
      if (readers.isOwnStaff(context)) return true;
      if (!readers.hasRole(context.reader, readers.coordinators)) return false;
      // A selection for one group does not give access to the texts about another group.
      return isReaderOfMember(context, isMember(nomination) ? [nomination.groupId] : []);
    },
  },
};
