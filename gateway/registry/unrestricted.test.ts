import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createUnrestrictedTest } from './unrestricted.js';

const schema = buildSchema(`
  scalar _Any
  union _Entity = Office | Officer
  type Query { office(id: ID): Office offices: [Office!] count: Int officer: Officer node: Node party: Party
    _entities(representations: [_Any!]!): [_Entity]! }
  type Mutation { open: Office }
  interface Node { id: ID! }
  interface Party { id: ID! }
  type Region { code: ID! }
  type Office implements Node & Party { id: ID! name: String region: Region head: Officer }
  type Officer implements Node { id: ID! name: String }
`);
const isUnrestricted = createUnrestrictedTest(schema, ['Office', 'Region']);

describe('createUnrestrictedTest', () => {
  it.each([
    '{ offices { id name } }',
    'query Q($id: ID) { office(id: $id) { __typename name region { code } } __typename }',
    '{ ...F } fragment F on Query { offices { ... on Office { region { code } } } }',
    '{ party { id ... on Office { name } } }',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Office { __typename name } } }',
  ])('holds for what leads to listed types alone: %s', (document) => {
    expect(isUnrestricted(document)).toBe(true);
    expect(isUnrestricted(document)).toBe(true);
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
    ['an interface of which another type may be', '{ node { id } }'],
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
    ['a field that is not there', '{ offices { id fax } }'],
  ])('does not hold for %s', (_what, document) => {
    expect(isUnrestricted(document)).toBe(false);
  });

  it('holds for nothing where no type is listed', () => {
    expect(createUnrestrictedTest(schema, [])('{ offices { id } }')).toBe(false);
  });
});
