import { findSchemaErrors } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from './partner.js';

// In the whole project, `test/contract` compares the schema with the agreed contract.
describe('the schema and the files emitted from it', () => {
  it('matches the classes, and has a description and an access rule for every field', async () => {
    expect(await findSchemaErrors(definition, import.meta.url)).toEqual([]);
  });
});
