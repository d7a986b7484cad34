import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { addField, removeField } from './edit-operation.ts';
import { readTicked, type FieldPath, type Written } from './read-operation.ts';

const schema = buildSchema(`
  type Query {
    partners: [Partner!]!
    office(id: ID!): Party
    offices(first: Int): Offices
    unit(id: ID!): Unit
  }
  type Mutation { endVisit(input: EndVisitInput!): Unit }
  input EndVisitInput { visit: ID! days: [Int!]! note: String }
  type Offices { totalCount: Int nodes: [Office!]! }
  interface Party { id: ID! name: String }
  type Office implements Party { id: ID! name: String city: String unit: Unit }
  type Unit implements Party { id: ID! name: String members(of: ID!): [Partner!] }
  type Partner { code: ID! name: String }
`);

const blank: Written = { query: '', variables: '' };
const add = (written: Written, path: FieldPath, kind?: 'query' | 'mutation') =>
  addField(schema, written, path, kind && { kind });
const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
const isValid = ({ query }: Written) => validate(schema, parse(query)).length === 0;

describe('a field that is ticked', () => {
  it('begins an operation, with its required arguments as variables and a first value', () => {
    const made = add(blank, ['office']);
    expect(made.query).toBe(
      lines('query Office($id: ID!) {', '  office(id: $id) {', '    id', '  }', '}'),
    );
    expect(JSON.parse(made.variables)).toEqual({ id: '' });
    const mutation = add(blank, ['endVisit'], 'mutation');
    expect(mutation.query).toContain('mutation EndVisit($input: EndVisitInput!)');
    expect(JSON.parse(mutation.variables)).toEqual({ input: { visit: '', days: [] } });
    expect(add(blank, ['offices']).query).toContain('nodes {\n      id\n');
    for (const one of [made, mutation]) expect(isValid(one)).toBe(true);
  });

  it('leaves all else as it was written, with comments, aliases and spaces', () => {
    const query = lines(
      '# who',
      'query Mine {',
      '  all: partners   { code } # all',
      '  # last',
      '}',
      'fragment F on Office { id }',
    );
    const made = add({ query, variables: '{ "x": 1 }' }, ['partners', 'name']);
    expect(made.query).toBe(query.replace('{ code }', '{ code name }'));
    const second = add(made, ['unit']);
    expect(second.query).toBe(
      made.query
        .replace('Mine {', 'Mine($id: ID!) {')
        .replace('  # last\n', '  # last\n  unit(id: $id) {\n    id\n  }\n'),
    );
    expect(JSON.parse(second.variables)).toEqual({ x: 1, id: '' });
  });

  it('gets a variable of its own where the name is taken', () => {
    const both = add(add(blank, ['office']), ['unit']);
    expect(both.query).toContain('($id: ID!, $unitId: ID!)');
    expect(both.query).toContain('unit(id: $unitId)');
    expect(isValid(both)).toBe(true);
    const short = add({ query: '{ partners { code } }', variables: '' }, ['unit', 'name']);
    expect(short.query).toBe('query ($id: ID!) { partners { code } unit(id: $id) { name } }');
  });

  it('is written with the way to it, also into one of several types', () => {
    const made = add(blank, ['office', '... on Office', 'unit', 'members', 'code']);
    expect(isValid(made)).toBe(true);
    expect(readTicked(made)?.ids).toContain('office/... on Office/unit/members/code');
    expect(made.query).not.toContain('name');
  });

  it('goes into the chosen operation, and changes nothing while there is an error', () => {
    const query = lines('query A { partners { code } }', 'query B { partners { code } }');
    const made = add({ query, variables: '', operationName: 'B' }, ['partners', 'name']);
    expect(made.query).toBe(`${query.slice(0, -5)} name } }\n`);
    const broken = { query: 'query {', variables: '' };
    expect(readTicked(broken)).toBeUndefined();
    expect(add(broken, ['partners'])).toBe(broken);
    expect(removeField(schema, broken, ['partners'])).toBe(broken);
  });
});

describe('a field that is not ticked any more', () => {
  it('goes with its line, its variables and their values, but not what was filled in', () => {
    const both = add(add(blank, ['office']), ['unit']);
    const filled = { ...both, variables: both.variables.replace('"id": ""', '"id": "ncm:1"') };
    const left = removeField(schema, filled, ['unit']);
    expect(left.query).toBe(add(blank, ['office']).query);
    expect(JSON.parse(left.variables)).toEqual({ id: 'ncm:1' });
    const none = removeField(schema, left, ['office']);
    expect(none.query).toBe(lines('query Office {', '  __typename', '}'));
    expect(JSON.parse(none.variables)).toEqual({ id: 'ncm:1' });
    expect(add(none, ['partners']).query).not.toContain('__typename');
  });

  it('leaves a selection that is still valid, and a variable that others use', () => {
    const written = {
      query: 'query A($id: ID!) { office(id: $id) { name } unit(id: $id) { id name } }',
      variables: '',
    };
    const left = removeField(schema, written, ['office']);
    expect(left.query).toBe('query A($id: ID!) { unit(id: $id) { id name } }');
    const name = removeField(schema, left, ['unit', 'name']);
    expect(name.query).toBe('query A($id: ID!) { unit(id: $id) { id } }');
    const empty = removeField(schema, name, ['unit', 'id']);
    expect(empty.query).toBe('query A($id: ID!) { unit(id: $id) { __typename } }');
    expect(add(empty, ['unit', 'name']).query).toBe('query A($id: ID!) { unit(id: $id) { name } }');
  });
});
