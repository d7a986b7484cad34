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
import { silentLogger } from '../telemetry/index.js';
import type { ServedContext } from './served-context.js';

/** What executes: a schema, or a gateway. */
export type SourceOptions<Context extends ServedContext> =
  | Pick<ApolloServerOptionsWithSchema<Context>, 'schema'>
  | Pick<ApolloServerOptionsWithGateway<Context>, 'gateway'>;

type Gateway = ApolloServerOptionsWithGateway<ServedContext>['gateway'];
type GatewayLoad = Awaited<ReturnType<Gateway['load']>>;
export type GatewayExecutor = NonNullable<GatewayLoad['executor']>;

/** What operations are run on at a time. */
export interface OperationSource {
  readonly schema: GraphQLSchema;
  /** @default graphql-js */
  readonly executor?: GatewayExecutor;
}

/** What operations run on, as it is at the moment; and what Apollo Server is told of it. */
function openSource<Context extends ServedContext>(source: SourceOptions<Context>) {
  if ('schema' in source) {
    const { schema } = source;
    if (!schema) throw new Error('There is no schema.');
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
 * Creates the Apollo Server that starts, follows and stops what operations run on. Operations do not pass through it: see
 * {@link OperationPipeline}. Its reporting is off, and nothing depends on the environment.
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
    // It reads NODE_ENV unless told.
    nodeEnv: 'production',
    stopOnTerminationSignals: false,
  });
  return { apollo, current };
}
