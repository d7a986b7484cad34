import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FanOutRuleError, findOwner, isFannedOut, readFanOutRules } from './fan-out-rules.js';

const directives = `
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
  directive @route(by: String!) on FIELD_DEFINITION | OBJECT
  directive @gather(orderBy: [String!], narrowBy: [String!], ownerOnly: [String!], orders: [[String!]!]) on FIELD_DEFINITION
`;
const partners = ['north', 'south'];
const read = (sdl: string) => readFanOutRules(directives + sdl, partners);

const item = 'type Item @key(fields: "id") @route(by: "id") { id: ID! rank: Int name: String }';
const page = `
  type ItemConnection { edges: [ItemEdge!]! nodes: [Item!]! pageInfo: PageInfo! totalCount: Int countAtLeast: Int! }
  type ItemEdge { cursor: String! node: Item! } type PageInfo { hasNextPage: Boolean! }`;

describe('readFanOutRules', () => {
  it('reads the routed and the gathered fields, by schema coordinate', () => {
    const rules = read(`
      type Query {
        item(id: ID!): Item @route(by: "id")
        items(in: In, first: Int, orderBy: Order = RANK): ItemConnection
          @gather(orderBy: ["rank", "id"], narrowBy: ["in.part"], ownerOnly: ["in.name", "orderBy.NAME"], orders: [["NAME", "name", "id"], ["ID", "id"]])
        list: [Item!] @gather(orderBy: "id")
        count: Int @gather
      }
      type Mutation { change(in: In!): Item @route(by: "in.deep.id") }
      input In { part: Part name: String deep: Deep } input Deep { id: ID! } enum Part { NORTH } enum Order { RANK NAME ID }
      type Thing @key(fields: "id") { id: ID! items: [Item!] @gather(orderBy: "id") size: Int @gather }
      ${item} ${page}`);
    expect(Object.fromEntries(rules.routedFields)).toEqual({
      'Query.item': { by: ['id'], scalar: 'ID' },
      'Mutation.change': { by: ['in', 'deep', 'id'], scalar: 'ID' },
    });
    expect(Object.fromEntries(rules.gatheredFields)).toEqual({
      'Query.items': {
        mergeKind: 'connection',
        orderBy: ['rank', 'id'],
        narrowBy: [{ by: ['in', 'part'], scalar: 'Part' }],
        ownerOnly: [
          ['in', 'name'],
          ['orderBy', 'NAME'],
        ],
        orders: new Map([
          ['NAME', { keys: ['name', 'id'], isOwnerOnly: true }],
          ['ID', { keys: ['id'], isOwnerOnly: false }],
        ]),
      },
      'Query.list': {
        mergeKind: 'list',
        orderBy: ['id'],
        narrowBy: [],
        ownerOnly: [],
        orders: new Map(),
      },
      'Query.count': {
        mergeKind: 'sum',
        orderBy: [],
        narrowBy: [],
        ownerOnly: [],
        orders: new Map(),
      },
      'Thing.items': {
        mergeKind: 'list',
        orderBy: ['id'],
        narrowBy: [],
        ownerOnly: [],
        orders: new Map(),
      },
      'Thing.size': {
        mergeKind: 'sum',
        orderBy: [],
        narrowBy: [],
        ownerOnly: [],
        orders: new Map(),
      },
    });
    expect(Object.fromEntries(rules.routedTypes)).toEqual({ Item: { by: ['id'], scalar: 'ID' } });
  });

  it.each([
    ['a root field with neither directive', 'type Query { a: Int }', 'Query.a'],
    [
      'a root field with both directives',
      'type Query { a(id: ID): Int @gather @route(by: "id") }',
      'Query.a',
    ],
    [
      'a mutation that is gathered',
      'type Query { a: Int @gather } type Mutation { b: Int @gather }',
      'Mutation.b',
    ],
    [
      'a mutation with neither',
      'type Query { a: Int @gather } type Mutation { b: Int }',
      'Mutation.b',
    ],
    ['a gathered field that is non-null', 'type Query { a: Int! @gather }', 'Query.a'],
    ['a type that cannot be merged', 'type Query { a: String @gather }', 'Query.a'],
    ['a list of scalars', 'type Query { a: [Int] @gather(orderBy: "x") }', 'Query.a'],
    ['an unknown argument', 'type Query { a(b: Int): Int @route(by: "id") }', 'argument id'],
    [
      'an unknown field of an input',
      'type Query { a(in: In): Int @route(by: "in.id") } input In { x: Int }',
      'argument in.id',
    ],
    [
      'an unknown narrowing argument',
      'type Query { a: Int @gather(narrowBy: "part") }',
      'argument part',
    ],
    [
      'an unknown argument of the owner alone',
      'type Query { a(part: ID): Int @gather(narrowBy: "part", ownerOnly: "name") }',
      'argument name',
    ],
    [
      'an argument of the owner alone where nothing names the owner',
      'type Query { a(name: String): Int @gather(ownerOnly: "name") }',
      'Query.a: @gather with ownerOnly needs narrowBy',
    ],
    [
      'a sort key that the items do not have',
      `type Query { a: [Item!] @gather(orderBy: ["age", "id"]) } ${item}`,
      'ordered by age',
    ],
    [
      'an order that the client may choose and whose keys are unknown',
      `type Query { a(orderBy: Order = ID): ItemConnection @gather(orderBy: "id") } enum Order { ID NAME } ${item} ${page}`,
      'Query.a: @gather(orders:) must have the keys of the orders NAME.',
    ],
    [
      'an order by what the nodes do not have',
      `type Query { a(orderBy: Order = ID): ItemConnection @gather(orderBy: "id", orders: [["AGE", "age", "id"]]) } enum Order { ID AGE } ${item} ${page}`,
      'ordered by age',
    ],
    ['a list without an order', `type Query { a: [Item!] @gather } ${item}`, 'needs orderBy'],
    [
      'a connection whose nodes lack the sort key',
      `type Query { a: ItemConnection @gather(orderBy: "age") } ${item} ${page}`,
      'ordered by age',
    ],
    [
      'an entity with neither @route nor gathered fields',
      'type Query { a: Int @gather } type E @key(fields: "id") { id: ID! }',
      'E: an entity needs',
    ],
    [
      'an entity that is routed by a field that it does not have',
      'type Query { a: Int @gather } type E @key(fields: "id") @route(by: "owner") { id: ID! }',
      'E: @route names owner',
    ],
    [
      'an entity that is routed and yet has gathered fields',
      'type Query { a: Int @gather } type E @key(fields: "id") @route(by: "id") { id: ID! n: Int @gather }',
      'E: a routed entity',
    ],
    [
      'a connection that is gathered on an entity',
      `type Query { a: Int @gather } type E @key(fields: "id") { id: ID! items: ItemConnection @gather(orderBy: "id") } ${item} ${page}`,
      'E.items: a connection',
    ],
    [
      'a type with gathered fields that another field leads to',
      `type Query { a: Int @gather } type E @key(fields: "id") { id: ID! n: Int @gather }
       type Item @key(fields: "id") @route(by: "id") { id: ID! e: E }`,
      'Item.e: leads to E',
    ],
    [
      'a type with gathered fields that an interface’s field leads to',
      `type Query { a: Int @gather } interface I { id: ID! } type E implements I @key(fields: "id") { id: ID! n: Int @gather }
       type Item @key(fields: "id") @route(by: "id") { id: ID! some: [I] }`,
      'Item.some: leads to E',
    ],
    [
      'a type with gathered fields that a union leads to',
      `type Query { a(id: ID!): U @route(by: "id") } union U = E type E @key(fields: "id") { id: ID! n: Int @gather }`,
      'Query.a: leads to E',
    ],
  ])('refuses %s', (_, sdl, failure) => {
    expect(() => read(sdl)).toThrow(FanOutRuleError);
    expect(() => read(sdl)).toThrow(failure);
  });

  it('lists all errors at once', () => {
    expect(() => read('type Query { a: Int b: Int! @gather }')).toThrow(/Query\.a.*\n.*Query\.b/);
  });

  it('accepts an entity that this schema only refers to', () => {
    const sdl =
      'type Query { a: Int @gather } type E @key(fields: "id", resolvable: false) { id: ID! }';
    expect(read(sdl).routedTypes.size).toBe(0);
  });

  it('accepts every contract of the network that has these directives', () => {
    const folder = new URL('../../contracts/', import.meta.url);
    const contracts = readdirSync(folder)
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const fannedOut = contracts.filter(isFannedOut);
    expect(fannedOut.length).toBeGreaterThan(0);
    for (const sdl of fannedOut) {
      const rules = readFanOutRules(sdl, partners);
      expect(rules.routedFields.size).toBeGreaterThan(0);
      expect(rules.gatheredFields.size).toBeGreaterThan(0);
    }
  });
});

