import { unguardedFields } from '@hub/shared/policy';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';
import { policies } from './policies.js';

describe('policies', () => {
  it('say of every field of the schema who reads it, and of no other', async () => {
    const { schema } = await definition.createSubgraph(definition.policies);
    expect(unguardedFields(schema, policies)).toEqual([]);
  });
});
