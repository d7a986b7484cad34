import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createMaxAgeReader, readMaxAges } from './max-ages.js';

const schema = buildSchema(`
  scalar _Any
  union _Entity = Office | Officer
  type Query { office(id: ID): Office offices: [Office!] count: Int officer: Officer node: Node party: Party
    _entities(representations: [_Any!]!): [_Entity]! }
  type Mutation { open: Office }
  interface Node { id: ID! }
  interface Party { id: ID! }
  type Region { code: ID! }
  type Claim { value: String }
  type Office implements Node & Party { id: ID! name: String region: Region claims: [Claim!] head: Officer }
  type Officer implements Node { id: ID! name: String }
`);
const ages = new Map([
  ['Office', 30],
  ['Region', 10],
  ['Claim', Infinity],
]);
const maxAgeOf = createMaxAgeReader(schema, ages);

describe('createMaxAgeReader', () => {
  it.each([
    ['{ offices { id name } }', 30],
    ['{ offices { claims { value } } }', 30],
    ['query Q($id: ID) { office(id: $id) { __typename name region { code } } __typename }', 10],
    ['{ ...F } fragment F on Query { offices { ... on Office { region { code } } } }', 10],
    ['{ party { id ... on Office { name } } }', 30],
    [
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Office { __typename name } } }',
      30,
    ],
  ])('returns the shortest time of the types that %s selects', (document, seconds) => {
    expect(maxAgeOf(document)).toBe(seconds);
    expect(maxAgeOf(document)).toBe(seconds);
  });

  it.each([
    ['another type', '{ officer { id } }'],
    ['another type, deep inside', '{ offices { id head { id } } }'],
    [
      'another type, on a condition',
      'query ($y: Boolean!) { offices { id head @include(if: $y) { id } } }',
    ],
    ['another type, by its name alone', '{ offices { head { __typename } } }'],
    ['another type, by a fragment', '{ ...F } fragment F on Query { offices { head { id } } }'],
    ['an interface with another type', '{ node { id } }'],
    [
      'one of two entities',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Office { id } ... on Officer { id } } }',
    ],
    [
      'the type of any entity',
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Office { id } } }',
    ],
    ['a root field without a type', '{ count offices { id } }'],
    ['nothing but the root', '{ __typename }'],
    ['the schema', '{ offices { id } __schema { types { name } } }'],
    ['a mutation', 'mutation { open { id } }'],
    ['an unknown field', '{ offices { id fax } }'],
  ])('returns 0 for %s', (_what, document) => {
    expect(maxAgeOf(document)).toBe(0);
  });

  it('returns 0 if no type has a time', () => {
    expect(createMaxAgeReader(schema, new Map())('{ offices { id } }')).toBe(0);
  });
});

describe('readMaxAges', () => {
  it('reads @cacheControl on types and extensions only', () => {
    const sdl = `
      directive @cacheControl(maxAge: Int, inheritMaxAge: Boolean) on OBJECT
      directive @other(maxAge: Int) on OBJECT
      interface Party @cacheControl(maxAge: 20) { id: ID! }
      type Office @cacheControl(maxAge: 30) { id: ID! }
      type Region { id: ID! }
      extend type Region @other(maxAge: 5) @cacheControl(maxAge: 10)
      type Claim @cacheControl(inheritMaxAge: true) { value: String }
      type Officer @other(maxAge: 5) { id: ID! }
      type Group @cacheControl { id: ID! }
      type Visit @cacheControl(inheritMaxAge: false) { id: ID! }
    `;
    expect(Object.fromEntries(readMaxAges(sdl))).toEqual({
      Office: 30,
      Region: 10,
      Claim: Infinity,
      Group: 0,
      Visit: 0,
    });
  });
});
