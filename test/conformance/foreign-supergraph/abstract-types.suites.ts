import { federation, find, type Suite } from './suite.js';

const things = [
  { __typename: 'Book', id: 'b1', title: 'Edda', pages: 9, price: 10 },
  { __typename: 'Film', id: 'f1', title: 'Sampo', minutes: 90, price: 5 },
  { __typename: 'Book', id: 'b2', title: 'Saga', pages: 7, price: null },
];
const byType = (name: string) => things.filter(({ __typename }) => __typename === name);

/** Interfaces and unions over several subgraphs. */
export const abstractTypes: readonly Suite[] = [
  {
    name: 'an interface whose implementations come from several subgraphs',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { things: [Thing] thing(id: ID!): Thing nothing: Thing shown: [Shown!]! }
          interface Thing { id: ID! title: String }
          union Shown = Book | Film | Empty
          type Book implements Thing @key(fields: "id") { id: ID! title: String pages: Int }
          type Film implements Thing @key(fields: "id") { id: ID! title: String minutes: Int }
          type Empty { why: String }`,
        resolvers: {
          Query: {
            things: () => [things[0], null, things[1], things[2]],
            thing: (_: unknown, { id }: { id: string }) => things.find((thing) => thing.id === id),
            nothing: () => null,
            shown: () => [{ __typename: 'Empty', why: 'no reason' }, ...things],
          },
          Book: { __resolveReference: find(things, 'id') },
          Film: { __resolveReference: find(things, 'id') },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')}
          interface Priced { id: ID! price: Int similar: [Priced] }
          type Book implements Priced @key(fields: "id") { id: ID! price: Int similar: [Priced] }
          type Film implements Priced @key(fields: "id") { id: ID! price: Int similar: [Priced] }`,
        resolvers: Object.fromEntries(
          ['Book', 'Film'].map((type) => [
            type,
            {
              __resolveReference: find(things, 'id'),
              similar: () => byType(type === 'Book' ? 'Film' : 'Book'),
            },
          ]),
        ),
      },
    },
    operations: [
      '{ things { id title ... on Book { price pages } ... on Film { price minutes } } }',
      '{ things { __typename ... on Priced { price similar { id __typename ... on Thing { title } } } } }',
      '{ shown { __typename ... on Thing { id } ... on Priced { price } ... on Empty { why } } }',
      '{ shown { t: __typename ... on Book { price similar { ... on Film { minutes } } } } nothing { id } }',
      '{ thing(id: "b1") { ...t } film: thing(id: "f1") { ...t } } fragment t on Thing { ... on Book { price } ... on Film { length: minutes price } }',
      '{ things { ... on Thing { ... on Priced { ... on Thing { id } } } } }',
      {
        query: `query ($yes: Boolean!) { shown { ... on Book @skip(if: $yes) { price } ... on Film @include(if: $yes) { price } } }`,
        variables: { yes: true },
      },
    ],
  },
  {
    name: 'unions of which each subgraph has its own members',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { a: [Action] @shareable root: Root @shareable onlyA: Wrapper }
          type Root { id: ID! @shareable action: Action @shareable }
          type Wrapper @shareable { actions: [Action!]! }
          union Action = Common | OnlyA
          type Common @shareable { label: String } type OnlyA { a: String }`,
        resolvers: {
          Query: {
            a: () => [{ __typename: 'Common', label: 'c' }],
            root: () => ({ id: 'r', action: { __typename: 'Common', label: 'c' } }),
            onlyA: () => ({
              actions: [
                { __typename: 'Common', label: 'c' },
                { __typename: 'OnlyA', a: 'a' },
              ],
            }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { a: [Action] @shareable root: Root @shareable onlyB: Wrapper }
          type Root { id: ID! @shareable action: Action @shareable b: Int }
          type Wrapper @shareable { actions: [Action!]! }
          union Action = Common | OnlyB
          type Common @shareable { label: String } type OnlyB { b: String }`,
        resolvers: {
          Query: {
            a: () => [{ __typename: 'Common', label: 'c' }],
            root: () => ({ id: 'r', b: 3, action: { __typename: 'Common', label: 'c' } }),
            onlyB: () => ({
              actions: [
                { __typename: 'Common', label: 'c' },
                { __typename: 'OnlyB', b: 'b' },
              ],
            }),
          },
        },
      },
    },
    operations: [
      '{ a { ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } }',
      '{ onlyA { actions { __typename ... on Common { label } ... on OnlyA { a } ... on OnlyB { b } } } }',
      '{ onlyB { actions { __typename ... on OnlyA { a } } } onlyA { actions { ... on OnlyB { b } } } }',
      '{ root { id b action { __typename ... on OnlyB { b } } } }',
    ],
  },
  {
    name: 'an interface that no subgraph can resolve in full',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@external')}
          type Query { node(id: ID!): Node @shareable account(id: String!): Account }
          interface Node { id: ID! }
          type Account implements Node @key(fields: "id") { id: ID! username: String! }
          type Chat implements Node @key(fields: "id") { id: ID! @external account: Account! }`,
        resolvers: {
          Query: {
            node: (_: unknown, { id }: { id: string }) =>
              id === 'c1'
                ? { __typename: 'Chat', id: 'never' }
                : { __typename: 'Account', id, username: 'ann' },
            account: (_: unknown, { id }: { id: string }) => ({ id, username: 'ann' }),
          },
          Account: { __resolveReference: ({ id }: { id: string }) => ({ id, username: 'ann' }) },
          Chat: { account: () => ({ id: 'a1', username: 'ann' }) },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@external')}
          type Query { node(id: ID!): Node @shareable chat(id: String!): Chat }
          interface Node { id: ID! }
          type Account implements Node @key(fields: "id") { id: ID! @external chats: [Chat!]! }
          type Chat implements Node @key(fields: "id") { id: ID! text: String! }`,
        resolvers: {
          Query: {
            node: (_: unknown, { id }: { id: string }) =>
              id === 'c1'
                ? { __typename: 'Chat', id, text: 'hi' }
                : { __typename: 'Account', id: 'never' },
            chat: (_: unknown, { id }: { id: string }) => ({ id, text: 'hi' }),
          },
          Account: { chats: () => [{ id: 'c1', text: 'hi' }] },
          Chat: { __resolveReference: ({ id }: { id: string }) => ({ id, text: 'hi' }) },
        },
      },
    },
    operations: [
      { query: '{ node(id: "a1") { id } }', hasErrors: true },
      '{ account: node(id: "a1") { __typename } chat: node(id: "c1") { __typename } }',
      '{ account: node(id: "a1") { ... on Account { id username } } chat: node(id: "c1") { ... on Chat { id text } } }',
      '{ account: node(id: "a1") { ... on Chat { id } } chat: node(id: "c1") { ... on Account { id } } }',
      '{ chat(id: "c1") { id text account { id } } account(id: "a1") { username chats { id } } }',
    ],
  },
  {
    name: 'types that differ where they are nested, and fields of one name and different types',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { users: [User!]! @shareable accounts: [Account!]! }
          type User @key(fields: "id") { id: ID @shareable name: String! @shareable similarAccounts: [Account!]! }
          type Admin { id: ID name: String similarAccounts: [Account!]! }
          union Account = User | Admin`,
        resolvers: {
          Query: {
            users: () => [{ id: 'u1', name: 'Ulla' }],
            accounts: () => [
              { __typename: 'User', id: 'u1', name: 'Ulla' },
              { __typename: 'Admin', id: 'a1', name: 'Arvo' },
            ],
          },
          User: { similarAccounts: () => [{ __typename: 'Admin', id: 'a1', name: 'Arvo' }] },
          Admin: { similarAccounts: () => [{ __typename: 'User', id: 'u1', name: 'Ulla' }] },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { users: [User!]! @shareable }
          type User @key(fields: "id") { id: ID! @shareable name: String @shareable nick: String }`,
        resolvers: {
          Query: { users: () => [{ id: 'u1', name: 'Ulla', nick: 'U' }] },
          User: {
            __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ulla', nick: 'U' }),
          },
        },
      },
    },
    operations: [
      '{ users { id name } accounts { ... on User { id name } ... on Admin { id name } } }',
      '{ accounts { ... on User { id name nick similarAccounts { ... on User { name nick } ... on Admin { name } } } ... on Admin { id name similarAccounts { ... on User { id nick } ... on Admin { id } } } } }',
    ],
  },
];
