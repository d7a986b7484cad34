import { printAccessPage, unguardedFields } from '@hub/shared/policy';
import { packageFile } from '@hub/shared/seed';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

describe('access.md', () => {
  it('is what the rules beside the fields say (npm run schema:emit)', async () => {
    const { schema, policies } = await definition.createSubgraph();
    const page = readFileSync(packageFile(import.meta.url, 'access.md'), 'utf8');
    expect(page).toBe(printAccessPage(schema, policies));
  });

  it('has no field without a rule', async () => {
    const { schema, policies } = await definition.createSubgraph();
    expect(unguardedFields(schema, policies)).toEqual([]);
  });
});
