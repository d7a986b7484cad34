import { composeServices } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import { assembleHub, createHub, type Hub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { parse, type GraphQLSchema } from 'graphql';
import { createSubgraphServer } from '../subgraph-server.js';
// After the hub, which turns the engine’s telemetry off before it loads.
import { ApolloGateway } from '@apollo/gateway';
import { foreignPlanningLimits } from '../../../gateway/engine/planning/planning-limits.js';
import { createStockEngine } from '../execution/stock-engine.js';
import type { Suite } from './suite.js';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly unknown[];
  readonly extensions?: unknown;
}

type Ask = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** The same subgraphs under the hub and under the engine as its maker ships it. */
export interface Engines extends AsyncDisposable {
  readonly hub: Ask;
  readonly plain: Ask;
  /** The hub again, with Apollo’s executor. */
  readonly stock: Ask;
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
}

export async function openEngines({ subgraphs, away = [] }: Suite): Promise<Engines> {
  const stack = createDisposableStack();
  const services = [];
  for (const [name, { typeDefs, resolvers }] of Object.entries(subgraphs)) {
    const server = await createSubgraphServer(typeDefs, resolvers);
    const { url } = server;
    if (away.includes(name)) await server[Symbol.asyncDispose]();
    else stack.use(server);
    services.push({ name, url, typeDefs: parse(typeDefs) });
  }
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new AggregateError(errors ?? [], errors?.map(String).join('\n'));
  const logger = silentLogger;
  // Random supergraphs are planned in threads. To start one takes longer than most suites.
  const options = { logger, planning: { ...foreignPlanningLimits, fieldsInPlace: Infinity } };
  const hub = stack.use(await createHub({ supergraphSdl }, options));
  const stock = stack.use(await assembleHub({ supergraphSdl }, options, createStockEngine));
  const askHub =
    ({ createContext, pipeline }: Hub): Ask =>
    async (query, variables) => {
      const { signal } = new AbortController();
      const contextValue = await createContext({ requestId: 'test', signal });
      return read(await pipeline.run({ query, variables }, contextValue));
    };
  let plain: Promise<ApolloServer> | undefined;
  const startPlain = async () => {
    const server = new ApolloServer({
      gateway: new ApolloGateway({ supergraphSdl, logger }),
      logger,
      includeStacktraceInErrorResponses: false,
    });
    await server.start();
    stack.use({ [Symbol.asyncDispose]: () => server.stop() });
    return server;
  };
  return {
    schema: hub.schema,
    hub: askHub(hub),
    stock: askHub(stock),
    async plain(query, variables) {
      plain ??= startPlain();
      return read(await (await plain).executeOperation({ query, variables }));
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

function read({ body }: Awaited<ReturnType<ApolloServer['executeOperation']>>): Answer {
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  // As it goes over the wire.
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}
