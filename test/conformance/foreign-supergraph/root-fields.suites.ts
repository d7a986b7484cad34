import { federation, type Suite } from './suite.js';

const createCounter = () => {
  let value = 1;
  return (change: (value: number) => number) => (value = change(value));
};

/** What begins at the root: shared fields, conditions, mutations. */
export const rootFields: readonly Suite[] = [
  {
    name: 'root fields that several subgraphs share',
    subgraphs: Object.fromEntries(
      ['name', 'cost', 'kind'].map((field) => [
        field,
        {
          typeDefs: `${federation('2.3', '@shareable')}
            type Query { ware: Ware @shareable wares: [Ware] @shareable ${field}Only(at: At = { first: 3 }): [Int!] }
            input At { first: Int = 1 label: String = "l" }
            type Ware @shareable { id: ID! ${field}: ${field}Detail } type ${field}Detail { ${field}: String }`,
          resolvers: {
            Query: {
              ware: () => ({ id: '1', [field]: { [field]: `${field} 1` } }),
              wares: () => ['1', '2'].map((id) => ({ id, [field]: { [field]: `${field} ${id}` } })),
              [`${field}Only`]: (_: unknown, { at }: { at: { first: number; label: string } }) => [
                at.first,
                at.label.length,
              ],
            },
          },
        },
      ]),
    ),
    operations: [
      '{ ware { id name { name } cost { cost } kind { kind } } }',
      '{ wares { id cost { cost } kind { kind } name { n: name } } }',
      '{ nameOnly costOnly(at: { label: "long" }) kindOnly(at: {}) __typename }',
      {
        query:
          'query ($at: At, $off: Boolean! = true) { nameOnly(at: $at) costOnly @skip(if: $off) ware @include(if: $off) { cost { cost } } }',
        variables: { at: { first: 9 } },
      },
    ],
  },
  {
    name: 'mutations, in their order',
    subgraphs: (() => {
      const count = createCounter();
      return {
        a: {
          typeDefs: `${federation('2.3', '@key')}
            type Query { value: Int }
            type Mutation { multiply(by: Int!): Int! reset: Int! fail: Result notNull: Result! }
            type Result @key(fields: "id") { id: ID! value: Int }`,
          resolvers: {
            Query: { value: () => count((value) => value) },
            Mutation: {
              multiply: (_: unknown, { by }: { by: number }) => count((value) => value * by),
              reset: () => count(() => 1),
              fail: () => {
                throw new Error('no');
              },
              notNull: () => null,
            },
          },
        },
        b: {
          typeDefs: `${federation('2.3', '@key')}
            type Mutation { add(number: Int!): Result }
            type Result @key(fields: "id") { id: ID! }`,
          resolvers: {
            Mutation: {
              add: (_: unknown, { number }: { number: number }) => ({
                id: String(count((value) => value + number)),
              }),
            },
          },
        },
      };
    })(),
    operations: [
      'mutation { reset a: add(number: 5) { id } m: multiply(by: 3) b: add(number: 1) { id } last: multiply(by: 2) }',
      'mutation { ...m } fragment m on Mutation { reset x: multiply(by: 7) __typename }',
      {
        query:
          'mutation { reset a: add(number: 5) { id } m: multiply(by: 3) a: add(number: 5) @skip(if: false) { id } last: multiply(by: 2) }',
        data: { reset: 1, a: { id: '6' }, m: 18, last: 36 },
      },
      {
        query:
          'mutation ($on: Boolean!) { reset ...a @include(if: $on) m: multiply(by: 3) ...a last: multiply(by: 2) } fragment a on Mutation { add(number: 5) { id } }',
        variables: { on: true },
        data: { reset: 1, add: { id: '6' }, m: 18, last: 36 },
      },
      { query: 'mutation { reset fail { id } }', hasErrors: true },
      { query: 'mutation { reset notNull { id } }', hasErrors: true },
    ],
  },
  {
    name: 'executable directives with default arguments',
    subgraphs: {
      a: {
        typeDefs: `${federation('2.3', '@key')}
          directive @access(scope: Scope = PUBLIC, level: Int) on FIELD | QUERY
          enum Scope { PUBLIC PRIVATE }
          type Query { a(x: Int): String }`,
        resolvers: { Query: { a: () => 'a' } },
      },
      b: {
        typeDefs: `${federation('2.3', '@key')}
          directive @access(scope: Scope = PUBLIC, level: Int) on FIELD | QUERY
          enum Scope { PUBLIC PRIVATE }
          type Query { b: String }`,
        resolvers: { Query: { b: () => 'b' } },
      },
    },
    operations: [
      '{ a @access b @access(scope: PRIVATE) }',
      { query: 'query ($level: Int) { a @access(level: $level) b }', variables: { level: 3 } },
      {
        query: 'query ($level: Int, $x: Int) @access(level: $level) { a(x: $x) b }',
        variables: { level: 3 },
      },
    ],
  },
];
