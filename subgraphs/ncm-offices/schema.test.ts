import { findUndescribed, printReference } from '@hub/shared/reference';
import { packageFile } from '@hub/shared/seed';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

// Beside the hub, `test/contract` holds it to what the partners have agreed on.
describe('schema.graphql', () => {
  it('is what the classes say (npm run schema:emit)', async () => {
    const { sdl } = await definition.createSubgraph();
    expect(readFileSync(packageFile(import.meta.url, 'schema.graphql'), 'utf8')).toBe(sdl);
  });

  it('describes every element, by more than its name', async () => {
    const { schema } = await definition.createSubgraph();
    expect(findUndescribed(schema)).toEqual([]);
  });
});

describe('reference.md', () => {
  it('is what the classes say (npm run docs:emit)', async () => {
    const { schema, policies } = await definition.createSubgraph();
    const page = readFileSync(packageFile(import.meta.url, 'reference.md'), 'utf8');
    expect(page).toBe(printReference(schema, policies));
  });
});
