import { composeServices } from '@apollo/composition';
import { createHub } from '@hub/gateway';
import { silentLogger } from '@hub/shared/system';
import { createDisposableStack } from '@hub/shared/testing';
import fc from 'fast-check';
import { execute, parse, validate, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleSize } from '../../sample.js';
import { drawAnyValue } from '../execution/values.js';
import { drawOperation } from '../oracle/operations.js';
import { fixedSeeds } from '../seeds.js';
import { createSubgraphServer } from '../subgraph-server.js';
import { families } from './families.js';
import { readTruth, subgraphsOf, type Fact, type Family } from './family.js';

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
}

interface Graph extends AsyncDisposable {
  readonly schema: GraphQLSchema;
  hub(query: string): Promise<Answer>;
  /** One schema over all records, run by graphql-js alone. */
  truth(query: string): Promise<Answer>;
}

async function openFamily(family: Family): Promise<Graph> {
  const stack = createDisposableStack();
  const services = [];
  for (const [name, { typeDefs, resolvers }] of Object.entries(subgraphsOf(family))) {
    const { url } = stack.use(await createSubgraphServer(typeDefs, resolvers));
    services.push({ name, url, typeDefs: parse(typeDefs) });
  }
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new AggregateError(errors ?? [], errors?.map(String).join('\n'));
  const hub = stack.use(await createHub({ supergraphSdl }, { logger: silentLogger }));
  const read = readTruth(family);
  const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Answer;
  return {
    schema: hub.schema,
    async hub(query) {
      const { signal } = new AbortController();
      const contextValue = await hub.createContext({ requestId: 'test', signal });
      const { body } = await hub.pipeline.run({ query }, contextValue);
      if (body.kind !== 'single') throw new Error('An answer in parts.');
      return asJson(body.singleResult);
    },
    truth: async (query) =>
      asJson(
        await execute({
          schema: hub.schema,
          document: parse(query),
          fieldResolver: (source: Record<string, unknown>, _args, _context, info) =>
            read(info.parentType.name, info.fieldName, source),
          typeResolver: ({ __typename }: Fact) => __typename,
        }),
      ),
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

describe.each(families)('$name', (family) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openFamily(family);
  });
  afterAll(() => graph[Symbol.asyncDispose]());

  const compare = async (query: string) => {
    const { data, errors } = await graph.truth(query);
    expect(errors, query).toBeUndefined();
    const { data: own, errors: faults } = await graph.hub(query);
    expect({ data: own, errors: faults }, query).toEqual({ data, errors: undefined });
  };

  it.each(family.operations)('is answered like by one schema: %s', compare);

  it.each(fixedSeeds)(
    'is answered like by one schema, whatever is asked: seed %i',
    async (seed) => {
      const drawn = fc.asyncProperty(fc.gen(), async (draw) => {
        const { query } = drawOperation(draw, graph.schema, drawAnyValue);
        fc.pre(validate(graph.schema, parse(query)).length === 0 && !query.includes('$'));
        await compare(query);
      });
      await fc.assert(drawn, {
        seed,
        numRuns: sampleSize(3, 15),
        maxSkipsPerRun: 30,
        endOnFailure: true,
      });
    },
  );
});
