import type { FastifyInstance } from 'fastify';
import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfig,
} from 'graphql';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { HubError } from '../../../errors/hub-error.js';
import { OperationPipeline } from '../../../graphql/operations/operation-pipeline.js';
import type {
  ClientSignal,
  OperationHooks,
  ServedContext,
} from '../../../graphql/operations/served-context.js';
import { DateScalar } from '../../../graphql/scalars/scalars.js';
import type { Drain } from '../drain.js';
import { registerHealth } from '../health.js';
import { createHttpServer, listen, type HttpServerOptions } from '../http-server.js';
import type { GraphQLCall, GraphQLOptions } from './graphql-options.js';
import { registerGraphQL } from './graphql-over-http.js';

/** A promise that a test resolves. `Promise.withResolvers` is not available in Node 20. */
export function createSignal<Value = void>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

export interface TestContext extends ServedContext {
  readonly signal: ClientSignal;
}

type TestField = GraphQLFieldConfig<unknown, TestContext>;

const echo: TestField = {
  type: GraphQLString,
  args: {
    on: { type: DateScalar },
    first: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 },
    colour: { type: new GraphQLEnumType({ name: 'Colour', values: { RED: {}, BLUE: {} } }) },
  },
  resolve: (_source, given) => JSON.stringify(given),
};

const failWith = (error: Error): TestField => ({
  type: GraphQLString,
  resolve() {
    throw error;
  },
});

export interface TestServer extends AsyncDisposable {
  readonly http: FastifyInstance;
  readonly origin: string;
  /** The lines of the log so far. */
  readonly lines: readonly Record<string, unknown>[];
  /** Sends a POST, as a client that accepts `accept`. */
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export interface TestServerOptions
  extends Partial<GraphQLOptions<TestContext>>, Omit<Partial<HttpServerOptions>, 'logger'> {
  /** Fields in addition to `greeting`, `echo`, `broken` and `refused`. */
  readonly fields?: Record<string, TestField>;
  readonly hooks?: readonly OperationHooks<TestContext>[];
}

/**
 * Opens a server with a small schema: fields that return a value, return their arguments, fail, or
 * refuse.
 */
export async function openTestServer({
  fields,
  hooks,
  page,
  createContext,
  countRefused,
  checkRate,
  resolveDocument,
  compresses,
  ...options
}: TestServerOptions = {}): Promise<TestServer> {
  const lines: Record<string, unknown>[] = [];
  const logger = pino(
    { level: 'info' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
        done();
      },
    }),
  );
  const query = new GraphQLObjectType<unknown, TestContext>({
    name: 'Query',
    fields: {
      greeting: { type: GraphQLString, resolve: () => 'hei' },
      echo,
      broken: failWith(new Error('SELECT secret FROM officers at 10.0.0.7')),
      refused: failWith(new HubError('RULE_VIOLATED', { message: 'Not now.', rule: 'TOO_EARLY' })),
      ...fields,
    },
  });
  const mutation = new GraphQLObjectType<unknown, TestContext>({
    name: 'Mutation',
    fields: { change: { type: GraphQLString, resolve: () => 'changed' } },
  });
  const schema = new GraphQLSchema({ query, mutation });
  const pipeline = new OperationPipeline<TestContext>({ source: { schema }, logger, hooks });
  await pipeline.start();
  const http = await createHttpServer({ ...options, logger });
  registerHealth(http, { checks: {} });
  registerGraphQL<TestContext>(http, {
    path: '/graphql',
    pipeline,
    page,
    countRefused,
    checkRate,
    resolveDocument,
    compresses,
    createContext:
      createContext ??
      (async ({ requestId, watchClient }: GraphQLCall) => ({ requestId, signal: watchClient() })),
  });
  const origin = await listen(http, 0);
  return {
    http,
    origin,
    lines,
    post: (body, headers) =>
      fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array
            ? (body as RequestInit['body'])
            : JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await http.close();
      await pipeline.stop();
    },
  };
}

/** A server with a field that waits until the test resolves it. */
export async function openWaitingServer(drain: Drain = { ms: 8_000 }) {
  const entered = createSignal();
  const opened = createSignal();
  const slow = {
    type: GraphQLString,
    async resolve() {
      entered.resolve();
      await opened.promise;
      return 'done';
    },
  };
  return {
    server: await openTestServer({ fields: { slow }, drain: () => drain }),
    entered,
    opened,
  };
}
