import { federation, find, type Suite } from './suite.js';

type Row = Record<string, unknown>;

const vessels = [
  { __typename: 'Ferry', id: 'v1', name: 'Aurora' },
  { __typename: 'Tug', id: 'v2', name: 'Bjarmi' },
];

function createCounter() {
  let value = 0;
  return (change: (value: number) => number) => (value = change(value));
}

/** What the plain engine’s planner plans wrongly, or plans for ever. */
export const mendedPlans: readonly Suite[] = [
  {
    name: '@requires of a field that itself requires what its own subgraph only knows as external',
    subgraphs: {
      scales: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Query { parcel: Parcel }
          type Parcel @key(fields: "id") { id: ID! weight: Int length: Int
            fee: String @external label: String @requires(fields: "fee") }`,
        resolvers: {
          Query: { parcel: () => ({ id: 'p1' }) },
          Parcel: {
            __resolveReference: (reference: object) => reference,
            weight: ({ id }: Row) => (id === 'p1' ? 3 : 4),
            length: () => 7,
            label: ({ id, fee }: Row) => `label of ${id}, ${fee}`,
          },
        },
      },
      desk: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Query { parcels: [Parcel] }
          type Parcel @key(fields: "id") { id: ID! weight: Int @external length: Int @external
            fee: String @requires(fields: "weight length") }`,
        resolvers: {
          Query: { parcels: () => [{ id: 'p1' }, { id: 'p2' }] },
          Parcel: {
            __resolveReference: (reference: object) => reference,
            fee: ({ weight, length }: Row) => `fee of ${weight} and ${length}`,
          },
        },
      },
    },
    operations: [
      '{ parcels { id fee } parcel { id label fee } }',
      {
        query: '{ parcels { label } }',
        data: {
          parcels: [
            { label: 'label of p1, fee of 3 and 7' },
            { label: 'label of p2, fee of 4 and 7' },
          ],
        },
      },
      {
        query: '{ parcels { fee: label kind: __typename ... on Parcel { label } } }',
        data: {
          parcels: [
            {
              fee: 'label of p1, fee of 3 and 7',
              kind: 'Parcel',
              label: 'label of p1, fee of 3 and 7',
            },
            {
              fee: 'label of p2, fee of 4 and 7',
              kind: 'Parcel',
              label: 'label of p2, fee of 4 and 7',
            },
          ],
        },
      },
    ],
  },
  {
    name: '@requires of one interface object, asked of some types of another',
    subgraphs: {
      register: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { vessel: Vessel } interface Vessel @key(fields: "id") { id: ID! name: String }
          type Ferry implements Vessel @key(fields: "id") { id: ID! name: String seats: Int }
          type Tug implements Vessel @key(fields: "id") { id: ID! name: String pull: Int }`,
        resolvers: {
          Query: { vessel: () => vessels[0] },
          Vessel: { __resolveReference: find(vessels, 'id') },
          Ferry: { __resolveReference: find(vessels, 'id'), seats: () => 90 },
          Tug: { __resolveReference: find(vessels, 'id'), pull: () => 40 },
        },
      },
      radio: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject', '@external', '@requires')}
          type Vessel @key(fields: "id") @interfaceObject { id: ID! name: String @external
            sign: String @requires(fields: "name") }`,
        resolvers: {
          Vessel: {
            __resolveReference: (reference: object) => reference,
            sign: ({ id, name }: Row) => `${id} ${name}`,
          },
        },
      },
      harbour: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { moored: [Vessel] }
          type Vessel @key(fields: "id") @interfaceObject { id: ID! berth: Int }`,
        resolvers: {
          Query: { moored: () => [{ id: 'v1' }, { id: 'v2' }] },
          Vessel: { __resolveReference: (reference: object) => reference, berth: () => 5 },
        },
      },
    },
    operations: [
      '{ moored { ... on Ferry { sign } } }',
      '{ moored { berth ... on Ferry { sign seats } ... on Tug { sign pull name } } }',
      '{ moored { sign } vessel { sign ... on Ferry { berth } } }',
    ],
  },
  {
    name: 'mutations with a directive, and the same without',
    subgraphs: (() => {
      const count = createCounter();
      const mark = 'directive @mark(as: String) on FIELD | INLINE_FRAGMENT';
      return {
        a: {
          typeDefs: `${federation('2.3', '@key')} ${mark}
            type Query { value: Int } type Mutation { multiply(by: Int!): Int! reset: Int! }`,
          resolvers: {
            Query: { value: () => count((value) => value) },
            Mutation: {
              multiply: (_: unknown, { by }: { by: number }) => count((value) => value * by),
              reset: () => count(() => 1),
            },
          },
        },
        b: {
          typeDefs: `${federation('2.3', '@key')} ${mark}
            type Mutation { add(number: Int!): Total } type Total { value: Int twice: Int }`,
          resolvers: {
            Mutation: {
              add(_: unknown, { number }: { number: number }) {
                const total = count((value) => value + number);
                return { value: total, twice: 2 * total };
              },
            },
          },
        },
      };
    })(),
    operations: [
      {
        query:
          'mutation { reset add(number: 5) { value } multiply(by: 3) add(number: 5) @mark { twice } last: multiply(by: 2) }',
        data: { reset: 1, add: { value: 6, twice: 12 }, multiply: 18, last: 36 },
      },
      {
        query:
          'mutation { reset a: add(number: 5) @mark { value } multiply(by: 3) ... @mark { a: add(number: 5) @mark(as: "b") { twice } } ...L } fragment L on Mutation { a: add(number: 5) { value } last: multiply(by: 2) }',
        data: { reset: 1, a: { value: 6, twice: 12 }, multiply: 18, last: 36 },
      },
    ],
  },
  {
    name: 'variables and fields with names that the planner gives itself',
    subgraphs: {
      scales: {
        typeDefs: `${federation('2.3', '@key')} type Query { parcel: Parcel }
          type Parcel @key(fields: "id") { id: ID! name: String name__alias_0: String }`,
        resolvers: {
          Query: { parcel: () => ({ id: 'p1', name: 'Skis', name__alias_0: 'Poles' }) },
        },
      },
      desk: {
        typeDefs: `${federation('2.3', '@key')} input Sum { of: [Int] }
          type Parcel @key(fields: "id") { id: ID! fee(days: Int, sum: Sum): Int }`,
        resolvers: {
          Parcel: {
            __resolveReference: (reference: object) => reference,
            fee: (_: unknown, { days = 0, sum }: { days?: number; sum?: { of: number[] } }) =>
              (sum?.of ?? []).reduce((total, one) => total + one, days),
          },
        },
      },
    },
    operations: [
      {
        query:
          'query ($representations: Int, $representations_: Int = 2) { parcel { name fee(days: $representations) f: fee(sum: { of: [$representations_, $representations] }) } }',
        variables: { representations: 40 },
        data: { parcel: { name: 'Skis', fee: 40, f: 42 } },
      },
      {
        query:
          'query ($representations: Boolean!, $n: String!) { parcel { fee(days: 1) @include(if: $representations) } __type(name: $n) { name } }',
        variables: { representations: true, n: 'Sum' },
      },
      {
        query: 'query ($representations: String!) { __type(name: $representations) { name } }',
        variables: { representations: 'Sum' },
      },
      '{ parcel { name__alias_0 name } }',
    ],
  },
];
