import { coordinators, isOneOf, type TypePolicy } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { decidePeople, isOwnStaff } from '../access/decide-people.js';
import type { Expert } from '../entities/expert.entity.js';

/**
 * An expert is lent by its police and assigned by the network: those two read who it is. Who hosts a visit is not known
 * to be served by an expert to the expert’s own police.
 */
export const expertPolicy: TypePolicy<Expert> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    unit: 'people',
    country: 'people',
    roles: 'people',
    languages: 'people',
    fields: 'people',
  },
  decide(level, expert, context) {
    if (level === 'people' || !expert) return decidePeople(context);
    return isOwnStaff(context) || isOneOf(context.reader, networkCode, coordinators);
  },
};
