import { findSchemaFaults } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

// Beside the hub, `test/contract` holds the schema to what the partners have agreed on.
describe('the schema, and what is emitted of it', () => {
  it('is what the classes say, with a description and a rule for every field', async () => {
    expect(await findSchemaFaults(definition, import.meta.url)).toEqual([]);
  });
});
