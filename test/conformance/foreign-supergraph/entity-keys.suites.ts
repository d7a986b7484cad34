import { federation, find, type Suite } from './suite.js';

const products = [
  { id: 'p1', pid: 'pp1', upc: 'u1', name: 'Chair', price: 10.5, categoryId: 'c1' },
  { id: 'p2', pid: 'pp2', upc: 'u2', name: 'Table', price: 20, categoryId: 'c2' },
  { id: 'p3', pid: 'pp3', upc: 'u3', name: 'Lamp', price: null, categoryId: 'c1' },
];
const categories = [
  { id: 'c1', tag: 't1', title: 'Seats' },
  { id: 'c2', tag: 't2', title: 'Tops' },
];
const categoryOf = ({ categoryId }: { categoryId: string }) =>
  categories.find(({ id }) => id === categoryId);

/** How an entity is found in another subgraph. */
export const entityKeys: readonly Suite[] = [
  {
    name: 'a simple key',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { products: [Product!]! product(id: ID!): Product }
          type Product @key(fields: "id") { id: ID! name: String }`,
        resolvers: {
          Query: {
            products: () => products,
            product: (_: unknown, { id }: { id: string }) => products.find((p) => p.id === id),
          },
          Product: { __resolveReference: find(products, 'id') },
        },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')}
          type Product @key(fields: "id") { id: ID! price: Float upc: String! }`,
        resolvers: { Product: { __resolveReference: find(products, 'id') } },
      },
    },
    operations: [
      '{ products { id name price } }',
      '{ products { price } product(id: "p2") { upc name } again: product(id: "p2") { upc } }',
      '{ products { ...f } } fragment f on Product { cost: price ... on Product { name } }',
      '{ product(id: "none") { price } }',
      {
        query: `query ($id: ID!, $yes: Boolean!, $no: Boolean = false) {
          product(id: $id) { name @skip(if: $yes) price @include(if: $yes) upc @include(if: $no) }
          products @skip(if: $yes) { price }
        }`,
        variables: { id: 'p1', yes: true },
      },
      '{ __typename products { __typename t: __typename price } }',
    ],
  },
  {
    name: 'references that are resolved to objects without their key',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { products: [Product!]! } type Product @key(fields: "id") { id: ID! name: String }`,
        resolvers: { Query: { products: () => products } },
      },
      b: {
        typeDefs: `${federation('2.3', '@key', '@external')}
          extend type Product @key(fields: "id") { id: ID! @external price: Float }`,
        resolvers: {
          Product: {
            __resolveReference: (reference: { id: string }) => ({
              price: find(products, 'id')(reference)?.price,
            }),
          },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key')} type Product @key(fields: "id") { id: ID! upc: String }`,
        resolvers: {
          Product: {
            // An object of another key than was asked: what is asked of it is right all the same.
            __resolveReference: (reference: { id: string }) => ({
              id: 'never',
              upc: find(products, 'id')(reference)?.upc,
            }),
          },
        },
      },
    },
    operations: ['{ products { id price } }', '{ products { name upc price } }'],
  },
  {
    name: 'keys of several fields, of nested fields and of lists',
    subgraphs: {
      list: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Query { top: ProductList! }
          type ProductList @key(fields: "products { id }") { products: [Product!]! }
          type Product @key(fields: "id") { id: String! name: String }`,
        resolvers: { Query: { top: () => ({ products: products.slice(0, 2) }) } },
      },
      link: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type Product @key(fields: "id") @key(fields: "id pid") @key(fields: "id pid category { id tag }") {
            id: String! pid: String! category: Category @shareable
          }
          type Category @key(fields: "id tag") { id: String! tag: String! }
          type ProductList @key(fields: "products { id }") @key(fields: "products { id pid category { id tag } } selected { id }") {
            products: [Product!]! @shareable selected: Product @shareable
          }`,
        resolvers: {
          Product: { __resolveReference: find(products, 'id'), category: categoryOf },
          ProductList: {
            __resolveReference: ({ products: list }: { products: { id: string }[] }) => ({
              products: products.filter(({ id }) => list.some((item) => item.id === id)),
              selected: products[1],
            }),
          },
        },
      },
      price: {
        typeDefs: `${federation('2.3', '@key', '@shareable')}
          type ProductList @key(fields: "products { id pid category { id tag } } selected { id }") {
            products: [Product!]! @shareable selected: Product @shareable first: Product
          }
          type Product @key(fields: "id pid category { id tag }") { id: String! pid: String! price: Float category: Category @shareable }
          type Category @key(fields: "id tag") { id: String! tag: String! title: String }`,
        resolvers: {
          Product: {
            __resolveReference: (key: { id: string; pid: string; category: { tag: string } }) =>
              products.find(
                (product) =>
                  product.id === key.id &&
                  product.pid === key.pid &&
                  categoryOf(product)?.tag === key.category.tag,
              ),
            category: categoryOf,
          },
          Category: { __resolveReference: find(categories, 'id') },
          ProductList: {
            __resolveReference: ({ products: list }: { products: { id: string }[] }) => ({
              products: products.filter(({ id }) => list.some((item) => item.id === id)),
              first: products.find(({ id }) => id === list[0]?.id),
              selected: products[1],
            }),
          },
        },
      },
    },
    operations: [
      '{ top { products { id price } } }',
      '{ top { products { name category { tag title } } } }',
      '{ top { first { id price } selected { id name price } } }',
    ],
  },
  {
    name: 'keys that lead through a third subgraph, and records unknown on the way',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          type Query { shelves: [Shelf] } type Shelf { product: Product }
          type Product @key(fields: "upc") { upc: ID! }`,
        resolvers: { Query: { shelves: () => products.map((product) => ({ product })) } },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')}
          type Product @key(fields: "id") @key(fields: "upc") { id: ID! upc: ID! }`,
        resolvers: {
          Product: {
            __resolveReference: (reference: { upc: string }) =>
              reference.upc === 'u3' ? null : find(products, 'upc', 'id')(reference),
          },
        },
      },
      c: {
        typeDefs: `${federation('2.3', '@key')}
          type Product @key(fields: "id") { id: ID! maker: Maker } type Maker { id: ID! name: String }`,
        resolvers: {
          Product: {
            __resolveReference: ({ id }: { id: string }) => {
              if (id == null) throw new Error('There is no key.');
              return { id, maker: { id: `maker of ${id}`, name: 'Maker' } };
            },
          },
        },
      },
    },
    operations: [
      '{ shelves { product { upc maker { name } } } }',
      { query: '{ shelves { product { id } } }', hasErrors: true, isSilentElsewhere: true },
    ],
  },
  {
    name: 'keys of which some cannot be resolved',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.5', '@key')}
          type Query { a: A }
          type A @key(fields: "id") @key(fields: "pId") @key(fields: "compositeId { one two }") @key(fields: "id compositeId { two three }") {
            id: ID! pId: ID! compositeId: CompositeID! name: String!
          }
          type CompositeID { one: ID! two: ID! three: ID! }`,
        resolvers: {
          Query: {
            a: () => ({ id: '1', pId: 'p1', compositeId: { one: 1, two: 2, three: 3 }, name: 'a' }),
          },
          A: {
            __resolveReference: (reference: object) => ({ ...reference, name: 'a' }),
          },
        },
      },
      b: {
        typeDefs: `${federation('2.5', '@key', '@external', '@requires')}
          type Query { b: B } type B @key(fields: "id") { id: ID! a: [A!]! }
          type A @key(fields: "compositeId { one two }", resolvable: false) @key(fields: "id compositeId { two three }")
                 @key(fields: "pId", resolvable: false) @key(fields: "id", resolvable: false) {
            id: ID! pId: ID! compositeId: CompositeID! name: String! @external labelOfB: String! @requires(fields: "name")
          }
          type CompositeID { one: ID! two: ID! three: ID! }`,
        resolvers: {
          Query: {
            b: () => ({
              id: 'b',
              a: [{ id: '1', pId: 'p1', compositeId: { one: 1, two: 2, three: 3 } }],
            }),
          },
          A: { labelOfB: ({ name }: { name: string }) => `in b: ${name}` },
        },
      },
    },
    operations: ['{ b { id a { id name labelOfB } } }', '{ a { labelOfB } }'],
  },
  {
    name: 'subgraphs of federation 1',
    subgraphs: {
      a: {
        typeDefs: `type Query { wareOfA: Product users: [User] }
          type Product @key(fields: "id") @key(fields: "upc") { id: ID name: String @shareable upc: String }
          extend type User @key(fields: "id") { id: ID! @external name: String! }`.replace(
          ' @shareable',
          '',
        ),
        resolvers: {
          Query: { wareOfA: () => products[0], users: () => [{ id: 'u1', name: 'Ada' }] },
          Product: { __resolveReference: find(products, 'id', 'upc') },
        },
      },
      b: {
        typeDefs: `type Query { wareOfB: Product }
          extend type Product @key(fields: "upc") { upc: String @external price: Float! }
          type User @key(fields: "id") { id: ID! nick: String }`,
        resolvers: {
          Query: { wareOfB: () => products[1] },
          Product: { __resolveReference: find(products, 'upc') },
          User: { __resolveReference: ({ id }: { id: string }) => ({ id, nick: `nick of ${id}` }) },
        },
      },
    },
    operations: [
      '{ wareOfA { id upc name price } wareOfB { upc price name } }',
      '{ users { id name nick } }',
    ],
  },
];
