import { federation, find, type Suite } from './suite.js';

const posts = [
  { id: 'p1', authorId: 'a1', size: 'small', weight: 0.5 },
  { id: 'p2', authorId: 'a2', size: 'large', weight: 3 },
];

/** What one subgraph needs of another before it can answer, and what it brings along. */
export const requiresAndProvides: readonly Suite[] = [
  {
    name: '@requires in chains, nested and with fragments',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { posts: [Post] }
          type Post @key(fields: "id") { id: ID! size: String dimensions: Dimensions parts: [Part!] }
          type Dimensions { size: String weight: Float }
          union Part = Text | Image
          type Text { words: Int } type Image { width: Int height: Int }`,
        resolvers: {
          Query: { posts: () => posts },
          Post: {
            __resolveReference: find(posts, 'id'),
            dimensions: (post: object) => post,
            parts: () => [
              { __typename: 'Text', words: 3 },
              { __typename: 'Image', width: 2, height: 5 },
            ],
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires', '@shareable')}
          type Post @key(fields: "id") {
            id: ID! size: String @external dimensions: Dimensions @external parts: [Part!] @external
            isSmall: Boolean @requires(fields: "size")
            estimate: Int @requires(fields: "dimensions { size weight }")
            area: Int @requires(fields: "parts { ... on Text { words } ... on Image { width height } }")
          }
          type Dimensions { size: String @external weight: Float @external }
          union Part = Text | Image
          type Text { words: Int @external } type Image { width: Int @external height: Int @external }`,
        resolvers: {
          Post: {
            isSmall: ({ size }: { size: string }) => size === 'small',
            estimate: ({ dimensions }: { dimensions: { weight: number } }) =>
              Math.round(dimensions.weight * 10),
            area: ({ parts }: { parts: { words?: number; width?: number; height?: number }[] }) =>
              parts.reduce(
                (sum, { words = 0, width = 0, height = 0 }) => sum + words + width * height,
                0,
              ),
          },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Post @key(fields: "id") { id: ID! isSmall: Boolean @external estimate: Int @external
            label: String @requires(fields: "isSmall estimate") }`,
        resolvers: {
          Post: {
            label: ({ isSmall, estimate }: { isSmall: boolean; estimate: number }) =>
              `${isSmall ? 'small' : 'large'} ${estimate}`,
          },
        },
      },
    },
    operations: [
      '{ posts { label } }',
      '{ posts { id area estimate isSmall } }',
      '{ posts { label parts { ... on Image { width } __typename } area } }',
      {
        query: 'query ($no: Boolean!) { posts { id label @include(if: $no) area @skip(if: $no) } }',
        variables: { no: false },
      },
    ],
  },
  {
    name: '@requires that go in circles, with arguments, and what is null',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Query { feed: [Post] }
          type Post @key(fields: "id") { id: ID! byNovice: Boolean @external byExpert: Boolean @requires(fields: "byNovice") score(factor: Int = 2): Int }`,
        resolvers: {
          Query: { feed: () => [...posts, { id: 'p3', score: null }] },
          Post: {
            byExpert: ({ byNovice }: { byNovice: boolean | null }) =>
              byNovice == null ? null : !byNovice,
            score: ({ id }: { id: string }, { factor }: { factor: number }) =>
              id === 'p3' ? null : factor * 10,
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Post @key(fields: "id") { id: ID! author: Author
            score(factor: Int = 2): Int @external
            byNovice: Boolean @requires(fields: "author { years }")
            rank: String @requires(fields: "score(factor: 3)") }
          type Author @key(fields: "id") { id: ID! years: Int @external name: String }`,
        resolvers: {
          Post: {
            __resolveReference: (reference: object & { id: string }) => ({
              ...find(posts, 'id')(reference),
              ...reference,
            }),
            author: (post: { author?: object; authorId?: string }) =>
              post.author ?? (post.authorId ? { id: post.authorId } : null),
            byNovice: ({ author }: { author: { years: number } | null }) =>
              author ? author.years < 5 : null,
            rank: ({ score }: { score: number | null }) =>
              score === null ? null : `rank ${score}`,
          },
          Author: { name: ({ id }: { id: string }) => `name of ${id}` },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key')} type Author @key(fields: "id") { id: ID! years: Int }`,
        resolvers: {
          Author: {
            __resolveReference: ({ id }: { id: string }) => ({ id, years: id === 'a1' ? 1 : 10 }),
          },
        },
      },
    },
    operations: [
      '{ feed { id byExpert } }',
      '{ feed { byNovice author { name years } } }',
      '{ feed { rank } }',
      {
        query: '{ feed { score(factor: 7) rank byExpert } }',
        data: {
          feed: [
            { score: 70, rank: 'rank 30', byExpert: false },
            { score: 70, rank: 'rank 30', byExpert: true },
            { score: null, rank: null, byExpert: null },
          ],
        },
      },
    ],
  },
  {
    name: '@provides, nested, on unions and on interfaces',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@external', '@provides', '@shareable')}
          type Query { products: [Product] @provides(fields: "categories { id name }") media: Media @provides(fields: "... on Book { title }")
            pet: Animal @provides(fields: "... on Cat { name }") }
          type Product @key(fields: "id") { id: ID! categories: [Category] @external }
          type Category @key(fields: "id") { id: ID! name: String @external }
          union Media = Book | Movie
          type Book @key(fields: "id") { id: ID! title: String @external } type Movie @key(fields: "id") { id: ID! }
          interface Animal { id: ID! name: String }
          type Cat implements Animal @key(fields: "id") { id: ID! name: String @external }
          type Dog implements Animal @key(fields: "id") { id: ID! name: String @external }`,
        resolvers: {
          Query: {
            products: () => [{ id: 'p1', categories: [{ id: 'c1', name: 'provided' }] }],
            media: () => ({ __typename: 'Book', id: 'b1', title: 'provided' }),
            pet: () => ({ __typename: 'Cat', id: 'k1', name: 'provided' }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Product @key(fields: "id") { id: ID! categories: [Category] @shareable }
          type Category @key(fields: "id") { id: ID! name: String @shareable description: String }
          type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int }
          type Movie @key(fields: "id") { id: ID! title: String @shareable }
          type Cat @key(fields: "id") { id: ID! name: String @shareable age: Int }
          type Dog @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
        resolvers: {
          Product: { categories: () => [{ id: 'c1', name: 'owned', description: 'owned' }] },
          Category: {
            __resolveReference: ({ id }: { id: string }) => ({
              id,
              name: 'owned',
              description: 'd',
            }),
          },
          Book: {
            __resolveReference: ({ id }: { id: string }) => ({ id, title: 'owned', pages: 7 }),
          },
          Cat: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'owned', age: 7 }) },
        },
      },
    },
    operations: [
      '{ products { id categories { id name } } }',
      '{ products { categories { name description } } }',
      '{ media { ... on Book { title pages } ... on Movie { title } } }',
      '{ pet { name ... on Cat { age } ... on Dog { age } } }',
    ],
  },
  {
    name: '@override, @external and @inaccessible',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@inaccessible')}
          type Query { aFeed: [Post] }
          type Post @key(fields: "id") { id: ID! createdAt: String! secret: String @inaccessible }`,
        resolvers: {
          Query: { aFeed: () => [{ id: 'p1', createdAt: 'from a', secret: 's' }] },
          Post: {
            __resolveReference: ({ id }: { id: string }) => ({
              id,
              createdAt: 'from a',
              secret: `secret of ${id}`,
            }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@override', '@external', '@requires', '@inaccessible')}
          type Query { bFeed: [Post] hidden: Int @inaccessible }
          type Post @key(fields: "id") { id: ID! createdAt: String! @override(from: "a") secret: String @external
            told: String @requires(fields: "secret") }`,
        resolvers: {
          Query: { bFeed: () => [{ id: 'p2', createdAt: 'from b' }] },
          Post: {
            __resolveReference: (reference: { id: string }) => ({
              createdAt: 'from b',
              ...reference,
            }),
            told: ({ secret }: { secret: string }) => `told: ${secret}`,
          },
        },
      },
    },
    operations: [
      '{ aFeed { id createdAt } bFeed { id createdAt } }',
      '{ aFeed { told } bFeed { told } }',
      { query: '{ aFeed { secret } }', hasErrors: true },
    ],
  },
];
