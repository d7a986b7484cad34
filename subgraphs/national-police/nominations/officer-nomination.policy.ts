import type { TypePolicy } from '@hub/shared/policy';
import {
  decidePeople,
  isArrangerOrHost,
  isOwnStaff,
  isReaderOfMember,
} from '../access/decide-people.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

export const officerNominationPolicy: TypePolicy<OfficerNomination> = {
  object: 'people',
  fields: {
    id: 'people',
    groupId: 'people',
    officer: 'people',
    nominatedOn: 'people',
    withdrawnOn: 'people',
    motivation: 'identity',
    version: 'people',
  },
  decide(level, nomination, context) {
    if (level === 'people' || !nomination) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    // Who was accepted for one group does not open what was written about her for another.
    return isReaderOfMember(context, nomination.officerId, [nomination.groupId], isArrangerOrHost);
  },
};
