import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { describeReaders, withoutReaders } from './describe-readers.js';

const readers = { people: 'staff of this organisation', open: 'everybody' };
const policy = (fields: Record<string, string>) => ({ fields, readers, decide: () => true });

describe('describeReaders', () => {
  it('adds who reads or calls what is restricted, in the words of its rule', () => {
    const schema = buildSchema(`
      type Query { "Open." open: Int "Not." restricted: Int }
      type Mutation { "Writes." write: Int }
    `);
    describeReaders(schema, {
      Query: policy({ open: 'open', restricted: 'people' }),
      Mutation: policy({ write: 'people' }),
    });
    const { open, restricted } = schema.getQueryType()?.getFields() ?? {};
    const { write } = schema.getMutationType()?.getFields() ?? {};
    expect([open, restricted, write].map((field) => field?.description)).toEqual([
      'Open.',
      'Not.\n\nRead by: staff of the organisation that owns the data.',
      'Writes.\n\nCalled by: staff of the organisation that owns the data.',
    ]);
    expect(withoutReaders(restricted?.description ?? '')).toBe('Not.');
    expect(withoutReaders('Read by: the first line is not a paragraph.')).toMatch(/^Read by/);
  });
});
