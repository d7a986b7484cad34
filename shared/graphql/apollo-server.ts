import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerOptionsWithSchema,
  type GraphQLRequest,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { HubError } from '../errors/index.js';
import { silentLogger, type Logger } from '../telemetry/index.js';
import { Documents, mostErrors } from './documents.js';
import { describeError, maskError } from './mask-errors.js';
import type { OperationHooks } from './operation-hooks.js';
import {
  createOperationRunner,
  type Gateway,
  type GatewayExecutor,
  type OperationSource,
} from './operation-pipeline.js';
import type { ServedContext } from './served-context.js';

export interface ApolloServerOptions<Context extends ServedContext> {
  /** What executes: a schema, or a gateway. */
  readonly source:
    | Pick<ApolloServerOptionsWithSchema<Context>, 'schema'>
    | Pick<ApolloServerOptionsWithGateway<Context>, 'gateway'>;
  readonly logger: Logger;
  /** @default true */
  readonly introspection?: boolean;
  readonly hooks?: readonly OperationHooks<Context>[];
}

/** Refuses what names no operation of the document, or one of a kind that the schema has not. */
function checkOperation<Context extends ServedContext>(logger: Logger): OperationHooks<Context> {
  return {
    didResolveOperation({ operation, schema }) {
      if (operation === undefined) {
        const message = '`operationName` has to name one of the document’s operations.';
        throw new HubError('BAD_REQUEST', { message });
      }
      // graphql-js validates nothing below a root type that is not there.
      if (!schema.getRootType(operation.operation)) {
        const message = `The schema has no ${operation.operation}.`;
        throw new HubError('GRAPHQL_VALIDATION_FAILED', { message });
      }
    },
    didFail({ contextValue: { requestId } }, error) {
      logger.error({ requestId, error: describeError(error) }, 'operation failed');
    },
  };
}

/** Masks the errors of every answer, also of one that no HTTP server asked for. */
function maskErrors<Context extends ServedContext>(logger: Logger): OperationHooks<Context> {
  return {
    willSendResponse({ response, errors, contextValue: { requestId } }) {
      if (response.body.kind !== 'single') return;
      const { singleResult } = response.body;
      if (!singleResult.errors?.length) return;
      const originals =
        errors ??
        singleResult.errors.map(
          ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
        );
      const wanted = singleResult.data === undefined ? originals.slice(0, mostErrors) : originals;
      singleResult.errors = wanted.map((error) => maskError(error, { requestId, logger }));
    },
  };
}

/** What operations run on, as it is at the moment; and what Apollo Server is told of it. */
function openSource<Context extends ServedContext>(source: ApolloServerOptions<Context>['source']) {
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
 * Makes the server that executes operations, for the hub and for partners alike. Whatever reports to its maker is off,
 * nothing depends on the environment, and errors leave masked. What is HTTP is left to {@link registerGraphQL}.
 *
 * Apollo Server starts, follows and ends what it executes on; each operation goes through {@link createOperationRunner}.
 */
export function createApolloServer<Context extends ServedContext>({
  source,
  logger,
  introspection = true,
  hooks = [],
}: ApolloServerOptions<Context>): ApolloServer<Context> {
  const { config, current } = openSource(source);
  const server = new ApolloServer<Context>({
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
  // Errors are masked first, so that what other hooks add to an answer stays.
  const all = [checkOperation<Context>(logger), maskErrors<Context>(logger), ...hooks];
  const run = createOperationRunner<Context>({
    source: current,
    documents: new Documents({ introspection }, (schema, document) => {
      for (const hook of all) hook.didParse?.({ schema, document });
    }),
    hideSuggestions: !introspection,
    hooks: all,
  });
  return Object.assign(server, {
    executeOperation: (request: GraphQLRequest, { contextValue }: { contextValue: Context }) =>
      run(request, contextValue),
  });
}
