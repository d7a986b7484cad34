import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerOptionsWithSchema,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { silentLogger } from '../../system/logger.js';
import type { ServedContext } from './served-context.js';

/** What executes operations: a schema or a gateway. */
export type SourceOptions<Context extends ServedContext> =
  | Pick<ApolloServerOptionsWithSchema<Context>, 'schema'>
  | Pick<ApolloServerOptionsWithGateway<Context>, 'gateway'>;

type Gateway = ApolloServerOptionsWithGateway<ServedContext>['gateway'];
type GatewayLoad = Awaited<ReturnType<Gateway['load']>>;
export type GatewayExecutor = NonNullable<GatewayLoad['executor']>;

/** The schema of operations, and how they are executed. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  /** @default graphql-js */
  readonly executor?: GatewayExecutor;
}

/** The current source of operations, and its options for Apollo Server. */
function openSource<Context extends ServedContext>(source: SourceOptions<Context>) {
  if ('schema' in source) {
    const { schema } = source;
    if (!schema) throw new Error('The schema is missing.');
    return { config: { schema }, current: (): OperationSource => ({ schema }) };
  }
  const { gateway } = source;
  let schema: GraphQLSchema | undefined;
  let executor: GatewayExecutor | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema;
  });
  const watched: Gateway = {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    async load(options) {
      const loaded = await gateway.load(options);
      executor = loaded.executor ?? undefined;
      return loaded;
    },
    stop: () => gateway.stop(),
  };
  const current = (): OperationSource => {
    if (!schema || !executor) throw new Error('The gateway has not been started.');
    return { schema, executor };
  };
  return { config: { gateway: watched }, current };
}

/**
 * Creates the Apollo Server, which starts and stops the schema or the gateway. Operations do not
 * pass through it: see {@link OperationPipeline}. Its reporting is off, and nothing depends on the
 * environment.
 */
export function createApolloServer<Context extends ServedContext>(
  source: SourceOptions<Context>,
  { introspection }: { readonly introspection: boolean },
) {
  const { config, current } = openSource(source);
  const apollo = new ApolloServer<Context>({
    ...config,
    introspection,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
    logger: silentLogger,
    // Otherwise it reads NODE_ENV.
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
  });
  return { apollo, current };
}
