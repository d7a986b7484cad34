import { GraphQLError, type GraphQLFormattedError, type SourceLocation } from 'graphql';
import { catalogue } from '../../errors/catalogue.js';
import { HubError } from '../../errors/hub-error.js';
import type { Logger } from '../../system/logger.js';
import { cutText } from '../scalars/scalars.js';
import { codeOf, findDatabaseFailure, findHubError } from './error-code.js';
import type { OperationHooks, ServedContext } from './served-context.js';

/** Rejects an unknown operation name, and a kind of operation that the schema does not have. */
export function checkOperation<Context extends ServedContext>(
  logger: Logger,
): OperationHooks<Context> {
  return {
    didResolveOperation({ operation, schema, response }) {
      if (operation === undefined) {
        response.http.status = 422;
        const message = '`operationName` must be the name of an operation of the document.';
        throw new HubError('BAD_REQUEST', { message });
      }
      // graphql-js validates nothing below a missing root type.
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

/** Masks the errors of every response, also without HTTP. */
export function maskErrors<Context extends ServedContext>(logger: Logger): OperationHooks<Context> {
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
      singleResult.errors = originals.map((error) => maskError(error, { requestId, logger }));
    },
  };
}

export interface MaskOptions {
  readonly requestId: string;
  readonly logger: Logger;
}

/**
 * The details that an error may keep when it passed through the engine. A HubError keeps all its
 * details.
 */
const passedExtensions = ['argument', 'currentVersion', 'partner', 'rule', 'serviceName'];

function readExtensions(error: GraphQLError): Record<string, unknown> {
  const ours = findHubError(error);
  if (ours) return ours.extensions;
  return Object.fromEntries(
    Object.entries(error.extensions).filter(([name]) => passedExtensions.includes(name)),
  );
}

/** The longest message. graphql-js quotes what a client sent, which may be a megabyte. */
const longestMessage = 1_000;

/** Errors whose messages come from the language itself. Messages of other errors may quote data. */
const languageErrors = [TypeError, ReferenceError];

/**
 * What may be logged about an error: its kind and its place, but not its message, which may quote a
 * row or an argument.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const cause = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { code } = cause as { code?: unknown };
  return {
    type: cause.name,
    ...(typeof code === 'string' && { code }),
    ...(languageErrors.some((kind) => cause instanceof kind) && { message: cause.message }),
    frames: cause.stack?.split('\n').filter((line) => /^\s+at /.test(line)),
    ...(error instanceof GraphQLError && { path: error.path?.join('.') }),
  };
}

/** The error that replaces an internal one. */
export function maskedError(requestId: string): GraphQLFormattedError {
  return {
    message: catalogue.INTERNAL_SERVER_ERROR.message,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

/** The most locations of one error. */
const mostLocations = 10;

/** The locations of an error in the document, from its nodes or from the parser. */
function locate({ nodes, locations }: GraphQLError): readonly SourceLocation[] | undefined {
  const tokens = nodes?.slice(0, mostLocations).flatMap(({ loc }) => loc?.startToken ?? []);
  return tokens?.length ? tokens.map(({ line, column }) => ({ line, column })) : locations;
}

/**
 * Prepares an error for the client. An error with a code of the catalogue passes. Any other becomes
 * `Unexpected error.` with the id of the request, under which the log has more. A stack never
 * passes, whatever the environment is.
 */
export function maskError(
  error: unknown,
  { requestId, logger }: MaskOptions,
): GraphQLFormattedError {
  const known =
    error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
  const code = codeOf(known);
  const { message, path } = known;
  const locations = locate(known);
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (code === undefined || code === 'INTERNAL_SERVER_ERROR') {
    logger.error({ requestId, error: describeError(error) }, 'unexpected error');
    return { ...maskedError(requestId), ...place };
  }
  const isDatabaseFailure = findDatabaseFailure(known) !== undefined;
  if (isDatabaseFailure) logger.error({ requestId, error: describeError(error) }, 'database fault');
  // A database driver quotes its statement. If a document is nested too deeply, graphql-js reports
  // its own stack overflow.
  const isForeign = isDatabaseFailure || (code === 'QUERY_TOO_COMPLEX' && !findHubError(known));
  const text = isForeign ? catalogue[code].message : message;
  return {
    message: cutText(text, longestMessage),
    ...place,
    extensions: { ...readExtensions(known), code },
  };
}
