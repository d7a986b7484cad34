import { buildSchema, isCompositeType, type GraphQLCompositeType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { defaultColumns, readColumns, writeSelection } from './choose-columns.js';
import { createKeyOf } from './entity-keys.js';
import { findListRoot } from './list-root.js';

const schema = buildSchema(`
  scalar JSON
  enum Kind { A B }
  interface Named { id: ID! name: String }
  type Area implements Named { id: ID! name: String }
  type Unit implements Named { id: ID! name: String! area: Area }
  type Thing {
    id: ID! kind: Kind! tags: [String!]! grid: [[Int]] raw: JSON
    unit: Unit owner: Named settings: Settings units: [Unit!] sized(in: String!): Int rounded(to: Int): Int
    others(first: Int, after: String): ThingConnection
  }
  type Settings { dark: Boolean }
  type Told { text: String about: Any! }
  type Pair { strength: Int! units: [Unit]! settings: [Settings!] }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type ThingEdge { cursor: String node: Thing }
  type ThingConnection { nodes: [Thing!]! pageInfo: PageInfo! }
  type EdgesOnly { edges: [ThingEdge!]! pageInfo: PageInfo! }
  union Any = Unit | Area
  type Query {
    things(first: Int = 50, after: String): ThingConnection
    edged(first: Int, after: String): EdgesOnly
    unpaged: ThingConnection
    units: [Unit!]
    any: [Any]
    thing: Thing
    tags: [String!]
    grid: [[Unit]]
  }
`);
const keyOf = createKeyOf(
  `type Area @join__type(graph: A, key: "id") { id: ID! }
   type Unit @join__type(graph: A, key: "code country") @join__type(graph: A, key: "id") { id: ID! }
   type Thing @join__type(graph: A, key: "id") { id: ID! }
   type Settings @join__type(graph: A) { dark: Boolean }`,
  schema,
);
function typeOf(name: string): GraphQLCompositeType {
  const type = schema.getType(name);
  if (!isCompositeType(type)) throw new Error(name);
  return type;
}
const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name);

describe('findListRoot', () => {
  it.each([
    ['things', 'nodes', 'Thing'],
    ['edged', 'edges', 'Thing'],
    ['units', 'list', 'Unit'],
    ['any', 'list', 'Any'],
  ])('finds the rows of %s', (name, shape, node) => {
    const root = findListRoot(schema, name);
    expect([root?.shape, root?.node.name]).toEqual([shape, node]);
  });

  it.each(['thing', 'tags', 'grid', 'unpaged', 'nothing', '__schema', 'constructor'])(
    'finds none in %s',
    (name) => {
      expect(findListRoot(schema, name)).toBeUndefined();
    },
  );
});

describe('defaultColumns', () => {
  it('are values, lists of values, and the keys of references', () => {
    expect(names(defaultColumns(typeOf('Thing'), keyOf))).toEqual(
      'id kind tags grid raw unit.id owner.id rounded'.split(' '),
    );
  });

  it('of a row without a key include the keys in its lists', () => {
    expect(names(defaultColumns(typeOf('Pair'), keyOf))).toEqual(['strength', 'units.id']);
  });

  it('of an abstract type begin with the type name', () => {
    expect(names(defaultColumns(typeOf('Named'), keyOf))).toEqual(['__typename', 'id', 'name']);
    expect(names(defaultColumns(typeOf('Any'), keyOf))).toEqual(['__typename', 'id']);
  });

  it('name a record of several types by the key that all of them have', () => {
    const columns = defaultColumns(typeOf('Told'), keyOf);
    expect(names(columns)).toEqual(['text', 'about.id']);
    expect(writeSelection(columns)).toBe('text about { ... on Unit { id } ... on Area { id } }');
  });
});

describe('readColumns', () => {
  const read = (text: string) => readColumns(text, typeOf('Thing'));

  it('follows dotted paths, through lists as well', () => {
    expect(read('id, unit.area.name,units.name,owner.__typename')).toMatchObject([
      { name: 'id', lists: 0 },
      { name: 'unit.area.name', path: ['unit', 'area', 'name'], lists: 0 },
      { name: 'units.name', lists: 1 },
      { name: 'owner.__typename' },
    ]);
  });

  it.each([
    '',
    'id,',
    'nothing',
    'unit',
    'units',
    'id.x',
    'sized',
    'unit.__proto__',
    'constructor',
    'id.__typename',
    'others.nodes',
    'id } x: id',
    Array.from({ length: 31 }, () => 'unit').join('.'),
    Array.from({ length: 201 }, (_, index) => `c${index}`).join(),
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        extensions: { code: 'BAD_USER_INPUT', argument: 'columns' },
      }) as Error,
    );
  });

  it('has a column once if it is named twice', () => {
    expect(names(read('id,unit.id, id,unit.id'))).toEqual(['id', 'unit.id']);
  });

  it('follows a union to what all its types have alike, and to nothing else', () => {
    const told = (text: string) => readColumns(text, typeOf('Told'));
    expect(writeSelection(told('about.id,about.__typename'))).toBe(
      'about { ... on Unit { id } ... on Area { id } __typename }',
    );
    for (const column of ['about', 'about.name', 'about.area.id'])
      expect(() => told(column), column).toThrow('`columns`');
  });

  it('is written as one selection', () => {
    expect(writeSelection(read('unit.name,id,unit.area.id,unit.id'))).toBe(
      'unit { name area { id } id } id',
    );
  });
});
