import type { TypePolicy } from '@hub/shared/policy';
import { decideIdentity, decidePeople } from '../access/decide-people.js';
import type { Officer } from '../entities/officer.entity.js';

export const officerPolicy: TypePolicy<Officer> = {
  object: 'people',
  fields: {
    id: 'people',
    name: 'identity',
    email: 'identity',
    rank: 'identity',
    unit: 'people',
    targetGroup: 'people',
    country: 'people',
    languages: 'people',
    nominations: 'people',
    report: 'people',
    version: 'people',
  },
  decide: (level, officer, context) =>
    level === 'people' || !officer ? decidePeople(context) : decideIdentity(context, officer.id),
};
