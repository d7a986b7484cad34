import { GraphQLError, type GraphQLFormattedError, type SourceLocation } from 'graphql';
import { catalogue } from '../errors/index.js';
import { cutText } from '../scalars/cut-text.js';
import type { Logger } from '../telemetry/index.js';
import { codeOf, findDatabaseFault, findHubError } from './error-code.js';

export interface MaskOptions {
  readonly requestId: string;
  readonly logger: Logger;
}

/** What may accompany the code of an error that passed through the engine; an error of ours keeps all it was given. */
const passedExtensions = ['argument', 'currentVersion', 'partner', 'rule', 'serviceName'];

function readExtensions(error: GraphQLError): Record<string, unknown> {
  const ours = findHubError(error);
  if (ours) return ours.extensions;
  return Object.fromEntries(
    Object.entries(error.extensions).filter(([name]) => passedExtensions.includes(name)),
  );
}

/** No message is longer: graphql-js quotes what a client sent, which may be a megabyte. */
const longestMessage = 1_000;

/** Messages of these are made by the language itself; those of others may quote data. */
const languageErrors = [TypeError, ReferenceError];

/**
 * What may be logged of an error: what it is and where it arose. Not its message, which may quote a row or an argument.
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

/** The error that stands for one that nobody outside may know. */
export function maskedError(requestId: string): GraphQLFormattedError {
  return {
    message: catalogue.INTERNAL_SERVER_ERROR.message,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  };
}

/** As many places of one error are told. */
const mostLocations = 10;

/** Where in the document an error arose: as the tokens of its nodes say, or the parser. */
function locate({ nodes, locations }: GraphQLError): readonly SourceLocation[] | undefined {
  const tokens = nodes?.slice(0, mostLocations).flatMap(({ loc }) => loc?.startToken ?? []);
  return tokens?.length ? tokens.map(({ line, column }) => ({ line, column })) : locations;
}

/**
 * Writes an error as it may leave. One with a code of the catalogue passes; any other becomes `Unexpected error.` with
 * the id of the request, under which the log says more. A stack never leaves, whatever the environment.
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
  const isDatabaseFault = findDatabaseFault(known) !== undefined;
  if (isDatabaseFault) logger.error({ requestId, error: describeError(error) }, 'database fault');
  // Of the depth of a document graphql-js says what its own stack says, and a driver quotes what it was asked.
  const isForeign = isDatabaseFault || (code === 'QUERY_TOO_COMPLEX' && !findHubError(known));
  const text = isForeign ? catalogue[code].message : message;
  return {
    message: cutText(text, longestMessage),
    ...place,
    extensions: { ...readExtensions(known), code },
  };
}