describe('findOwner', () => {
  it.each([
    ['north:1', 'ID', 'north'],
    ['north:a:b', 'ID', 'north'],
    ['north', 'ID', null],
    [':1', 'ID', null],
    ['', 'ID', null],
    ['NORTH:1', 'ID', null],
    ['west:1', 'ID', null],
    [7, 'ID', null],
    ['NORTH', 'Part', 'north'],
    ['WEST', 'Part', null],
    [null, 'Part', null],
    ['DK', 'CountryCode', null],
    ['dk', 'CountryCode', undefined],
    ['North', 'CountryCode', undefined],
  ])('reads from %j, a %s, the owner %j', (value, scalar, owner) => {
    expect(findOwner(value, scalar, partners)).toBe(owner);
  });
});

describe('findOwner', () => {
  it.each([
    ['dk:1', 'ID', 'dk'],
    ['DK', 'CountryCode', 'dk'],
    ['zz:1', 'ID', null],
    ['ZZ', 'CountryCode', null],
    [7, 'ID', null],
    [null, 'ID', null],
    ['Denmark', 'CountryCode', undefined],
    [null, 'CountryCode', undefined],
    // No partner owns an object, even if its text would be a partner’s.
    [['dk:1'], 'ID', null],
    [['DK'], 'CountryCode', undefined],
    [{ toString: 1, valueOf: null }, 'CountryCode', undefined],
  ])('finds the owner of %j, a value of %s: %s', (value, scalar, owner) => {
    expect(findOwner(value, scalar, ['dk', 'se'])).toBe(owner);
  });
});
