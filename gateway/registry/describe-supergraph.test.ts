import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { describeSupergraph } from './describe-supergraph.js';

const sdl = `directive @join__type(graph: String!) repeatable on OBJECT

"Old words."
type Query {
  "Old words."
  event(id: ID!, on: Kind): Kind
}

enum Kind {
  A
  B
}

input Filter {
  kind: Kind = A
}
`;

describe('describeSupergraph', () => {
  it('gives types, fields, arguments and values their descriptions', () => {
    const schema = buildSchema(
      describeSupergraph(sdl, [
        {
          Query: 'All that is.',
          'Query.event': 'One.\n\nRead by: nobody.',
          'Query.event(on:)': 'Which.',
          'Kind.B': 'The “b”, or """.',
          'Filter.kind': 'Only these.',
        },
        { Query: 'Short', Kind: 'Letters.' },
      ]),
    );
    const query = schema.getQueryType();
    const event = query?.getFields()['event'];
    expect(query?.description).toBe('All that is.');
    expect(event?.description).toBe('One.\n\nRead by: nobody.');
    expect(event?.args.map(({ description }) => description ?? null)).toEqual([null, 'Which.']);
    expect(schema.getType('Kind')?.description).toBe('Letters.');
    expect(schema.getType('Kind')?.toConfig()).toMatchObject({
      values: { A: { description: undefined }, B: { description: 'The “b”, or """.' } },
    });
    expect(schema.getType('Filter')?.toConfig()).toMatchObject({
      fields: { kind: { description: 'Only these.', defaultValue: 'A' } },
    });
  });

  it('says who reads an element at each of its owners', () => {
    const one = (text: string) => ({ Query: text });
    const describe = (...texts: string[]) =>
      buildSchema(describeSupergraph(sdl, texts.map(one))).getQueryType()?.description;
    const staff = 'All.\n\nRead by: staff.';
    expect(describe('All.', staff)).toBe(staff);
    expect(describe(staff, staff)).toBe(staff);
    expect(describe('All of it, in the longer words.', staff)).toBe(
      'All of it, in the longer words.\n\nRead by: staff.',
    );
    expect(describe(staff, 'All.\n\nRead by: hosts, after it.', staff)).toBe(
      'All.\n\nRead by: hosts, after it. Or, at another owner: staff.',
    );
  });

  it('says of a field by the rule of its type, if another owner has another rule', () => {
    const one = { Query: 'All.\n\nRead by: staff.', 'Query.event': 'One.' };
    const other = { Query: 'All.', 'Query.event': 'One.\n\nRead by: hosts.' };
    const described = (...all: Record<string, string>[]) =>
      buildSchema(describeSupergraph(sdl, all)).getQueryType()?.getFields()['event']?.description;
    expect(described(one)).toBe('One.');
    expect(described(one, other)).toBe('One.\n\nRead by: staff. Or, at another owner: hosts.');
  });

  it('leaves what nobody describes as it is', () => {
    expect(describeSupergraph(sdl, [])).toBe(sdl);
    expect(parse(describeSupergraph(sdl, [{ Nobody: '' }]), { noLocation: true })).toEqual(
      parse(sdl, { noLocation: true }),
    );
  });
});
