import { federation, find, type Suite } from './suite.js';

const members = [
  { __typename: 'Human', id: 'u1', name: 'Ann', height: 11, badge: 'ann11' },
  { __typename: 'Robot', id: 'u2', name: 'R2', height: 22, badge: 'r22' },
];

const describeMember = ({ id, name }: { id: string; name?: string }) => `${name} (${id})`;

/** Interfaces with keys, and subgraphs that know their implementations as one object type only. */
export const interfaceObjects: readonly Suite[] = [
  {
    name: '@interfaceObject, with @requires',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { members: [Named!]! member(id: ID!): Named }
          interface Named @key(fields: "id") { id: ID! name: String }
          type Human implements Named @key(fields: "id") { id: ID! name: String height: Int }
          type Robot implements Named @key(fields: "id") { id: ID! name: String model: String }`,
        resolvers: {
          Query: {
            members: () => members,
            member: (_: unknown, { id }: { id: string }) =>
              members.find((member) => member.id === id),
          },
          Named: { __resolveReference: find(members, 'id') },
          Human: { __resolveReference: find(members, 'id') },
          Robot: { __resolveReference: find(members, 'id'), model: () => 'm' },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject', '@external', '@requires')}
          type Query { guests: [Named] guest: Named }
          type Named @key(fields: "id") @interfaceObject { id: ID! name: String @external badge: String @requires(fields: "name") score: Int }`,
        resolvers: {
          Query: {
            guests: () => members.map(({ id }) => ({ id })),
            guest: () => ({ id: 'u2' }),
          },
          Named: {
            __resolveReference: (reference: object) => reference,
            badge: describeMember,
            score: ({ id }: { id: string }) => (id === 'u1' ? 1 : null),
          },
        },
      },
    },
    // The engine’s maker asks for a badge with a reference that lacks the key.
    monolith: {
      Query: {
        members: () => members,
        member: (_: unknown, { id }: { id: string }) => members.find((member) => member.id === id),
        guests: () => members,
        guest: () => members[1],
      },
      Human: { badge: describeMember, score: () => 1 },
      Robot: { badge: describeMember, score: () => null, model: () => 'm' },
    },
    operations: [
      '{ members { id name badge score } }',
      '{ members { ... on Human { height badge } ... on Robot { model score } } }',
      '{ guests { id score } }',
      '{ guests { id name badge __typename } }',
      '{ guests { ... on Human { height } ... on Robot { model name } } }',
      '{ guest { __typename ... on Robot { badge } } member(id: "u1") { score } }',
      '{ member(id: "u1") { t: __typename score ...n } } fragment n on Named { ... on Human { badge } }',
    ],
  },
  {
    name: '@interfaceObject whose references name the true type',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { works: [Work] } interface Work @key(fields: "id") { id: ID! title: String }
          type Book implements Work @key(fields: "id") { id: ID! title: String pages: Int }`,
        resolvers: {
          Query: { works: () => [{ __typename: 'Book', id: 'b1', title: 'Edda', pages: 3 }] },
          Work: {
            __resolveReference: ({ id }: { id: string }) => ({
              __typename: 'Book',
              id,
              title: 'Edda',
              pages: 3,
            }),
          },
          Book: {
            __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Edda', pages: 3 }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { lists: [List] } type List { works: [Work] }
          type Work @key(fields: "id") @interfaceObject { id: ID! makers: [Maker!] }
          type Maker @key(fields: "id") { id: ID! name: String pieces: [Work] }`,
        resolvers: {
          Query: { lists: () => [{ works: [{ __typename: 'Book', id: 'b1' }] }] },
          Work: {
            __resolveReference: ({ id }: { id: string }) => ({ id }),
            makers: () => [{ id: 'a1', name: 'Snorri', pieces: [{ id: 'b1' }] }],
          },
        },
      },
    },
    operations: [
      '{ works { id title makers { name } } }',
      '{ works { makers { pieces { __typename title ... on Book { pages } } } } }',
      '{ lists { works { id makers { id } ... on Book { pages } } } }',
      {
        query: '{ works { ... on Book { __typename makers { name } } } }',
        data: { works: [{ __typename: 'Book', makers: [{ name: 'Snorri' }] }] },
      },
    ],
  },
  {
    name: '@interfaceObject in two subgraphs, with fields that both have',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { nothing: Int } interface Holder @key(fields: "id") { id: ID! }
          type Steward implements Holder @key(fields: "id") { id: ID! isFirst: Boolean! isAwake: Boolean! @shareable }
          type Visitor implements Holder @key(fields: "id") { id: ID! isFirst: Boolean! isAwake: Boolean! @shareable }`,
        resolvers: {
          Holder: {
            __resolveReference: ({ id }: { id: string }) => ({
              __typename: id === 'u3' ? 'Visitor' : 'Steward',
              id,
              isFirst: false,
              isAwake: true,
            }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { holders: [Holder] } type Holder @key(fields: "id") @interfaceObject { id: ID! name: String! }`,
        resolvers: {
          Query: {
            holders: () => ['u1', 'u2', 'u3'].map((id) => ({ id, name: `name of ${id}` })),
          },
          Holder: {
            __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }),
          },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject', '@shareable')}
          type Holder @key(fields: "id") @interfaceObject { id: ID! isAwake: Boolean! @shareable }`,
        resolvers: {
          Holder: { __resolveReference: ({ id }: { id: string }) => ({ id, isAwake: false }) },
        },
      },
    },
    operations: [
      '{ holders { name } }',
      '{ holders { ... on Steward { name } } }',
      '{ holders { name __typename } }',
      '{ holders { ... on Steward { __typename } } }',
      {
        query: '{ holders { ... on Visitor { __typename name } } }',
        data: { holders: [{}, {}, { __typename: 'Visitor', name: 'name of u3' }] },
      },
      {
        query: '{ holders { name ... on Steward { __typename name } } }',
        data: {
          holders: [
            { name: 'name of u1', __typename: 'Steward' },
            { name: 'name of u2', __typename: 'Steward' },
            { name: 'name of u3' },
          ],
        },
      },
      '{ holders { id isAwake } }',
      '{ holders { id ... on Steward { isAwake } ... on Visitor { isFirst } } }',
    ],
  },
  {
    name: 'interfaces whose references nobody resolves',
    subgraphs: {
      works: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { works: Work ware: Ware }
          interface Work @key(fields: "id") { id: ID! title: String }
          type Film implements Work @key(fields: "id") { id: ID! title: String minutes: Int }
          type Essay implements Work @key(fields: "id") { id: ID! title: String words: Int }
          interface Ware @key(fields: "id") { id: ID! }
          type Loaf implements Ware @key(fields: "id") { id: ID! grain: String }`,
        resolvers: {
          Query: {
            works: () => ({ id: '1', title: 'title', minutes: 100 }),
            ware: () => ({ __typename: 'Loaf', id: 'b' }),
          },
          Work: { __resolveType: () => 'Film' },
          Film: {
            __resolveReference: ({ id }: { id: string }) => ({ id, title: 'title', minutes: 7 }),
          },
        },
      },
      maker: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { maker: Maker } type Maker { id: ID! name: String }
          type Work @key(fields: "id") @interfaceObject { id: ID! makerName: String }
          type Ware @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
        resolvers: {
          Query: { maker: () => ({ id: '1', name: 'Ann' }) },
          Work: { __resolveReference: ({ id }: { id: string }) => ({ id, makerName: 'Ann' }) },
        },
      },
      shelf: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { shelf: Shelf wares: [Ware] }
          type Shelf @key(fields: "id") { id: ID! works: Work }
          type Work @key(fields: "id") @interfaceObject { id: ID! }
          type Ware @key(fields: "id") @interfaceObject { id: ID! name: String }`,
        resolvers: {
          Query: {
            shelf: () => ({ id: '1', works: { id: '1' } }),
            wares: () => [{ id: 'b', name: 'bread' }],
          },
        },
      },
    },
    operations: [
      '{ works { id title ... on Film { minutes makerName } ... on Essay { words } } maker { name } shelf { id works { id ... on Film { minutes } } } }',
      '{ ware { id name ... on Loaf { grain } } }',
      '{ ware { ... on Loaf { id name } } }',
      '{ wares { id name } }',
      // Its type is nobody’s to say: nothing may ask for it on account of what is skipped.
      '{ wares { name ... on Ware { ... on Loaf @include(if: false) { grain } } } }',
      '{ shelf { works { __typename makerName } } }',
    ],
  },
];
