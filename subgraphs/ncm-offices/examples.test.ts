import { packageFile } from '@hub/shared/system';
import { testDatabases } from '@hub/shared/testing';
import { Kind, parse, print } from 'graphql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from './testing/test-partner.js';

const examples = parse(
  readFileSync(packageFile(import.meta.url, 'examples.graphql'), 'utf8'),
).definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);

describe.each(testDatabases)('examples.graphql on $name', (database) => {
  it('has operations that all have results', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const { data, errors } = await partner.ask(print(example));
      expect(errors, example.name?.value).toBeUndefined();
      for (const value of Object.values(data ?? {})) {
        expect(Array.isArray(value) ? value.length : value, example.name?.value).toBeTruthy();
      }
    }
  });
});
