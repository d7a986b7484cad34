import { coordinators, hasRole, type TypePolicy } from '@hub/shared/policy';
import { decidePeople, isOwnStaff, isReaderOfMember } from '../access/decide-people.js';
import type { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

export const delegateNominationPolicy: TypePolicy<DelegateNomination> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    delegate: 'people',
    nominatedOn: 'people',
    status: 'people',
    decidedOn: 'people',
    localAuthority: 'people',
    reason: 'identity',
    version: 'people',
  },
  decide(level, nomination, context) {
    if (level === 'people' || !nomination) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    if (!hasRole(context.reader, coordinators)) return false;
    // Who was selected for one group does not open what was written about her for another.
    const isMember = nomination.status === NominationStatus.SELECTED;
    return isReaderOfMember(context, isMember ? [nomination.groupId] : []);
  },
};
