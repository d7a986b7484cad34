import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerOptionsWithSchema,
  type ApolloServerPlugin,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { HubError } from '../errors/index.js';
import { silentLogger, type Logger } from '../telemetry/index.js';
import { describeError, maskError } from './mask-errors.js';

/** What every context has. */
export interface ServedContext {
  readonly requestId: string;
}

export interface ApolloServerOptions<Context extends ServedContext> {
  /** What executes: a schema, or a gateway. */
  readonly source:
    | Pick<ApolloServerOptionsWithSchema<Context>, 'schema'>
    | Pick<ApolloServerOptionsWithGateway<Context>, 'gateway'>;
  readonly logger: Logger;
  /** @default true */
  readonly introspection?: boolean;
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
}

/** A refused document is not worth more lines than this. */
const mostRequestErrors = 50;

/** Refuses what names no operation of the document, or one of a kind that the schema has not. */
function checkOperation<Context extends ServedContext>(
  logger: Logger,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, schema }) {
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
      };
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const { requestId } = requestContext.contextValue;
      logger.error({ requestId, error: describeError(error) }, 'operation failed');
    },
  };
}

/** Masks the errors of every answer, also of one that no HTTP server asked for. */
function maskErrors<Context extends ServedContext>(logger: Logger): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({
          response,
          errors,
          schema,
          document,
          contextValue: { requestId },
        }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (!singleResult.errors?.length) return;
          const originals =
            errors ??
            singleResult.errors.map(
              ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
            );
          const wanted =
            singleResult.data === undefined ? originals.slice(0, mostRequestErrors) : originals;
          singleResult.errors = wanted.map((error) =>
            maskError(error, { schema, document, requestId, logger }),
          );
        },
      };
    },
  };
}

/**
 * Makes the server that executes operations, for the hub and for partners alike. Whatever reports to its maker is off,
 * nothing depends on the environment, and errors leave masked. What is HTTP is left to {@link registerGraphQL}.
 */
export function createApolloServer<Context extends ServedContext>({
  source,
  logger,
  introspection = true,
  plugins = [],
}: ApolloServerOptions<Context>): ApolloServer<Context> {
  return new ApolloServer<Context>({
    ...source,
    introspection,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      checkOperation(logger),
      // First, so that what other plugins add to an answer stays.
      maskErrors(logger),
      ...plugins,
    ],
    // It would put the text of unexpected errors into the log; the plugins above log what may be logged.
    logger: silentLogger,
    // It reads NODE_ENV unless told.
    nodeEnv: 'production',
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    allowBatchedHttpRequests: false,
    // `checkContentType` does it without asking simple queries for a header.
    csrfPrevention: false,
  });
}
