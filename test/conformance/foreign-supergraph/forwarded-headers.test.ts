import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/telemetry';
import { createDisposableStack } from '@hub/shared/testing';
import { graphql, GraphQLError, parse } from 'graphql';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as sendRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../gateway/config.js';
import { apolloSandboxOrigin, createHubServer } from '../../../gateway/http/server.js';
import {
  readForwardingRules,
  type ForwardingRules,
} from '../../../gateway/partners/forwarding/read-rules.js';
import type { Tree } from '../../e2e/network/open-hub.js';
import { federation } from './suite.js';

/** What one subgraph got, and how it responds. */
interface Subgraph {
  readonly got: IncomingHttpHeaders[];
  status: number;
  headers: Record<string, string | string[]>;
}

const lent = () => {
  const extensions = { code: 'BOOK_LENT', until: '2026-12-24', stacktrace: ['at shelf.js:7'] };
  throw new GraphQLError('The book is lent.', { extensions });
};
const sources = {
  shelf: {
    typeDefs: `${federation('2.3', '@key')}
      type Query { book: Book lent: Int me: String }
      type Mutation { lend: Int }
      type Book @key(fields: "id") { id: ID! title: String }`,
    resolvers: {
      Query: {
        book: () => ({ id: '1', title: 'Edda' }),
        lent,
        me: (_: unknown, _args: unknown, { authorization }: IncomingHttpHeaders) => authorization,
      },
      Mutation: { lend: () => 1 },
    },
  },
  prices: {
    typeDefs: `${federation('2.3', '@key')} type Book @key(fields: "id") { id: ID! price: Int }`,
    resolvers: {
      Book: { __resolveReference: (book: object) => book, price: () => 7 },
    },
  },
} as const;
type Name = keyof typeof sources;

const none = { request: [], response: [], errors: false };
const passing = (all: Partial<typeof none>, subgraphs = {}): ForwardingRules =>
  ({ all: { ...none, ...all }, subgraphs }) as ForwardingRules;

