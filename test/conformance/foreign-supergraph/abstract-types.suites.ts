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
          type Query { entry(id: ID!): Entry @shareable tenant(id: String!): Tenant }
          interface Entry { id: ID! }
          type Tenant implements Entry @key(fields: "id") { id: ID! handle: String! }
          type Note implements Entry @key(fields: "id") { id: ID! @external tenant: Tenant! }`,
        resolvers: {
          Query: {
            entry: (_: unknown, { id }: { id: string }) =>
              id === 'c1'
                ? { __typename: 'Note', id: 'never' }
                : { __typename: 'Tenant', id, handle: 'ann' },
            tenant: (_: unknown, { id }: { id: string }) => ({ id, handle: 'ann' }),
          },
          Tenant: { __resolveReference: ({ id }: { id: string }) => ({ id, handle: 'ann' }) },
          Note: { tenant: () => ({ id: 'a1', handle: 'ann' }) },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@external')}
          type Query { entry(id: ID!): Entry @shareable note(id: String!): Note }
          interface Entry { id: ID! }
          type Tenant implements Entry @key(fields: "id") { id: ID! @external notes: [Note!]! }
          type Note implements Entry @key(fields: "id") { id: ID! text: String! }`,
        resolvers: {
          Query: {
            entry: (_: unknown, { id }: { id: string }) =>
              id === 'c1'
                ? { __typename: 'Note', id, text: 'hi' }
                : { __typename: 'Tenant', id: 'never' },
            note: (_: unknown, { id }: { id: string }) => ({ id, text: 'hi' }),
          },
          Tenant: { notes: () => [{ id: 'c1', text: 'hi' }] },
          Note: { __resolveReference: ({ id }: { id: string }) => ({ id, text: 'hi' }) },
        },
      },
    },
    operations: [
      { query: '{ entry(id: "a1") { id } }', hasErrors: true },
      '{ tenant: entry(id: "a1") { __typename } note: entry(id: "c1") { __typename } }',
      '{ tenant: entry(id: "a1") { ... on Tenant { id handle } } note: entry(id: "c1") { ... on Note { id text } } }',
      '{ tenant: entry(id: "a1") { ... on Note { id } } note: entry(id: "c1") { ... on Tenant { id } } }',
      '{ note(id: "c1") { id text tenant { id } } tenant(id: "a1") { handle notes { id } } }',
    ],
  },
  {
    name: 'types that differ where they are nested, and fields of one name and different types',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { lodgers: [Lodger!]! @shareable tenants: [Tenant!]! }
          type Lodger @key(fields: "id") { id: ID @shareable name: String! @shareable likeTenants: [Tenant!]! }
          type Steward { id: ID name: String likeTenants: [Tenant!]! }
          union Tenant = Lodger | Steward`,
        resolvers: {
          Query: {
            lodgers: () => [{ id: 'u1', name: 'Ulla' }],
            tenants: () => [
              { __typename: 'Lodger', id: 'u1', name: 'Ulla' },
              { __typename: 'Steward', id: 'a1', name: 'Arvo' },
            ],
          },
          Lodger: { likeTenants: () => [{ __typename: 'Steward', id: 'a1', name: 'Arvo' }] },
          Steward: { likeTenants: () => [{ __typename: 'Lodger', id: 'u1', name: 'Ulla' }] },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { lodgers: [Lodger!]! @shareable }
          type Lodger @key(fields: "id") { id: ID! @shareable name: String @shareable shortName: String }`,
        resolvers: {
          Query: { lodgers: () => [{ id: 'u1', name: 'Ulla', shortName: 'U' }] },
          Lodger: {
            __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Ulla', shortName: 'U' }),
          },
        },
      },
    },
    operations: [
      '{ lodgers { id name } tenants { ... on Lodger { id name } ... on Steward { id name } } }',
      '{ tenants { ... on Lodger { id name shortName likeTenants { ... on Lodger { name shortName } ... on Steward { name } } } ... on Steward { id name likeTenants { ... on Lodger { id shortName } ... on Steward { id } } } } }',
    ],
  },
];
