import type { TypePolicy } from '@hub/shared/policy';
import { decideIdentity, decidePeople } from '../access/decide-people.js';
import type { Delegate } from '../entities/delegate.entity.js';

export const delegatePolicy: TypePolicy<Delegate> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    targetGroup: 'people',
    country: 'people',
    region: 'people',
    employer: 'identity',
    languages: 'people',
    office: 'people',
    nominations: 'people',
    report: 'people',
    version: 'people',
  },
  decide: (level, delegate, context) =>
    level === 'people' || !delegate ? decidePeople(context) : decideIdentity(context, delegate.id),
};
