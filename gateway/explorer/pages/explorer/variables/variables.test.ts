import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { removeField } from '../fields/edit-operation.ts';
import { checkVariables } from './check-variables.ts';
import { completeVariables } from './complete-variables.ts';
import { listExpected } from './expected-variables.ts';
import { findPlace } from './json-places.ts';

const schema = buildSchema(`
  type Query { events(filter: Filter, first: Int): Int }
  type Mutation { change(input: Change!): Int }
  input Filter { kinds: [Kind!], by: Range, isOpen: Boolean }
  input Range { from: String!, to: String }
  input Change { id: ID!, version: Int! }
  enum Kind { MEETING STUDY_TRIP }
`);
const query =
  'query Find($filter: Filter, $first: Int = 5) { events(filter: $filter, first: $first) }';
const mutation = 'mutation Change($input: Change!) { change(input: $input) }';
const expectedOf = (text: string, name?: string) => listExpected(schema, text, name) ?? [];

describe('listExpected', () => {
  it('has the variables of the operation that runs', () => {
    const both = `${query} ${mutation}`;
    const namesOf = (name?: string) => expectedOf(both, name).map((one) => one.name);
    expect(namesOf()).toEqual(['filter', 'first']);
    expect(namesOf('Change')).toEqual(['input']);
    expect(expectedOf('{ events }')).toEqual([]);
  });

  it('cannot say it of a document with an error, or of a type that the schema does not have', () => {
    expect(listExpected(schema, 'query ($a: Int {')).toBeUndefined();
    expect(listExpected(schema, 'query ($a: Nothing) { events }')).toBeUndefined();
    expect(listExpected(schema, 'query ($a: Query) { events }')).toBeUndefined();
  });
});

describe('checkVariables', () => {
  const problems = (text: string, values: Record<string, unknown>) =>
    checkVariables(expectedOf(text), values).map(({ path, isError }) => [path.join('.'), isError]);

  it('accepts what the hub accepts', () => {
    expect(problems(query, {})).toEqual([]);
    expect(problems(query, { filter: null, first: 3 })).toEqual([]);
    // GraphQL takes a single value for a list of one.
    expect(problems(query, { filter: { kinds: 'MEETING' } })).toEqual([]);
    expect(problems(mutation, { input: { id: 'a', version: 1 } })).toEqual([]);
  });

  it('finds what is missing, of the wrong type, or in no definition, at its place', () => {
    expect(problems(mutation, {})).toEqual([['input', true]]);
    expect(problems(mutation, { input: null })).toEqual([['input', true]]);
    expect(problems(mutation, { input: { id: 'a' } })).toEqual([['input', true]]);
    expect(problems(query, { first: 'many' })).toEqual([['first', true]]);
    expect(problems(query, { filter: { kinds: ['MEETING', 'PARTY'] } })).toEqual([
      ['filter.kinds.1', true],
    ]);
  });

  it('only warns of a variable that the operation does not declare', () => {
    expect(problems(query, { last: 1 })).toEqual([['last', false]]);
  });
});

/** The state of an editor. `|` is the cursor. */
function stateOf(text: string) {
  const position = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [json()] });
  const tree = ensureSyntaxTree(state, state.doc.length, 5_000);
  if (!tree) throw new Error('The text is too long.');
  return { state, position, tree };
}

describe('completeVariables', () => {
  const complete = (text: string, document = query) => {
    const { state, position } = stateOf(text);
    const result = completeVariables(
      new CompletionContext(state, position, true),
      expectedOf(document),
    );
    return result?.options.map(({ label }) => label) ?? [];
  };

  it.each([
    ['{ | }', ['filter', 'first']],
    ['{ "fi|" }', ['filter', 'first']],
    ['{ "first": 1, | }', ['filter']],
    ['{ "filter": { | } }', ['kinds', 'by', 'isOpen']],
    ['{ "filter": { "by": { "| } } }', ['from', 'to']],
    ['{ "filter": { "kinds": | } }', ['MEETING', 'STUDY_TRIP']],
    ['{ "filter": { "kinds": ["|"] } }', ['MEETING', 'STUDY_TRIP']],
    ['{ "filter": { "kinds": ["MEETING", "|"] } }', ['MEETING', 'STUDY_TRIP']],
    ['{ "filter": { "isOpen": t| } }', ['true', 'false']],
    ['{ "fil|": {} }', ['filter', 'first']],
    ['{ "first": | }', []],
    ['{ "first": 1 | }', []],
    ['{ "nothing": { | } }', []],
  ])('completes %s', (text, labels) => {
    expect(complete(text)).toEqual(labels);
  });

  it('writes all variables that are needed, where nothing stands yet', () => {
    expect(complete('|', mutation)).toEqual(['{ input }']);
    expect(complete('|', query)).toEqual(['{ filter, first }']);
    expect(complete('|', '{ events }')).toEqual([]);
  });
});

describe('findPlace', () => {
  const found = (text: string, path: (string | number)[]) => {
    const { state, tree } = stateOf(text);
    const { from, to } = findPlace(tree.topNode, path, state.doc);
    return state.sliceDoc(from, to);
  };

  it('is the value on the path, or the nearest one around it', () => {
    const text = '{ "a": { "b": [1, {"c": "x"}] } }';
    expect(found(text, ['a', 'b', 1, 'c'])).toBe('"x"');
    expect(found(text, ['a', 'b', 0])).toBe('1');
    expect(found(text, ['a', 'd'])).toBe('{ "b": [1, {"c": "x"}] }');
    expect(found(text, [])).toBe(text);
    expect(found('', ['a'])).toBe('');
  });
});

describe('a variable that goes with its field', () => {
  const fields = buildSchema('type Query { one(id: ID!): Int two(first: Int): Int three: Int }');
  it.each([
    [
      'query A(\n  # whose\n  $id: ID! # (one)\n  $first: Int\n) { one(id: $id) two(first: $first) }',
      'query A(\n  # whose\n  # (one)\n  $first: Int\n) { two(first: $first) }',
    ],
    [
      'query A($first: Int, # why\n  $id: ID!) { two(first: $first) one(id: $id) }',
      'query A($first: Int, # why\n) { two(first: $first) }',
    ],
    [
      'query A($id: ID!, $first: Int) { one(id: $id) two(first: $first) }',
      'query A($first: Int) { two(first: $first) }',
    ],
    [
      'query A( # (why)\n  $id: ID! # )\n) { three one(id: $id) }',
      'query A\n# (why)\n# )\n { three }',
    ],
  ])('leaves the comments of the list, %#', (text, expected) => {
    const made = removeField(fields, { query: text, variables: '' }, ['one']);
    expect(made.query).toBe(expected);
  });
});
