import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createHub } from '@hub/gateway';
import { silentLogger, type Logger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { graphql, GraphQLError, parse } from 'graphql';
import { createServer, request as sendRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json, text } from 'node:stream/consumers';
import type { ForwardingRules } from '../../../gateway/fan-out/partners/forwarding/forwarding-rules.js';
import { createHubServer } from '../../../gateway/server/server.js';
import type { Tree } from '../../e2e/network/open-hub.js';
import { federation } from './suite.js';

/** What one subgraph got, and how it responds. */
interface Subgraph {
  readonly got: IncomingHttpHeaders[];
  connections: number;
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
export type Name = keyof typeof sources;

const none = { request: [], response: [], includeErrors: false };

/** Rules for all subgraphs, and for one. */
/** Its pages may send requests. */
export const allowedOrigin = 'https://desk.example.org';

export const passing = (all: Partial<typeof none>, subgraphs = {}): ForwardingRules =>
  ({ all: { ...none, ...all }, subgraphs }) as ForwardingRules;

/** Two subgraphs of a foreign supergraph that respond as a test says, and hubs in front of them. */
export async function openSubgraphs() {
  const stack = createDisposableStack();
  const subgraphs: Record<Name, Subgraph> = {
    shelf: { got: [], connections: 0, status: 200, headers: {} },
    prices: { got: [], connections: 0, status: 200, headers: {} },
  };
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
    server.on('connection', () => (own.connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stack.use({
      [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(() => done())),
    });
    const { port } = server.address() as AddressInfo;
    services.push({ name, url: `http://127.0.0.1:${port}/`, typeDefs });
  }
  const supergraphSdl = composeServices(services).supergraphSdl ?? '';

  async function openHub(forwarding?: ForwardingRules, logger: Logger = silentLogger) {
    const hub = await createHub({ supergraphSdl }, { logger, forwarding });
    const server = await createHubServer({
      hub,
      logger: silentLogger,
      allowedOrigins: [allowedOrigin],
    });
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
  const reset = () => {
    for (const own of Object.values(subgraphs))
      Object.assign(own, { status: 200, headers: {}, connections: 0 }).got.length = 0;
  };
  return { subgraphs, openHub, reset, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
}
