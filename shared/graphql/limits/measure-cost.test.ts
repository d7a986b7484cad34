import { buildSchema, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultLimits, foreignLimits } from './limits.js';
import { measureCost } from './measure-cost.js';

const schema = buildSchema(`
  type Query {
    officers(first: Int = 50, last: Int): OfficerConnection
    units: [Unit!]
    latest(limit: Int!): [Unit!]
    grid: [[Unit]]
    party: Party
    _entities(representations: [_Any!]!): [_Entity]!
  }
  scalar _Any
  union _Entity = Unit | Officer
  interface Party { name: String }
  type OfficerConnection { nodes: [Officer!]! edges: [Edge!]! totalCount: Int }
  type Edge { node: Officer! }
  type Officer implements Party { id: ID! name: String languages: [String!] unit: Unit nominations: [Unit!] }
  type Unit implements Party { id: ID! name: String officers(first: Int = 50): OfficerConnection units: [Unit!]! }
`);

function costOf(query: string, variables: Record<string, unknown> = {}, limits = defaultLimits) {
  const document = parse(query);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('No operation.');
  return measureCost({ schema, document, operation, variables, limits }).cost;
}

describe('measureCost', () => {
  it.each([
    ['{ __typename }', 1],
    ['{ officers(first: 1000) { nodes { id name } totalCount } }', 3_002],
    ['{ officers { nodes { id } } }', 101],
    ['{ officers(first: null) { nodes { id } } }', 21],
    ['{ officers(last: 1000) { nodes { id } } }', 2_001],
    ['{ officers(last: 3) { nodes { id } } }', 7],
    ['{ officers(first: 3, last: 1000) { nodes { id } } }', 2_001],
    ['{ officers(first: 3) { nodes { languages } edges { node { id } } } }', 16],
    ['{ officers(first: 0) { nodes { id } } }', 2],
    ['{ officers(first: 3) { nodes { nominations { id } } } }', 64],
    ['{ officers(first: 3) { ...c } } fragment c on OfficerConnection { nodes { id } }', 7],
    ['{ units { units { id } } }', 210],
    ['{ latest(limit: 7) { id } }', 14],
    ['{ grid { id } }', 200],
    ['{ party { name ... on Officer { id } ... on Unit { id } } }', 4],
    ['{ __schema { types { name } } }', 21],
  ])('computes for %s the cost %i', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('counts with the variables of the request, and with their default values', () => {
    const query = 'query ($first: Int = 20) { officers(first: $first) { nodes { id } } }';
    expect(costOf(query)).toBe(41);
    expect(costOf(query, { first: 100 })).toBe(201);
    expect(costOf(query, { first: null })).toBe(21);
    expect(costOf(query, { first: 'many' })).toBe(21);
  });

  it('counts at most the largest page, because a larger one is rejected', () => {
    expect(costOf('{ officers(first: 2000000000) { nodes { id } } }')).toBe(2_001);
    expect(costOf('{ officers(first: 5000) { nodes { id } } }', {}, foreignLimits)).toBe(10_001);
  });

  it('counts representations', () => {
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Unit { id } } }';
    expect(costOf(query, { r: Array(1_000).fill({}) })).toBe(2_000);
    expect(costOf('{ _entities(representations: [{}, {}, {}]) { __typename } }')).toBe(6);
  });

  it('is over the limit for a thousand times a thousand, and far below it for a page with details', () => {
    const nested = 'unit { officers(first: 1000) { nodes { id } } }';
    expect(costOf(`{ officers(first: 1000) { nodes { ${nested} } } }`)).toBeGreaterThan(
      defaultLimits.cost,
    );
    const details = 'id name languages unit { id name } nominations { id name }';
    expect(costOf(`{ officers(first: 1000) { nodes { ${details} } } }`)).toBeLessThan(
      defaultLimits.cost / 20,
    );
  });

  it('allows nested lists of several hundred rows for a foreign supergraph', () => {
    const inner = 'officers(first: 500) { nodes { id name } }';
    const query = `{ officers(first: 500) { nodes { unit { ${inner} units { ${inner} } } } } }`;
    expect(costOf(query, {}, foreignLimits)).toBeLessThan(foreignLimits.cost / 10);
  });

  it('ends even if the number is infinite', () => {
    const deep = `{ units ${'{ units '.repeat(150)} { id } ${'}'.repeat(151)}`;
    expect(costOf(deep)).toBeGreaterThan(1e100);
  });
});
