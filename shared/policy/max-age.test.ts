import { buildSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readMaxAge, readOwnMaxAge } from './max-age.js';
import type { Policies, TypePolicy } from './type-policy.js';

const schema = buildSchema(`
  scalar _Any
  union _Entity = Office | Officer
  type Query { offices: [Office!] staff: [Office!] regions: [Region!] count: Int node: Node
    _entities(representations: [_Any!]!): [_Entity]! }
  type Mutation { open: Office }
  interface Node { id: ID! }
  type Claim { value: String }
  type Region implements Node { id: ID! }
  type Office implements Node { id: ID! region: Region claims: [Claim!] phone: String head: Officer }
  type Officer { id: ID! }
`);
const policyOf = (fields: Readonly<Record<string, string>>, maxAge?: number): TypePolicy => ({
  fields,
  maxAge,
  decide: () => false,
});
const office = policyOf(
  { id: 'open', region: 'open', claims: 'open', head: 'open', phone: 'people' },
  30,
);
const policies: Policies = {
  Query: policyOf({
    offices: 'open',
    regions: 'open',
    count: 'open',
    node: 'open',
    staff: 'people',
  }),
  Mutation: policyOf({ open: 'open' }),
  Office: office,
  Region: policyOf({ id: 'open' }, 10),
  Claim: policyOf({ value: 'open' }, Infinity),
  Officer: policyOf({ id: 'open' }),
};
const secondsOf = (document: string, given = policies) =>
  readOwnMaxAge(schema, given, parse(document));

describe('readOwnMaxAge', () => {
  it.each([
    ['its own', '{ offices { id __typename } }', 30],
    ['its whole’s', '{ offices { claims { value } } }', 30],
    ['the shortest', '{ offices { id region { id } } }', 10],
    ['the shortest of those that may be there', '{ node { id } }', 10],
    ['that of an entity', '{ _entities(representations: []) { ... on Office { id } } }', 30],
  ])('returns for a type %s', (_what, document, seconds) => {
    expect(secondsOf(document)).toBe(seconds);
  });

  it.each([
    ['a type without a time', '{ offices { id head { id } } }'],
    ['a restricted field', '{ offices { id phone } }'],
    ['a restricted root field', '{ staff { id } }'],
    ['a field without a policy', '{ offices { id } _service { sdl } }'],
    ['no type at all', '{ count }'],
    ['a root field without a type, beside others', '{ count offices { id } }'],
    ['the type’s name alone', '{ __typename }'],
    ['the type of any entity', '{ _entities(representations: []) { __typename } }'],
    ['a mutation', 'mutation { open { id } }'],
  ])('returns 0 for %s', (_what, document) => {
    expect(secondsOf(document)).toBe(0);
  });

  it('returns 0 for restricted objects', () => {
    const hidden = { ...office, object: 'people' };
    expect(secondsOf('{ offices { id } }', { ...policies, Office: hidden })).toBe(0);
  });
});

describe('readMaxAge', () => {
  it('leaves the type’s name at the root to the other selections', () => {
    const ageOf = ({ name }: { readonly name: string }) => (name === '__typename' ? 0 : 30);
    expect(readMaxAge(schema, parse('{ __typename offices { id } }'), ageOf)).toBe(30);
    expect(readMaxAge(schema, parse('{ offices { id __typename } }'), ageOf)).toBe(0);
  });
});