describe('HUB_FORWARD_HEADERS', () => {
  const stack = createDisposableStack();
  const subgraphs: Record<Name, Subgraph> = {
    shelf: { got: [], status: 200, headers: {} },
    prices: { got: [], status: 200, headers: {} },
  };
  let supergraphSdl: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forwarding-'));
    const services = [];
    for (const name of ['shelf', 'prices'] as const) {
      const typeDefs = parse(sources[name].typeDefs);
      const schema = buildSubgraphSchema({ typeDefs, resolvers: sources[name].resolvers as never });
      const own = subgraphs[name];
      const server = createServer((request, response) => {
        own.got.push(request.headers);
        void json(request).then(async (body) => {
          const { query: source, variables } = body as { query: string; variables?: object };
          const variableValues = { ...variables };
          const contextValue = request.headers;
          const result = await graphql({ schema, source, variableValues, contextValue });
          response.writeHead(own.status, { 'content-type': 'application/json', ...own.headers });
          response.end(JSON.stringify(result));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      stack.use({
        [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
      });
      const { port } = server.address() as AddressInfo;
      services.push({ name, url: `http://127.0.0.1:${port}/`, typeDefs });
    }
    supergraphSdl = composeServices(services).supergraphSdl ?? '';
  });
  afterAll(async () => {
    await stack[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    for (const own of Object.values(subgraphs))
      Object.assign(own, { status: 200, headers: {} }).got.length = 0;
  });

  async function openHub(forwarding?: ForwardingRules) {
    const hub = await createHub({ supergraphSdl }, { logger: silentLogger, forwarding });
    const server = await createHubServer({ hub, logger: silentLogger });
    const url = await server.listen(0);
    return {
      /** Node’s own client: `fetch` refuses some headers. */
      send: (query: string, headers: Record<string, string> = {}) =>
        new Promise<{ headers: IncomingHttpHeaders; body: Tree }>((resolve, reject) => {
          const init = {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
          };
          sendRequest(url, init, (response) => {
            void text(response).then((body) =>
              resolve({ headers: response.headers, body: JSON.parse(body) }),
            );
          })
            .on('error', reject)
            .end(JSON.stringify({ query }));
        }),
      async [Symbol.asyncDispose]() {
        await server.close();
        await hub.close();
      },
    };
  }

  const sent = {
    authorization: 'Bearer of Anna',
    cookie: 'session=1',
    'accept-language': 'da',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'x-tenant': 'dk',
    'x-hop': 'one',
    connection: 'x-hop',
  };
  const gotOf = (name: Name) =>
    subgraphs[name].got.flatMap((headers) =>
      Object.keys(sent).filter((key) => key !== 'connection' && headers[key] !== undefined),
    );
  const book = '{ book { title price } }';

  it('passes nothing without it, in either direction', async () => {
    await using hub = await openHub();
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', 'x-cost': '3' };
    const { headers, body } = await hub.send(book, sent);
    expect(body.data).toEqual({ book: { title: 'Edda', price: 7 } });
    expect([gotOf('shelf'), gotOf('prices')]).toEqual([[], []]);
    expect([headers['x-cost'], headers['cache-control']]).toEqual([undefined, 'no-store']);
  });

  it('passes what is named, to all subgraphs or to one, and nothing of one connection', async () => {
    const all = { request: ['accept-language', 'x-hop'] } as never;
    const shelf = { request: ['authorization', 'traceparent'], response: [] };
    await using hub = await openHub(passing(all, { shelf }));
    const { headers } = await hub.send(book, sent);
    expect(gotOf('shelf')).toEqual(['authorization', 'accept-language', 'traceparent']);
    expect(gotOf('prices')).toEqual(['accept-language']);
    expect(subgraphs.shelf.got[0]).toMatchObject({ authorization: sent.authorization });
    expect(String(headers['vary']).split(', ')).toEqual(
      expect.arrayContaining(['accept-language', 'authorization']),
    );
    expect(headers['vary']).not.toContain('traceparent');
  });

  it('never serves one client what another one got', async () => {
    const names = ['authorization'];
    await using hub = await openHub(passing({ request: names as never }));
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60' };
    const people = ['Anna', 'Bo', 'Anna', ''];
    const ask = async (authorization: string) =>
      (await hub.send('{ me }', authorization ? { authorization } : {})).body.data.me;
    const expected = people.map((person) => person || null);
    expect(await Promise.all(people.map(ask))).toEqual(expected);
    // By now, each response is cached for those who send the same.
    const calls = subgraphs.shelf.got.length;
    expect(await Promise.all(people.map(ask))).toEqual(expected);
    expect(subgraphs.shelf.got.length).toBe(calls);
  });

  it('brings the named headers of responses back, each value once', async () => {
    await using hub = await openHub(passing({ response: ['x-cost', 'x-served-by'] as never }));
    subgraphs.shelf.headers = { 'x-cost': '3', 'x-served-by': 'a', 'set-cookie': ['s=1'] };
    subgraphs.prices.headers = { 'x-cost': '4', 'x-served-by': 'a', 'x-other': '1' };
    const { headers } = await hub.send(book, { origin: apolloSandboxOrigin });
    expect(headers).toMatchObject({ 'x-cost': '3, 4', 'x-served-by': 'a' });
    expect(String(headers['access-control-expose-headers']).split(', ')).toEqual(
      expect.arrayContaining(['retry-after', 'x-cost', 'x-served-by']),
    );
    expect([headers['set-cookie'], headers['x-other']]).toEqual([undefined, undefined]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['public, max-age=60', 'public, max-age=30', 'public, max-age=30'],
    ['public, max-age=60', 'private, max-age=90', 'private, max-age=60'],
    ['max-age=60', 'public, max-age=60', 'private, max-age=60'],
    [
      'public, max-age=60',
      'public, max-age=90, must-revalidate',
      'public, max-age=60, must-revalidate',
    ],
    ['public, max-age=60', 'no-cache', 'no-store'],
    ['public, max-age=60', 'no-store, max-age=60', 'no-store'],
    ['public, max-age=60', 'public, max-age=0', 'no-store'],
    ['public, max-age=60', 'public, max-age=soon', 'no-store'],
    ['public, max-age=60', 'public', 'no-store'],
    ['public, max-age=60', undefined, 'no-store'],
  ])('follows the strictest of %j and %j', async (one, other, expected) => {
    await using hub = await openHub(passing({ response: ['cache-control'] as never }));
    for (const [shelf, prices] of [
      [one, other],
      [other, one],
    ]) {
      subgraphs.shelf.headers = shelf === undefined ? {} : { 'cache-control': shelf };
      subgraphs.prices.headers = prices === undefined ? {} : { 'cache-control': prices };
      const { headers } = await hub.send(book, { 'cache-control': 'no-cache' });
      expect(headers['cache-control']).toBe(expected);
    }
  });

  it('lets nothing be cached that is old, not whole, or a change', async () => {
    const shelf = { request: [], response: ['cache-control'] };
    await using hub = await openHub(passing({}, { shelf }));
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', age: '50' };
    const fresh = { 'cache-control': 'no-cache' };
    const caching = async (query: string) =>
      (await hub.send(query, fresh)).headers['cache-control'];
    expect(await caching('{ book { title } }')).toBe('public, max-age=10');
    // The other subgraph is asked too, and its word does not count.
    expect(await caching(book)).toBe('no-store');
    expect(await caching('{ book { title } lent }')).toBe('no-store');
    expect(await caching('mutation { lend }')).toBe('no-store');
    subgraphs.shelf.headers = { 'cache-control': 'public, max-age=60', age: '61' };
    expect(await caching('{ book { title } }')).toBe('no-store');
  });

  it('passes what errors say only if the operator says so, and no lines of code', async () => {
    for (const errors of [false, true]) {
      await using hub = await openHub(passing({ errors }));
      const { body } = await hub.send('{ lent }');
      expect(body.errors).toEqual([
        {
          message: errors ? 'The book is lent.' : 'The subgraph reports an error.',
          path: ['lent'],
          extensions: {
            code: 'BOOK_LENT',
            partner: 'shelf',
            ...(errors && { until: '2026-12-24' }),
          },
        },
      ]);
    }
  });

  it('calls it UNAUTHENTICATED if a subgraph answers with HTTP 401', async () => {
    await using hub = await openHub();
    subgraphs.prices.status = 401;
    const { body } = await hub.send(book);
    expect(body.data).toEqual({ book: { title: 'Edda', price: null } });
    expect(body.errors).toMatchObject([
      { path: ['book'], extensions: { code: 'UNAUTHENTICATED', partner: 'prices' } },
    ]);
    expect(body.extensions.completeness.complete).toBe(false);
  });

  const write = async (rules: unknown) => {
    const file = join(folder, 'rules.json');
    await writeFile(file, JSON.stringify(rules));
    return file;
  };

  const forbidden = ['Cookie', 'Set-Cookie', 'Host', 'Connection', 'Keep-Alive', 'TE', 'Upgrade'];
  const more = ['Transfer-Encoding', 'Proxy-Authorization', 'Content-Length', 'Vary', 'a b', ''];
  it.each(
    [...forbidden, ...more].flatMap((name) => [
      [name, { all: { request: [name] } }],
      [name, { all: { response: [name] } }],
      [name, { subgraphs: { shelf: { request: [name] } } }],
    ]),
  )('refuses %j at the start: %j', async (_name, rules) => {
    const file = await write(rules);
    const environment = { HUB_FORWARD_HEADERS: file };
    const start = () => readConfig(environment, ['serve', '--supergraph', 'x.graphql']);
    expect(start).toThrow(/rules\.json: .*(?:never passes|the name of a header)/);
  });

  it('refuses other words, another subgraph, and a network', async () => {
    expect(() => readForwardingRules('/nowhere.json')).toThrow('cannot be read as JSON');
    const file = await write({ all: { propagate: ['authorization'] } });
    expect(() => readForwardingRules(file)).toThrow('propagate');
    expect(() => readConfig({ HUB_FORWARD_HEADERS: file }, [])).toThrow('only with --supergraph');
    const cellar = { request: ['authorization'], response: [] };
    await expect(openHub(passing({}, { cellar }))).rejects.toThrow('no subgraph cellar');
    const right = await write({ all: { request: ['Authorization'] } });
    expect(readForwardingRules(right)).toEqual(passing({ request: ['authorization'] as never }));
  });
});
