import { createHub, type Hub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSubgraphServer } from '../subgraph-server.js';
import type { Answer, Tree } from './library.js';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/** How a keeper refers to records, and how many lists are around one. */
const shapes = {
  one: 'Record',
  sure: 'Record!',
  box: 'Box!',
  many: '[Record]',
  each: '[Record!]',
  all: '[Record!]!',
  rows: '[[Record!]!]!',
  thing: 'Thing!',
  things: '[Thing!]!',
} as const;
type Shape = keyof typeof shapes;

/** One partner alone has the keepers, who refer to records. */
const keepersContract = `
  ${link}
  type Query {
    keeper(id: ID!): Keeper
    list: [Keeper!] loose: [Keeper] nested: [[Keeper!]!]
    page: KeeperConnection
    houses: [House!]
  }
  type Mutation { hire(id: ID!): Keeper }
  type House { name: String! keepers: [Keeper!]! }
  type Keeper @key(fields: "id") { id: ID! ${Object.entries(shapes)
    .map(([name, type]) => `${name}: ${type}`)
    .join(' ')} }
  type KeeperEdge { cursor: String! node: Keeper! }
  type KeeperConnection { edges: [KeeperEdge!]! nodes: [Keeper!]! totalCount: Int }
  type Box { size: Int record: Record! }
  interface Thing { id: ID! }
  type Record implements Thing @key(fields: "id", resolvable: false) { id: ID! }
`;

/** Two partners have the records, each its own, which refer to keepers. */
const recordsContract = `
  ${link}
  directive @route(by: String!) on FIELD_DEFINITION | OBJECT
  directive @gather(orderBy: [String!], narrowBy: [String!]) on FIELD_DEFINITION
  type Query { records: [Record!] @gather(orderBy: ["id"]) }
  interface Thing { id: ID! }
  type Record implements Thing @key(fields: "id") @route(by: "id") { id: ID! title: String! note: String keeper: Keeper! }
  type Keeper @key(fields: "id", resolvable: false) { id: ID! }
`;

/** The second keeper refers to a record that does not exist, and so does the second of `north`. */
const keepers = (missing: string) =>
  ['k:1', 'k:2', 'k:3'].map((id) => {
    const last = { __typename: 'Record', id: id === 'k:2' ? missing : 'south:1' };
    const first = { __typename: 'Record', id: 'north:1' };
    return {
      id,
      one: last,
      sure: last,
      box: { size: 1, record: last },
      many: [first, last],
      each: [first, last],
      all: [first, last],
      rows: [[first], [first, last]],
      thing: last,
      things: [first, last],
    };
  });

const recordsOf = (code: string) =>
  [1, 2, 3].map((index) => ({
    id: `${code}:${index}`,
    title: `title of ${code}:${index}`,
    note: null,
    keeper: { id: code === 'north' && index === 2 ? 'k:9' : 'k:1' },
  }));

async function openNetwork(missing: string): Promise<AsyncDisposable & { ask: Ask }> {
  const stack = createDisposableStack();
  const all = keepers(missing);
  const find = ({ id }: { id: string }) => all.find((keeper) => keeper.id === id) ?? null;
  const keeperServer = stack.use(
    await createSubgraphServer(keepersContract, {
      Query: {
        keeper: (_: unknown, given: { id: string }) => find(given),
        list: () => all,
        loose: () => all,
        nested: () => [[all[0]], [all[1], all[2]]],
        page: () => ({
          edges: all.map((node) => ({ cursor: node.id, node })),
          nodes: all,
          totalCount: 3,
        }),
        houses: () => [{ name: 'one', keepers: all }],
      },
      Mutation: { hire: (_: unknown, given: { id: string }) => find(given) },
      Keeper: { __resolveReference: find },
    }),
  );
  const partners = [{ code: 'k', subgraph: 'keepers', url: keeperServer.url }];
  for (const code of ['north', 'south']) {
    const records = recordsOf(code);
    const server = stack.use(
      await createSubgraphServer(recordsContract, {
        Query: { records: () => records },
        Record: {
          __resolveReference: ({ id }: { id: string }) =>
            records.find((record) => record.id === id) ?? null,
        },
      }),
    );
    partners.push({ code, subgraph: 'records', url: server.url });
  }
  const network = {
    port: 0,
    partners: partners.map((partner) => ({
      ...partner,
      name: partner.code,
      contact: 'x@example.org',
      publicKeys: '',
      deadlineMs: 2_000,
      maxResponseBytes: 1_000_000,
    })),
  };
  const contracts = [
    { name: 'keepers', sdl: keepersContract },
    { name: 'records', sdl: recordsContract },
  ];
  const hub: Hub = stack.use(await createHub({ network, contracts }, { logger: silentLogger }));
  return {
    async ask(query, more = {}) {
      const { signal } = new AbortController();
      const context = await hub.createContext({ requestId: 't', signal, authorization: undefined });
      const { body } = await hub.pipeline.run({ query, ...more }, context);
      if (body.kind !== 'single') throw new Error('An answer in parts.');
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}
type Ask = (query: string, more?: { readonly onError?: 'NULL' }) => Promise<Answer>;

/** Where keepers are asked for, and how a keeper that cannot be there is left out. */
const roots: Readonly<Record<string, (selection: string) => string>> = {
  keeper: (inner) => `{ keeper(id: "k:2") ${inner} }`,
  list: (inner) => `{ list ${inner} }`,
  loose: (inner) => `{ loose ${inner} }`,
  nested: (inner) => `{ nested ${inner} }`,
  nodes: (inner) => `{ page { totalCount nodes ${inner} } }`,
  edges: (inner) => `{ page { edges { cursor node ${inner} } } }`,
  houses: (inner) => `{ houses { name keepers ${inner} } }`,
  aliases: (inner) => `{ a: list ${inner} b: page { c: nodes ${inner} } }`,
  hire: (inner) => `mutation { hire(id: "k:2") ${inner} }`,
};

/** What a keeper of this shape is without the record; undefined if it cannot be there. */
const remains: Readonly<Record<Shape, ((title: unknown) => unknown) | undefined>> = {
  one: () => null,
  sure: undefined,
  box: undefined,
  many: (title) => [title, null],
  each: (title) => [title],
  all: (title) => [title],
  rows: (title) => [[title], [title]],
  thing: undefined,
  things: (title) => [title],
};

const isGone = (value: unknown, id: string): boolean =>
  typeof value === 'object' && value !== null && (value as Tree).id === id;

/** The good answer with its second keeper changed, or left out where no null may be. */
function change(value: Tree, shape: Shape, field: string): Tree {
  if (Array.isArray(value))
    return value.flatMap((item) => {
      const isLost = !remains[shape] && isGone(item?.node ?? item, 'k:2');
      return isLost ? (field === 'loose' ? [null] : []) : [change(item, shape, field)];
    });
  if (typeof value !== 'object' || value === null) return value;
  if (isGone(value, 'k:2')) {
    const left = remains[shape];
    const title = { title: 'title of north:1' };
    return left ? { ...value, [shape]: left(title) } : null;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, change(inner, shape, key)]),
  );
}

