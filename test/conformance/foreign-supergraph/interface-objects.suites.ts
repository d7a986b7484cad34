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
    ],
  },
];
