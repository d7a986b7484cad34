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
});
