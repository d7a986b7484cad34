import { type OperationDefinitionNode, buildSchema, getVariableValues, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findArgument } from './name-arguments.js';
import { findVariableErrors } from './operation-request.js';

// cspell:ignore REDD

const schema = buildSchema(`
  enum Colour { RED }
  input Filter { from: Int, colour: Colour, inner: [Filter!], size: Int! = 1 }
  type Query { a(n: Int, filter: Filter, all: [Filter!]): Int }
`);

const operationOf = (text: string) => parse(text).definitions[0] as OperationDefinitionNode;
const errorsOf = (text: string, variables: Record<string, unknown>, hideSuggestions = true) =>
  findVariableErrors(schema, operationOf(text), variables, hideSuggestions);
const messagesOf = (text: string, variables: Record<string, unknown>) =>
  errorsOf(text, variables).map(({ message }) => message);

describe('findVariableErrors', () => {
  it.each([
    ['query ($n: Int!) { a(n: $n) }', {}],
    ['query ($n: Int!) { a(n: $n) }', { n: null }],
    ['query ($n: Int!) { a(n: $n) }', { n: 'x' }],
    ['query ($n: Int!) { a(n: $n) }', { n: 1 }],
    ['query ($n: Int = 3) { a(n: $n) }', {}],
    ['query ($n: Other) { a }', { n: 1 }],
    ['query ($f: Filter) { a(filter: $f) }', { f: { colour: 'BLUE', size: null } }],
    ['query ($f: Filter) { a(filter: $f) }', { f: { inner: [{ from: 'x' }, { from: 1 }] } }],
    ['query ($f: Filter) { a(filter: $f) }', { f: { other: 1 } }],
    ['query ($f: [Filter!]) { a(all: $f) }', { f: [null, { from: 1 }, 2] }],
    ['query ($f: Filter, $n: Int) { a(filter: $f, n: $n) }', { f: 1, n: {} }],
  ])('finds in %s with %j as many errors as graphql-js', (text, variables) => {
    const { variableDefinitions = [] } = operationOf(text);
    const { errors = [] } = getVariableValues(schema, variableDefinitions, variables);
    const found = errorsOf(text, variables);
    expect(found.map(({ nodes }) => nodes?.map(({ kind }) => kind))).toEqual(
      errors.map(({ nodes }) => nodes?.map(({ kind }) => kind)),
    );
    // The reason and the place are the same. Only the value is quoted shorter.
    const reasonOf = (message: string) => message.split('; ').at(-1)?.split(' Did you')[0];
    expect(found.map(({ message }) => reasonOf(message))).toEqual(
      errors.map(({ message }) => reasonOf(message)),
    );
  });

  it('names the path of the value', () => {
    const text = 'query ($f: Filter) { a(filter: $f) }';
    expect(messagesOf(text, { f: { inner: [{ from: 'x' }] } })).toEqual([
      'Variable "$f" got invalid value "x" at "f.inner[0].from"; Int cannot represent non-integer value: "x"',
    ]);
  });

  it.each([
    [
      'query ($f: Filter) { a(filter: $f) }',
      { f: { inner: [{ from: 'x' }] } },
      'filter.inner.0.from',
    ],
    ['query ($n: Int!) { a(n: $n) }', {}, 'n'],
    ['query ($n: Int) { a(filter: { from: $n }) }', { n: 'x' }, 'filter.from'],
    ['query ($n: Int) { ...f } fragment f on Query { a(n: $n) }', { n: 'x' }, 'n'],
  ])('names the argument: %s', (text, variables, argument) => {
    const document = parse(text);
    const operation = operationOf(text);
    const errors = findVariableErrors(schema, operation, variables, true, (variable) =>
      findArgument(schema, document, document.definitions[0] as OperationDefinitionNode, variable),
    );
    expect(errors.map(({ extensions }) => extensions.argument)).toEqual([argument]);
  });

  it('stops at the tenth error and quotes no object', () => {
    const f = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`k${index}`, 1]));
    const messages = messagesOf('query ($f: Filter) { a(filter: $f) }', { f });
    expect(messages).toHaveLength(10);
    expect(messages.join('').length).toBeLessThan(2_000);
  });

  it('suggests names only if introspection is allowed', () => {
    const text = 'query ($f: Filter) { a(filter: $f) }';
    const variables = { f: { form: 1, colour: 'REDD' } };
    const told = (hideSuggestions: boolean) =>
      errorsOf(text, variables, hideSuggestions).map(({ message }) =>
        message.includes('Did you mean'),
      );
    expect(told(false)).toEqual([true, true]);
    expect(told(true)).toEqual([false, false]);
  });
});
