import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import fastify from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Loaders } from '../database/index.js';
import type { Logger } from '../telemetry/index.js';
import type { PartnerContext } from './context.js';

export interface PartnerServerOptions {
  readonly partner: string;
  readonly schema: GraphQLSchema;
  readonly source: DataSource;
  readonly logger: Logger;
  readonly clock: () => Date;
}

/** A partner’s server. Closing it ends what is under way and closes the database. */
export interface PartnerServer extends AsyncDisposable {
  readonly source: DataSource;
  /** Listens and returns the address of the GraphQL endpoint. Port 0 takes a free one. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

export async function createPartnerServer({
  partner,
  schema,
  source,
  clock,
}: PartnerServerOptions): Promise<PartnerServer> {
  const apollo = new ApolloServer<PartnerContext>({
    schema,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  await apollo.start();
  const http = fastify();
  http.post('/graphql', async (request, reply) => {
    const contextValue: PartnerContext = {
      partner,
      source,
      loaders: new Loaders(source),
      clock,
      requestId: randomUUID(),
    };
    const { body } = await apollo.executeOperation(request.body as { query: string }, { contextValue });
    if (body.kind === 'single') await reply.send(body.singleResult);
  });
  const close = async () => {
    await http.close();
    await apollo.stop();
    if (source.isInitialized) await source.destroy();
  };
  return {
    source,
    async listen(port, host = '127.0.0.1') {
      return `${await http.listen({ port, host })}/graphql`;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
