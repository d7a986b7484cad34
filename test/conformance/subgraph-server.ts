import { buildSubgraphSchema } from '@apollo/subgraph';
import { OperationPipeline } from '@hub/shared/graphql';
import { createHttpServer, listen, registerGraphQL } from '@hub/shared/server';
import { silentLogger } from '@hub/shared/system';
import { parse } from 'graphql';

type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']
>;

/** A subgraph on its own port, without a database. Disposing of it closes the port. */
interface SubgraphServer extends AsyncDisposable {
  readonly url: string;
}

/** Serves a subgraph of a test over real HTTP. */
export async function createSubgraphServer(
  typeDefs: string,
  resolvers: Resolvers,
): Promise<SubgraphServer> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers });
  const pipeline = new OperationPipeline({ source: { schema }, logger: silentLogger });
  await pipeline.start();
  const http = await createHttpServer({ logger: silentLogger });
  registerGraphQL(http, {
    path: '/graphql',
    pipeline,
    createContext: ({ requestId }) => Promise.resolve({ requestId }),
  });
  return {
    url: `${await listen(http, 0)}/graphql`,
    async [Symbol.asyncDispose]() {
      await http.close();
      await pipeline.stop();
    },
  };
}
