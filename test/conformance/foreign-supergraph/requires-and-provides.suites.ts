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
          type Query { drafts: [Post] }
          type Post @key(fields: "id") { id: ID! fromBeginner: Boolean @external fromMaster: Boolean @requires(fields: "fromBeginner") score(factor: Int = 2): Int }`,
        resolvers: {
          Query: { drafts: () => [...posts, { id: 'p3', score: null }] },
          Post: {
            fromMaster: ({ fromBeginner }: { fromBeginner: boolean | null }) =>
              fromBeginner == null ? null : !fromBeginner,
            score: ({ id }: { id: string }, { factor }: { factor: number }) =>
              id === 'p3' ? null : factor * 10,
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@external', '@requires')}
          type Post @key(fields: "id") { id: ID! author: Author
            score(factor: Int = 2): Int @external
            fromBeginner: Boolean @requires(fields: "author { years }")
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
            fromBeginner: ({ author }: { author: { years: number } | null }) =>
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
    // The plain engine answers `score` with the `score(factor: 3)` that `rank` requires.
    monolith: {
      Query: { drafts: () => [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }] },
      Post: {
        author: ({ id }: { id: string }) =>
          ({ p1: { id: 'a1', years: 1 }, p2: { id: 'a2', years: 10 } })[id] ?? null,
        fromBeginner: ({ id }: { id: string }) => ({ p1: true, p2: false })[id] ?? null,
        fromMaster: ({ id }: { id: string }) => ({ p1: false, p2: true })[id] ?? null,
        score: ({ id }: { id: string }, { factor }: { factor: number }) =>
          id === 'p3' ? null : factor * 10,
        rank: ({ id }: { id: string }) => (id === 'p3' ? null : 'rank 30'),
      },
      Author: { name: ({ id }: { id: string }) => `name of ${id}` },
    },
    operations: [
      '{ drafts { id fromMaster } }',
      '{ drafts { fromBeginner author { name years } } }',
      '{ drafts { rank } }',
      {
        query: '{ drafts { score(factor: 7) rank fromMaster } }',
        data: {
          drafts: [
            { score: 70, rank: 'rank 30', fromMaster: false },
            { score: 70, rank: 'rank 30', fromMaster: true },
            { score: null, rank: null, fromMaster: null },
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
          type Query { wares: [Ware] @provides(fields: "kinds { id name }") work: Work @provides(fields: "... on Book { title }")
            pet: Pet @provides(fields: "... on Cat { name }") }
          type Ware @key(fields: "id") { id: ID! kinds: [Kind] @external }
          type Kind @key(fields: "id") { id: ID! name: String @external }
          union Work = Book | Film
          type Book @key(fields: "id") { id: ID! title: String @external } type Film @key(fields: "id") { id: ID! }
          interface Pet { id: ID! name: String }
          type Cat implements Pet @key(fields: "id") { id: ID! name: String @external }
          type Dog implements Pet @key(fields: "id") { id: ID! name: String @external }`,
        resolvers: {
          Query: {
            wares: () => [{ id: 'p1', kinds: [{ id: 'c1', name: 'provided' }] }],
            work: () => ({ __typename: 'Book', id: 'b1', title: 'provided' }),
            pet: () => ({ __typename: 'Cat', id: 'k1', name: 'provided' }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Ware @key(fields: "id") { id: ID! kinds: [Kind] @shareable }
          type Kind @key(fields: "id") { id: ID! name: String @shareable description: String }
          type Book @key(fields: "id") { id: ID! title: String @shareable pages: Int }
          type Film @key(fields: "id") { id: ID! title: String @shareable }
          type Cat @key(fields: "id") { id: ID! name: String @shareable age: Int }
          type Dog @key(fields: "id") { id: ID! name: String @shareable age: Int }`,
        resolvers: {
          Ware: { kinds: () => [{ id: 'c1', name: 'owned', description: 'owned' }] },
          Kind: {
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
      '{ wares { id kinds { id name } } }',
      '{ wares { kinds { name description } } }',
      '{ work { ... on Book { title pages } ... on Film { title } } }',
      '{ pet { name ... on Cat { age } ... on Dog { age } } }',
    ],
  },
  {
    name: '@override, @external and @inaccessible',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key', '@shareable', '@inaccessible')}
          type Query { draftsOfA: [Post] }
          type Post @key(fields: "id") { id: ID! begunOn: String! secret: String @inaccessible }`,
        resolvers: {
          Query: { draftsOfA: () => [{ id: 'p1', begunOn: 'from a', secret: 's' }] },
          Post: {
            __resolveReference: ({ id }: { id: string }) => ({
              id,
              begunOn: 'from a',
              secret: `secret of ${id}`,
            }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@override', '@external', '@requires', '@inaccessible')}
          type Query { draftsOfB: [Post] hidden: Int @inaccessible }
          type Post @key(fields: "id") { id: ID! begunOn: String! @override(from: "a") secret: String @external
            told: String @requires(fields: "secret") }`,
        resolvers: {
          Query: { draftsOfB: () => [{ id: 'p2', begunOn: 'from b' }] },
          Post: {
            __resolveReference: (reference: { id: string }) => ({
              begunOn: 'from b',
              ...reference,
            }),
            told: ({ secret }: { secret: string }) => `told: ${secret}`,
          },
        },
      },
    },
    operations: [
      '{ draftsOfA { id begunOn } draftsOfB { id begunOn } }',
      '{ draftsOfA { told } draftsOfB { told } }',
      { query: '{ draftsOfA { secret } }', hasErrors: true },
    ],
  },
];
