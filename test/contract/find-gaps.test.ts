import { describe, expect, it } from 'vitest';
import { findGaps } from './find-gaps.js';

const contract = `
  type Query { office(id: ID!): Office offices(filter: OfficeFilter, first: Int = 50): [Office!] }
  type Mutation { open(input: OpenInput!): Office }
  type Office implements Party @key(fields: "id") { id: ID! name: String! kind: Kind }
  interface Party { id: ID! }
  enum Kind { OFFICE BRANCH }
  enum Reason { WISH }
  input OfficeFilter { kind: Kind }
  input OpenInput { reason: Reason }
`;

const changed = (from: string, to: string) => findGaps(contract, contract.replace(from, to));

describe('findGaps', () => {
  it('finds none in a schema that offers the whole contract, and more', () => {
    expect(findGaps(contract, contract)).toEqual([]);
    expect(changed('kind: Kind }', '"In words." kind: Kind extra: Int }')).toEqual([]);
    expect(changed('first: Int = 50', 'first: Int = 50, last: Int')).toEqual([]);
  });

  it('wants a key resolvable where an addition to the contract makes it so', () => {
    const agreed = 'type A @key(fields: "id", resolvable: false) { id: ID! }';
    const whole = `${agreed} extend type A @key(fields: "id") { b: Int }`;
    expect(findGaps(whole, 'type A @key(fields: "id") { id: ID! b: Int }')).toEqual([]);
    expect(findGaps(whole, `${agreed} extend type A { b: Int }`)).toHaveLength(1);
  });

  it.each([
    ['input OpenInput { reason: Reason }', '', ['OpenInput is missing']],
    ['open(input: OpenInput!)', 'close(input: OpenInput!)', ['Mutation.open is missing']],
    ['enum Kind { OFFICE BRANCH }', '', ['Kind is missing']],
    ['kind: Kind }', '}', ['Office.kind is missing']],
    ['OFFICE BRANCH', 'OFFICE', ['Kind.BRANCH is missing']],
    ['name: String!', 'name: String', ['Office.name is String! in the contract, and String here']],
    ['implements Party', '', ['Office.Party is missing']],
    ['@key(fields: "id")', '', ['Office is @key(fields: "id") in the contract, and plain here']],
    [
      'first: Int = 50',
      'first: Int',
      ['Query.offices().first is Int = 50 in the contract, and Int here'],
    ],
    ['first: Int = 50', 'many: Int', ['Query.offices().first is missing']],
    [
      'first: Int = 50',
      'first: Int = 50, why: String!',
      ['Query.offices().why is demanded here, and not in the contract'],
    ],
    [
      'interface Party',
      'type Party',
      ['Party is InterfaceTypeDefinition in the contract, and ObjectTypeDefinition here'],
    ],
    [
      'kind: Kind }\n  interface',
      'kind: Kind @shareable }\n  interface',
      ['Office.kind is plain in the contract, and @shareable here'],
    ],
    [
      'input OfficeFilter { kind: Kind }',
      'input OfficeFilter { sort: Kind }',
      ['OfficeFilter.kind is missing'],
    ],
  ])('says where %j has become %j', (from, to, gaps) => {
    expect(changed(from, to)).toEqual(gaps);
  });
});
