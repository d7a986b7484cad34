import { federation, find, type Suite } from './suite.js';

const users = [
  { __typename: 'User', id: 'u1', name: 'Ann', age: 11, username: 'ann11' },
  { __typename: 'Robot', id: 'u2', name: 'R2', age: 22, username: 'r22' },
];

/** Interfaces with keys, and subgraphs that know their implementations as one object type only. */
export const interfaceObjects: readonly Suite[] = [
  {
    name: '@interfaceObject, with @requires',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { users: [Named!]! user(id: ID!): Named }
          interface Named @key(fields: "id") { id: ID! name: String }
          type User implements Named @key(fields: "id") { id: ID! name: String age: Int }
          type Robot implements Named @key(fields: "id") { id: ID! name: String model: String }`,
        resolvers: {
          Query: {
            users: () => users,
            user: (_: unknown, { id }: { id: string }) => users.find((user) => user.id === id),
          },
          Named: { __resolveReference: find(users, 'id') },
          User: { __resolveReference: find(users, 'id') },
          Robot: { __resolveReference: find(users, 'id'), model: () => 'm' },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject', '@external', '@requires')}
          type Query { others: [Named] other: Named }
          type Named @key(fields: "id") @interfaceObject { id: ID! name: String @external username: String @requires(fields: "name") score: Int }`,
        resolvers: {
          Query: {
            others: () => users.map(({ id }) => ({ id })),
            other: () => ({ id: 'u2' }),
          },
          Named: {
            __resolveReference: (reference: object) => reference,
            username: ({ id, name }: { id: string; name?: string }) => `${name} (${id})`,
            score: ({ id }: { id: string }) => (id === 'u1' ? 1 : null),
          },
        },
      },
    },
    operations: [
      '{ users { id name username score } }',
      '{ users { ... on User { age username } ... on Robot { model score } } }',
      '{ others { id score } }',
      '{ others { id name username __typename } }',
      '{ others { ... on User { age } ... on Robot { model name } } }',
      '{ other { __typename ... on Robot { username } } user(id: "u1") { score } }',
      '{ user(id: "u1") { t: __typename score ...n } } fragment n on Named { ... on User { username } }',
    ],
  },
  {
    name: '@interfaceObject whose references name the true type',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { media: [Media] } interface Media @key(fields: "id") { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }`,
        resolvers: {
          Query: { media: () => [{ __typename: 'Book', id: 'b1', title: 'Edda', pages: 3 }] },
          Media: {
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
          type Query { lists: [List] } type List { media: [Media] }
          type Media @key(fields: "id") @interfaceObject { id: ID! authors: [Author!] }
          type Author @key(fields: "id") { id: ID! name: String works: [Media] }`,
        resolvers: {
          Query: { lists: () => [{ media: [{ __typename: 'Book', id: 'b1' }] }] },
          Media: {
            __resolveReference: ({ id }: { id: string }) => ({ id }),
            authors: () => [{ id: 'a1', name: 'Snorri', works: [{ id: 'b1' }] }],
          },
        },
      },
    },
    operations: [
      '{ media { id title authors { name } } }',
      '{ media { authors { works { __typename title ... on Book { pages } } } } }',
      '{ lists { media { id authors { id } ... on Book { pages } } } }',
      {
        query: '{ media { ... on Book { __typename authors { name } } } }',
        data: { media: [{ __typename: 'Book', authors: [{ name: 'Snorri' }] }] },
      },
    ],
  },
  {
    name: '@interfaceObject in two subgraphs, with fields that both have',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { nothing: Int } interface Account @key(fields: "id") { id: ID! }
          type Admin implements Account @key(fields: "id") { id: ID! isMain: Boolean! isActive: Boolean! @shareable }
          type Regular implements Account @key(fields: "id") { id: ID! isMain: Boolean! isActive: Boolean! @shareable }`,
        resolvers: {
          Account: {
            __resolveReference: ({ id }: { id: string }) => ({
              __typename: id === 'u3' ? 'Regular' : 'Admin',
              id,
              isMain: false,
              isActive: true,
            }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { accounts: [Account] } type Account @key(fields: "id") @interfaceObject { id: ID! name: String! }`,
        resolvers: {
          Query: {
            accounts: () => ['u1', 'u2', 'u3'].map((id) => ({ id, name: `name of ${id}` })),
          },
          Account: {
            __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }),
          },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject', '@shareable')}
          type Account @key(fields: "id") @interfaceObject { id: ID! isActive: Boolean! @shareable }`,
        resolvers: {
          Account: { __resolveReference: ({ id }: { id: string }) => ({ id, isActive: false }) },
        },
      },
    },
    operations: [
      '{ accounts { name } }',
      '{ accounts { ... on Admin { name } } }',
      '{ accounts { name __typename } }',
      '{ accounts { ... on Admin { __typename } } }',
      {
        query: '{ accounts { ... on Regular { __typename name } } }',
        data: { accounts: [{}, {}, { __typename: 'Regular', name: 'name of u3' }] },
      },
      {
        query: '{ accounts { name ... on Admin { __typename name } } }',
        data: {
          accounts: [
            { name: 'name of u1', __typename: 'Admin' },
            { name: 'name of u2', __typename: 'Admin' },
            { name: 'name of u3' },
          ],
        },
      },
      '{ accounts { id isActive } }',
      '{ accounts { id ... on Admin { isActive } ... on Regular { isMain } } }',
    ],
  },
  {
    name: 'interfaces whose references nobody resolves',
    subgraphs: {
      media: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { media: Media product: Product }
          interface Media @key(fields: "id") { id: ID! title: String }
          type Video implements Media @key(fields: "id") { id: ID! title: String duration: Int }
          type Article implements Media @key(fields: "id") { id: ID! title: String words: Int }
          interface Product @key(fields: "id") { id: ID! }
          type Bread implements Product @key(fields: "id") { id: ID! flour: String }`,
        resolvers: {
          Query: {
            media: () => ({ id: '1', title: 'title', duration: 100 }),
            product: () => ({ __typename: 'Bread', id: 'b' }),
          },
          Media: { __resolveType: () => 'Video' },
          Video: {
            __resolveReference: ({ id }: { id: string }) => ({ id, title: 'title', duration: 7 }),
          },
        },
      },
      author: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { author: Author } type Author { id: ID! name: String }
          type Media @key(fields: "id") @interfaceObject { id: ID! authorName: String }
          type Product @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
        resolvers: {
          Query: { author: () => ({ id: '1', name: 'Ann' }) },
          Media: { __resolveReference: ({ id }: { id: string }) => ({ id, authorName: 'Ann' }) },
        },
      },
      playlist: {
        typeDefs: `${federation('2.3', '@key', '@interfaceObject')}
          type Query { playlist: Playlist products: [Product] }
          type Playlist @key(fields: "id") { id: ID! media: Media }
          type Media @key(fields: "id") @interfaceObject { id: ID! }
          type Product @key(fields: "id") @interfaceObject { id: ID! name: String }`,
        resolvers: {
          Query: {
            playlist: () => ({ id: '1', media: { id: '1' } }),
            products: () => [{ id: 'b', name: 'bread' }],
          },
        },
      },
    },
    operations: [
      '{ media { id title ... on Video { duration authorName } ... on Article { words } } author { name } playlist { id media { id ... on Video { duration } } } }',
      '{ product { id name ... on Bread { flour } } }',
      '{ product { ... on Bread { id name } } }',
      '{ products { id name } }',
      // Its type is nobody’s to say: nothing may ask for it on account of what is skipped.
      '{ products { name ... on Product { ... on Bread @include(if: false) { flour } } } }',
      '{ playlist { media { __typename authorName } } }',
    ],
  },
];
