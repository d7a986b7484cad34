import { isCompositeType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createTestModel, parseSelection } from '../rules/test-model.js';
import { compileProjection, InvalidResponse } from './compile-projection.js';

const { schema } = createTestModel(`
  scalar JSON
  enum Colour { RED BLUE }
  type Query { thing: Thing things: [Thing!] node: Node pick: Pick colour: Colour matrix: [[Int!]]
    int: Int float: Float text: String yes: Boolean id: ID json: JSON manyJson: [JSON] must: Int! }
  interface Node { id: ID! }
  type Thing implements Node { id: ID! name: String other: Thing tags: [String!] }
  type Other implements Node { id: ID! size: Int! }
  type Alien { id: ID! }
  union Pick = Thing | Alien
`);
const anyone = { isOwn: () => true };

/** Changes every list and every object in a tree. */
const changeAll = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) changeAll(inner);
  if (Array.isArray(value)) value.push('changed');
  else Object.assign(value, { changed: true });
};

const project = (query: string, response: unknown) => {
  const type = schema.getQueryType();
  if (!isCompositeType(type)) throw new Error('No query type.');
  const projected = compileProjection(schema, type, [parseSelection(query)])(response, anyone);
  return withoutTypes(projected);
};

/** The type names that are added to each object have a test of their own. */
const withoutTypes = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutTypes);
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '__proto__'))
    return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__typename');
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutTypes(inner)]));
};

