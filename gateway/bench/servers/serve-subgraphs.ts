import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, type DocumentNode } from 'graphql';
import { readGraph, type BenchGraph, type BenchSubgraph } from '../graph.js';
import { createInventor, type Invented } from './invent.js';
import { serveJson, tellReady } from './serve-json.js';

/** A subgraph that computes each response only once, because the gateway is measured. */
function createSubgraphResponses(graph: BenchGraph, { sdl }: BenchSubgraph) {
  const resolvers = Object.fromEntries(
    [...graph.keyFields].map(([type, keyField]) => [
      type,
      {
        __resolveReference: (reference: Record<string, string>): Invented => ({
          __typename: type,
          seed: reference[keyField] ?? '',
        }),
      },
    ]),
  );
  const declared = new Set([...sdl.matchAll(/^type (\w+)/gm)].map(([, name]) => name));
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: Object.fromEntries(Object.entries(resolvers).filter(([type]) => declared.has(type))),
  });
  const fieldResolver = createInventor(graph);
  const documents = new Map<string, DocumentNode>();
  const prepared = new Map<string, Buffer>();
  const compute = async (body: string): Promise<Buffer> => {
    const { query, variables, operationName } = JSON.parse(body) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    const result = await execute({
      schema,
      document,
      variableValues: variables,
      operationName,
      fieldResolver,
      typeResolver: (value) => (value as Invented).__typename,
    });
    const bytes = Buffer.from(JSON.stringify(result));
    prepared.set(body, bytes);
    return bytes;
  };
  return (body: string) => prepared.get(body) ?? compute(body);
}

const graph = readGraph();
const urls: Record<string, string> = {};
for (const subgraph of graph.subgraphs) {
  urls[subgraph.name] = await serveJson(createSubgraphResponses(graph, subgraph));
}
tellReady(urls);
