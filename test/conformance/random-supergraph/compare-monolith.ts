import { composeServices } from '@apollo/composition';
import { createHub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import { execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Suite } from '../foreign-supergraph/suite.js';
import { createSubgraphServer } from '../subgraph-server.js';
import { mapValue, type Row, type World } from './world.js';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
}

type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** One graph: its subgraphs under the hub, and the same as one schema over all that is true. */
export interface Graph extends AsyncDisposable {
  readonly schema: GraphQLSchema;
  readonly hub: Ask;
  readonly monolith: Ask;
}

/** The supergraph of subgraphs. Undefined where they do not compose. */
export function compose(
  subgraphs: Suite['subgraphs'],
  urls: Readonly<Record<string, string>> = {},
) {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
      name,
      url: urls[name] ?? 'http://127.0.0.1:9/',
      typeDefs: parse(typeDefs),
    })),
  );
  return { supergraphSdl, errors };
}

export async function openGraph(subgraphs: Suite['subgraphs'], world: World): Promise<Graph> {
  const stack = createDisposableStack();
  const urls: Record<string, string> = {};
  for (const [name, { typeDefs, resolvers }] of Object.entries(subgraphs))
    urls[name] = stack.use(await createSubgraphServer(typeDefs, resolvers)).url;
  const { supergraphSdl = '' } = compose(subgraphs, urls);
  const { schema, pipeline, createContext } = stack.use(
    await createHub({ supergraphSdl }, { logger: silentLogger }),
  );
  return {
    schema,
    async hub(query, variables) {
      const { signal } = new AbortController();
      const contextValue = await createContext({ requestId: 'test', signal });
      const { body } = await pipeline.run({ query, variables }, contextValue);
      if (body.kind !== 'single') throw new Error('An answer in parts.');
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    monolith: async (query, variables) =>
      JSON.parse(
        JSON.stringify(await askMonolith(schema, world, parse(query), variables)),
      ) as Answer,
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const askMonolith = (
  schema: GraphQLSchema,
  world: World,
  document: DocumentNode,
  variableValues: Readonly<Record<string, unknown>>,
) =>
  execute({
    schema,
    document,
    variableValues,
    rootValue: { __typename: 'Query', id: '' } satisfies Row,
    fieldResolver: (row: Row, args: Record<string, unknown>, _context, { fieldName }) =>
      mapValue(world.read(row, fieldName, args), (value) => value),
    typeResolver: ({ __typename }: Row) => __typename,
  });