describe('compileProjection', () => {
  it('copies the response: changes of the projection do not reach it', () => {
    const response = {
      matrix: [[1, 2]],
      json: { a: [1, { b: 2 }] },
      manyJson: [{ c: 3 }],
      things: [{ id: '1', tags: ['x'] }],
    };
    const before = structuredClone(response);
    const projected = project('{ matrix json manyJson things { id tags } }', response);
    expect(projected).toEqual(before);
    changeAll(projected);
    expect(projected).not.toEqual(before);
    expect(response).toEqual(before);
  });

  it('copies what was selected and nothing else', () => {
    const response = {
      thing: { id: '1', name: 'n', other: { id: '2', forged: 1 }, forged: { x: 1 } },
      int: 3,
      forged: true,
    };
    expect(project('{ thing { id other { id } } }', response)).toEqual({
      thing: { id: '1', other: { id: '2' } },
    });
  });

  it('merges fields with the same response key, from fields and fragments', () => {
    const query =
      '{ t: thing { id } ... on Query { t: thing { ... { n: name } } } t: thing { other { id } } }';
    const response = { t: { id: '1', n: 'x', other: null } };
    expect(project(query, response)).toEqual(response);
  });

  it.each([
    ['a field that is missing', '{ thing { id name } }', { thing: { id: '1' } }],
    ['a text instead of an object', '{ thing { id } }', { thing: 'x' }],
    ['a list instead of an object', '{ thing { id } }', { thing: [] }],
    ['an object instead of a list', '{ things { id } }', { things: { 0: { id: '1' } } }],
    ['null in a list of non-null items', '{ things { id } }', { things: [null] }],
    ['null in a non-null field', '{ must }', { must: null }],
    ['null deep within', '{ thing { other { id } } }', { thing: { other: { id: null } } }],
    ['null in a matrix', '{ matrix }', { matrix: [[1, null]] }],
    ['an unknown enum value', '{ colour }', { colour: 'GREEN' }],
    ['an object for a scalar', '{ text }', { text: { a: 1 } }],
    ['a fraction for an Int', '{ int }', { int: 1.5 }],
    ['a text for an Int', '{ int }', { int: '1' }],
    ['more than an Int holds', '{ int }', { int: 2 ** 31 }],
    ['less than an Int holds', '{ int }', { int: -(2 ** 31) - 1 }],
    ['an infinite number', '{ float }', { float: Infinity }],
    [
      'a scalar that is nested too deeply',
      '{ json }',
      { json: JSON.parse('['.repeat(900) + ']'.repeat(900)) as unknown },
    ],
    ['a text for a Float', '{ float }', { float: 'x' }],
    ['a number for a String', '{ text }', { text: 1 }],
    ['a number for a Boolean', '{ yes }', { yes: 1 }],
    ['a fraction for an ID', '{ id }', { id: 1.5 }],
    [
      'another type’s name',
      '{ thing { __typename id } }',
      { thing: { __typename: 'Other', id: '1' } },
    ],
    ['an unknown type', '{ node { __typename } }', { node: { __typename: 'Ghost' } }],
    [
      'a type that the field cannot have',
      '{ node { __typename id } }',
      { node: { __typename: 'Alien', id: '1' } },
    ],
    ['no type for an abstract type', '{ pick { ... on Thing { id } } }', { pick: { id: '1' } }],
    ['no data at all', '{ int }', 'x'],
  ])('refuses %s', (_, query, response) => {
    expect(() => project(query, response)).toThrow(InvalidResponse);
  });

  it('ignores inherited properties', () => {
    expect(() => project('{ toString: int }', {})).toThrow(InvalidResponse);
    const response = JSON.parse('{"constructor":1,"__proto__":{"must":1}}') as unknown;
    expect(project('{ constructor: int }', response)).toEqual({ constructor: 1 });
    expect(() => project('{ must }', response)).toThrow(InvalidResponse);
  });

  it('makes texts of integers as IDs, and accepts any value as a custom scalar', () => {
    const json = JSON.parse('{"__proto__":[1],"x":{"y":null}}') as unknown;
    expect(project('{ id json colour float }', { id: 7, json, colour: null, float: 2 })).toEqual({
      id: '7',
      json,
      colour: null,
      float: 2,
    });
  });

  it('requires of each object the fields that are selected for its type', () => {
    const query = '{ pick { hub__type: __typename ... on Thing { name } ... on Alien { id } } }';
    const response = (type: string) => ({ pick: { hub__type: type, id: '1', name: 'n', size: 1 } });
    expect(project(query, response('Thing'))).toEqual({ pick: { name: 'n' } });
    expect(project(query, response('Alien'))).toEqual({ pick: { id: '1' } });
  });

  it('ignores a field that a literal skips', () => {
    const query =
      '{ int @skip(if: true) text @include(if: true) ... @include(if: false) { must } }';
    expect(project(query, { int: 1, text: 'x', must: 1 })).toEqual({ text: 'x' });
    expect(() => project(query, { int: 1, must: 1 })).toThrow(InvalidResponse);
  });

  it('ignores the selections of a field that a literal skips', () => {
    const query = `{ thing { id } thing @skip(if: true) { name }
      ... @skip(if: true) { thing { other { id } } } thing @include(if: true) { other { n: name } } }`;
    const asked = { thing: { id: '1', other: { n: 'x' } } };
    expect(project(query, asked)).toEqual(asked);
    const skipped = { thing: { id: '1', name: 'n', other: { id: '2' } } };
    expect(() => project(query, skipped)).toThrow(InvalidResponse);
  });

  it('adds the type of each object, but not of an interface object', () => {
    const model = createTestModel(`
      type Query { thing: Thing media: Media nodes: [Node] } interface Node { id: ID! }
      type Thing implements Node { id: ID! } type Media @interfaceObject { id: ID! }`);
    const type = model.schema.getQueryType();
    if (!type) throw new Error('No query type.');
    const selection = parseSelection(
      '{ thing { id } media { id } nodes { hub__type: __typename } }',
    );
    const response = {
      thing: { id: '1' },
      media: { id: '2' },
      nodes: [{ hub__type: 'Thing' }, null],
    };
    expect(compileProjection(model.schema, type, [selection])(response, anyone)).toEqual({
      thing: { __typename: 'Thing', id: '1' },
      media: { id: '2' },
      nodes: [{ __typename: 'Thing' }, null],
    });
  });

  it('rejects a record that belongs to another partner', () => {
    const type = schema.getType('Thing');
    if (!isCompositeType(type)) throw new Error('No such type.');
    const projectThing = compileProjection(schema, type, [
      parseSelection('{ hub__owner: id name }'),
    ]);
    const isOwn = (_: string, owner: unknown) => owner === 'north:1';
    const thing = { hub__owner: 'north:1', name: 'n' };
    expect(projectThing(thing, { ...anyone, isOwn })).toEqual({ __typename: 'Thing', name: 'n' });
    expect(() => projectThing({ ...thing, hub__owner: 'south:1' }, { ...anyone, isOwn })).toThrow(
      InvalidResponse,
    );
  });

  it('rejects a record whose selected owner differs from the owner that the hub checks', () => {
    const type = schema.getType('Thing');
    if (!isCompositeType(type)) throw new Error('No such type.');
    const project = compileProjection(schema, type, [
      parseSelection('{ hub__owner: id shown: id }'),
    ]);
    const isOwn = (_type: string, owner: unknown) => owner === 'north:1';
    const context = { ...anyone, isOwn };
    expect(project({ hub__owner: 'north:1', shown: 'north:1' }, context)).toMatchObject({
      shown: 'north:1',
    });
    expect(() => project({ hub__owner: 'north:1', shown: 'south:1' }, context)).toThrow(
      InvalidResponse,
    );
  });

  it.each(['Date', 'DateTime', 'PartialDate', 'CountryCode', 'LanguageTag', 'URL', 'EmailAddress'])(
    'accepts only texts as a %s of partners',
    (scalar) => {
      const { schema: own } = createTestModel(`scalar ${scalar} type Query { it: ${scalar} }`);
      const type = own.getQueryType();
      if (!type) throw new Error('No query type.');
      const options = { isContracted: true };
      const project = compileProjection(own, type, [parseSelection('{ it }')], undefined, options);
      for (const it of ['x', null]) expect(project({ it }, anyone)).toEqual({ it });
      for (const it of [{}, ['x'], { toString: 1 }, 7, true])
        expect(() => project({ it }, anyone)).toThrow(InvalidResponse);
    },
  );

  it('limits the length of ids and dates of partners, and of no other text', () => {
    const { schema: dated } = createTestModel(
      'scalar Date type Query { id: ID on: Date text: String }',
    );
    const type = dated.getQueryType();
    if (!type) throw new Error('No query type.');
    const project = (response: object, isContracted = true) =>
      compileProjection(dated, type, [parseSelection('{ id on text }')], undefined, {
        isContracted,
      })({ id: 1, on: null, text: null, ...response }, anyone);
    const [id, text] = ['x'.repeat(200), 'x'.repeat(100_000)];
    expect(project({ id, text })).toMatchObject({ id, text });
    expect(() => project({ id: `${id}x` })).toThrow(InvalidResponse);
    expect(() => project({ on: '2020-01-01T' })).toThrow(InvalidResponse);
    expect(project({ id: `${id}x` }, false)).toMatchObject({ id: `${id}x` });
  });
});
