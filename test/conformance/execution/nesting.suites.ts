import { GraphQLError } from 'graphql';
import { federation, type Suite } from '../foreign-supergraph/suite.js';

type Row = Record<string, unknown>;

const fail = () => {
  throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
};

const parts = ['1', '2', '3'].map((id) => ({ id, kind: id === '2' ? 'B' : 'A' }));
const owners = [
  { __typename: 'Person', id: 'p1', name: 'Ada' },
  { __typename: 'Firm', id: 'f1', name: 'Firm' },
  { __typename: 'Ghost', id: 'g1' },
];

/** Lists of lists, entities within entities, and errors and nulls at every depth of them. */
export const nesting: readonly Suite[] = [
  {
    name: 'lists of lists, unions in them, and errors at every depth',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { grid: [[Part]] strictGrid: [[Part!]!] whole: Whole wholes: [Whole!] owners: [[Owner]] }
          type Whole @key(fields: "id") { id: ID! parts: [[Part!]]! owner: Owner size: Size @shareable }
          type Size @shareable { width: Int height: Int }
          type Part @key(fields: "id") @key(fields: "kind id") { id: ID! kind: Kind }
          enum Kind { A B }
          union Owner = Person | Firm | Ghost
          type Person @key(fields: "id") { id: ID! name: String }
          type Firm @key(fields: "id") { id: ID! name: String }
          type Ghost { id: ID! }`,
        resolvers: {
          Query: {
            grid: () => [[parts[0], null, parts[1]], null, [], [parts[0], parts[2]]],
            strictGrid: () => [[parts[0]], [parts[1], parts[2]]],
            whole: () => ({ id: 'w1' }),
            wholes: () => [{ id: 'w1' }, { id: 'w2' }, { id: 'w1' }],
            owners: () => [
              [owners[0], owners[1]],
              [owners[2], null, owners[0]],
            ],
          },
          Whole: {
            parts: ({ id }: Row) => (id === 'w2' ? [null, [parts[1]]] : [[parts[0]], [parts[2]]]),
            owner: ({ id }: Row) => owners[id === 'w1' ? 0 : 1],
            size: () => ({ width: 1, height: 2 }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@external', '@requires', '@provides')}
          type Query { latest: Whole @provides(fields: "size { width }") }
          type Whole @key(fields: "id") { id: ID! label: String! parents: [Whole] size: Size @external }
          type Size { width: Int @external }
          type Part @key(fields: "id") { id: ID! kind: Kind @external weight: Int price(per: Int): Int cost: Int @requires(fields: "kind") within: Whole }
          enum Kind { A B }
          type Person @key(fields: "id") { id: ID! age: Int owns: [Whole!] }
          type Firm @key(fields: "id") { id: ID! staff: [[Person]] }`,
        resolvers: {
          Query: { latest: () => ({ id: 'w2', size: { width: 9 } }) },
          Whole: {
            __resolveReference: ({ id }: Row) => ({ id }),
            label: ({ id }: Row) => (id === 'w2' ? null : `label of ${String(id)}`),
            parents: ({ id }: Row) => (id === 'w1' ? [{ id: 'w2' }, null, { id: 'w3' }] : null),
          },
          Part: {
            __resolveReference: (part: Row) => (part.id === '3' ? fail() : part),
            weight: ({ id }: Row) => (id === '2' ? fail() : Number(id)),
            price: ({ id }: Row, { per }: { per?: number }) => Number(id) * (per ?? 1),
            cost: ({ kind }: Row) => (kind === 'B' ? 2 : 1),
            within: ({ id }: Row) => ({ id: `w${String(id)}` }),
          },
          Person: { age: () => 36, owns: () => [{ id: 'w1' }, { id: 'w3' }] },
          Firm: { staff: () => [[{ id: 'p1' }, null], null] },
        },
      },
    },
    operations: [
      '{ grid { id kind weight } }',
      '{ strictGrid { id price cost within { label } } }',
      '{ wholes { id label } whole { label parents { id label owner { ... on Person { age } } } } }',
      '{ owners { __typename ... on Person { name age owns { size { height } } } ... on Firm { staff { age } } } }',
      'query ($a: Boolean!, $b: Boolean = false) { whole { id parts @include(if: $a) { id cost @skip(if: $b) } ... @skip(if: $a) { label } } }',
      {
        query:
          'query ($a: Boolean!, $b: Boolean = false) { whole { id parts @include(if: $a) { id cost @skip(if: $b) } ... @skip(if: $a) { label } } }',
        variables: { a: true, b: true },
      },
      { query: '{ a: grid { p: price(per: 2) q: price(per: 3) } b: grid { p: price(per: 5) } }' },
      '{ latest { size { width } ...L } } fragment L on Whole { size { height } label parents { ...M } } fragment M on Whole { id }',
      {
        query:
          '{ latest { __typename parts { __typename t: __typename within { parts { weight } } } } }',
      },
      '{ __typename __schema { queryType { name } } __type(name: "Part") { fields { name } } }',
    ],
  },
];