const selectionOf = (shape: Shape): string =>
  ({
    box: '{ id box { record { title } } }',
    thing: '{ id thing { ... on Record { title } } }',
    things: '{ id things { ... on Record { title } } }',
  })[shape as string] ?? `{ id ${shape} { title } }`;

/** The value at a path is null, or a list from which a row was left out. */
function expectPlace(data: Tree, path: readonly unknown[]): void {
  let value = data;
  for (const step of path) {
    if (value === null) return;
    value = value[step as string];
  }
  expect(value === null || Array.isArray(value), `${path.join('.')}`).toBe(true);
}

describe('DANGLING_REFERENCE', () => {
  let good: Awaited<ReturnType<typeof openNetwork>>;
  let bad: Awaited<ReturnType<typeof openNetwork>>;
  beforeAll(async () => {
    good = await openNetwork('south:1');
    bad = await openNetwork('south:9');
  });
  afterAll(async () => {
    await good[Symbol.asyncDispose]();
    await bad[Symbol.asyncDispose]();
  });

  const cases = Object.keys(roots).flatMap((root) =>
    (Object.keys(shapes) as Shape[]).map((shape) => [root, shape] as const),
  );

  it.each(cases)('costs at most the record that holds it: %s, %s', async (root, shape) => {
    const query = roots[root]?.(selectionOf(shape)) ?? '';
    const whole = await good.ask(query);
    expect(whole.errors).toBeUndefined();
    expect(whole.extensions.completeness.complete).toBe(true);
    const { data, errors = [], extensions } = await bad.ask(query);
    expect(data).toEqual(change(whole.data, shape, ''));
    expect(errors.length).toBe(root === 'aliases' ? 2 : 1);
    for (const { path = [], extensions: own } of errors) {
      expect(own).toEqual({
        code: 'DANGLING_REFERENCE',
        partner: 'k',
        owner: 'south',
        id: 'south:9',
      });
      expectPlace(data, path);
    }
    expect(extensions.completeness.complete).toBe(false);
    expect(extensions.completeness.partners).toMatchObject({
      k: { status: 'ANSWERED' },
      south: { status: 'ANSWERED' },
    });
  });

  it.each(cases)('stays in its place if the client wants that: %s, %s', async (root, shape) => {
    const { data, errors = [] } = await bad.ask(roots[root]?.(selectionOf(shape)) ?? '', {
      onError: 'NULL',
    });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(
      errors.map(() => 'DANGLING_REFERENCE'),
    );
    for (const { path = [] } of errors) {
      const value = path.reduce((inner: Tree, step) => inner[step as string], data);
      expect(value).toBeNull();
    }
  });

  it('is of the partner that gave it, of several that give a list', async () => {
    const {
      data,
      errors = [],
      extensions,
    } = await bad.ask('{ records { id keeper { one { id } } } }');
    expect(data.records.map(({ id }: Tree) => id)).toEqual([
      'north:1',
      'north:3',
      'south:1',
      'south:2',
      'south:3',
    ]);
    expect(errors.map(({ path, extensions: own }) => ({ path, ...own }))).toEqual([
      { path: ['records'], code: 'DANGLING_REFERENCE', partner: 'north', owner: 'k', id: 'k:9' },
    ]);
    expect(extensions.completeness.complete).toBe(false);
  });

  it('is one of an id that names no partner, where the value must not be null', async () => {
    await using network = await openNetwork('west:1');
    const { data, errors = [] } = await network.ask('{ list { id sure { title } } }');
    expect(data.list.map(({ id }: Tree) => id)).toEqual(['k:1', 'k:3']);
    expect(errors.map(({ path, extensions: own }) => ({ path, ...own }))).toEqual([
      { path: ['list'], code: 'DANGLING_REFERENCE', partner: 'k', id: 'west:1' },
    ]);
    const filled = await network.ask('{ list { id sure { note } } }');
    expect(filled.errors).toBeUndefined();
    expect(filled.data.list[1]).toEqual({ id: 'k:2', sure: { note: null } });
  });

  it('moves the errors of the rows behind the one that is left out', async () => {
    const { data, errors = [] } = await bad.ask(
      '{ list { id sure { title } each { keeper { sure { title } } } } }',
    );
    expect(data.list.map(({ id }: Tree) => id)).toEqual(['k:1', 'k:3']);
    for (const { path = [] } of errors) expectPlace(data, path);
  });
});
