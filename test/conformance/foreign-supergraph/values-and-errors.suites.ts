import { GraphQLError } from 'graphql';
import { federation, type Suite } from './suite.js';

const fail = () => {
  throw new Error('It fails.');
};

/** Values of every kind, and what becomes of errors and nulls. */
export const valuesAndErrors: readonly Suite[] = [
  {
    name: 'scalars, own and built in',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          scalar JSON scalar Big
          type Query { all: All echo(json: JSON, big: Big, ids: [ID!], float: Float): JSON }
          type All @key(fields: "id") { id: ID! int: Int float: Float whole: Float text: String yes: Boolean ids: [ID] json: JSON manyJson: [JSON!] big: Big grid: [[Int]!] none: JSON }`,
        resolvers: {
          Query: {
            all: () => ({
              id: 7,
              int: -3,
              float: 1.5,
              whole: 2,
              text: 'ü\u{1F4DA}\u0000"\\',
              yes: false,
              ids: [1, 'x', null],
              json: JSON.parse(
                '{"__proto__":{"a":1},"constructor":2,"hub__x":[null,{"b":[]}]}',
              ) as unknown,
              manyJson: [{}, [], 'x', 0, false],
              big: '12345678901234567890',
              grid: [[1, null], []],
              none: null,
            }),
            echo: (_: unknown, args: object) => args,
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')} type All @key(fields: "id") { id: ID! more: String }`,
        resolvers: { All: { more: ({ id }: { id: string }) => `more of ${typeof id} ${id}` } },
      },
    },
    operations: [
      '{ all { id int float whole text yes ids json manyJson big grid none more } }',
      '{ echo(json: { a: [1, "x", { b: null }], __proto__: 1 }, big: 12, ids: [1, "2"], float: 3) }',
      {
        query:
          'query ($json: JSON, $ids: [ID!] = ["d"], $float: Float) { echo(json: $json, ids: $ids, float: $float) }',
        variables: { json: { deep: [{ er: 'value' }] }, float: 3 },
      },
      '{ a: all { constructor: int toString: text hasOwnProperty: yes } }',
    ],
  },
  {
    name: 'enums and inputs of which subgraphs know different parts',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { people: [Person!] peopleInA(filter: Filter!): [Person!] }
          input Filter { first: Int! after: String }
          type Person @key(fields: "id") { id: ID type: Kind @shareable } enum Kind { NAMED }`,
        resolvers: {
          Query: {
            people: () => [
              { id: 'u1', type: 'NAMED' },
              { id: 'u2', type: 'NAMELESS' },
            ],
            peopleInA: (_: unknown, { filter }: { filter: { first: number } }) =>
              [{ id: 'u1', type: 'NAMED' }].slice(0, filter.first),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@inaccessible')}
          type Query { peopleOfKind(type: Kind!): [Person!] peopleB: [Person!] peopleInB(filter: Filter!): [Person!] }
          input Filter { first: Int }
          type Person @key(fields: "id") { id: ID type: Kind @shareable shortName: String } enum Kind { NAMELESS @inaccessible NAMED }`,
        resolvers: {
          Query: {
            peopleOfKind: (_: unknown, { type }: { type: string }) => [{ id: 'u1', type }],
            peopleB: () => [
              { id: 'u1', type: 'NAMED' },
              { id: 'u2', type: 'NAMELESS' },
            ],
            peopleInB: () => [{ id: 'u1', type: 'NAMED' }],
          },
          Person: { shortName: ({ id }: { id: string }) => `shortName of ${id}` },
        },
      },
    },
    operations: [
      '{ people { id shortName } }',
      { query: '{ people { id type } }', hasErrors: true },
      '{ peopleB { id type } }',
      '{ peopleOfKind(type: NAMED) { id type } }',
      { query: '{ peopleOfKind(type: NAMELESS) { id } }', hasErrors: true },
      '{ peopleInA(filter: { first: 1 }) { id } peopleInB(filter: { first: 1 }) { id } }',
      { query: '{ peopleInA(filter: { first: 1, after: "x" }) { id } }', hasErrors: true },
    ],
  },
  {
    name: 'errors and nulls of every place',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { rows: [Row] row: Row root: Int strict: Row! rowsOfAll: [Row!]! denied: Int }
          type Row @key(fields: "id") { id: ID! fails: Int nested: Nested list: [Nested] }
          type Nested { must: Int! may: Int }`,
        resolvers: {
          Query: {
            rows: () => ['1', '2', '3'].map((id) => ({ id })),
            rowsOfAll: () => ['1', '2'].map((id) => ({ id })),
            row: () => ({ id: '1' }),
            root: fail,
            strict: fail,
            denied: () => {
              throw new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
            },
          },
          Row: {
            fails: ({ id }: { id: string }) => (id === '2' ? fail() : 1),
            nested: ({ id }: { id: string }) => ({ id }),
            list: () => [{ id: '1' }, { id: '2' }],
          },
          Nested: {
            must: ({ id }: { id: string }) => (id === '2' ? null : 5),
            may: ({ id }: { id: string }) => (id === '2' ? fail() : 6),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')}
          type Row @key(fields: "id") { id: ID! more: String sure: String! deep: [Deep!] } type Deep { must: Int! }`,
        resolvers: {
          Row: {
            __resolveReference: ({ id }: { id: string }) => {
              if (id === '3') throw new Error('It fails.');
              return id === '2' ? null : { id };
            },
            more: () => 'more',
            sure: ({ id }: { id: string }) => (id === '1' ? 'sure' : null),
            deep: () => [{ must: 1 }, { must: null }],
          },
        },
      },
    },
    operations: [
      { query: '{ root row { id } }', hasErrors: true },
      { query: '{ denied row { id } }', hasErrors: true },
      { query: '{ strict { id } row { id } }', hasErrors: true },
      { query: '{ rows { id fails nested { must may } list { may } } }', hasErrors: true },
      { query: '{ rows { id more } }', hasErrors: true },
      { query: '{ rows { id sure } row { sure } }', hasErrors: true },
      '{ rowsOfAll { id more } }',
      { query: '{ rowsOfAll { id sure } }', hasErrors: true, isSilentElsewhere: true },
      { query: '{ row { deep { must } more } }', hasErrors: true },
      { query: '{ row { id unknown } }', hasErrors: true },
    ],
  },
  {
    name: 'a subgraph that is away, and those that need it',
    away: ['b'],
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { rows: [Row] thing: Thing } type Row @key(fields: "id") { id: ID! name: String }
          interface Thing @key(fields: "id") { id: ID! } type Real implements Thing @key(fields: "id") { id: ID! size: Int }`,
        resolvers: {
          Query: {
            rows: () => ['1', '2'].map((id) => ({ id, name: `name of ${id}` })),
            thing: () => ({ __typename: 'Real', id: 't', size: 3 }),
          },
          Real: { __resolveReference: ({ id }: { id: string }) => ({ id, size: 3 }) },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { b: Row must: Int! } type Row @key(fields: "id") { id: ID! more: String sure: String! }
          type Thing @key(fields: "id") @interfaceObject { id: ID! weight: Int }`,
        resolvers: {},
      },
      c: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Row @key(fields: "id") { id: ID! more: String @external label: String @requires(fields: "more") }`,
        resolvers: { Row: { label: ({ more }: { more?: string }) => `label of ${more}` } },
      },
    },
    operations: [
      { query: '{ rows { id name more } }', hasErrors: true },
      { query: '{ rows { id label } }', hasErrors: true },
      { query: '{ rows { id sure } }', hasErrors: true },
      { query: '{ rows { id } b { id name } }', hasErrors: true },
      { query: '{ rows { id } must }', hasErrors: true },
      { query: '{ thing { __typename id weight ... on Real { size } } }', hasErrors: true },
      { query: '{ thing { ... on Real { weight size } t: __typename } }', hasErrors: true },
    ],
  },
];
