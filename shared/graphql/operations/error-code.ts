import { GraphQLError, Kind, type ASTNode } from 'graphql';
import { isDatabaseFailure } from '../../database/database-failure.js';
import { isErrorCode, type ErrorCode } from '../../errors/catalogue.js';
import { HubError } from '../../errors/hub-error.js';

/** The first error in a chain of causes that satisfies the condition. */
function findCause<Found extends Error>(
  error: Error,
  isWanted: (cause: Error) => cause is Found,
): Found | undefined {
  const seen = new Set<Error>();
  let cause: Error | undefined = error;
  while (cause && !seen.has(cause)) {
    if (isWanted(cause)) return cause;
    seen.add(cause);
    cause = cause instanceof GraphQLError ? cause.originalError : undefined;
  }
  return undefined;
}

/** The HubError that caused an error, if there is one. */
export function findHubError(error: Error): HubError | undefined {
  return findCause(error, (cause) => cause instanceof HubError);
}

/** The database failure that caused an error, if there is one. */
export function findDatabaseFailure(error: Error): Error | undefined {
  return findCause(error, isDatabaseFailure);
}

const valueKinds: ReadonlySet<Kind> = new Set([
  Kind.VARIABLE,
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
]);

/** The only node of an error. */
function soleNode(error: GraphQLError): ASTNode | undefined {
  return error.nodes?.length === 1 ? error.nodes[0] : undefined;
}

/**
 * True if a variable or an argument could not be coerced. graphql-js gives such an error no code.
 */
function isCoercionFailure(error: Error): error is GraphQLError {
  if (!(error instanceof GraphQLError) || error.extensions.code !== undefined) return false;
  const node = soleNode(error);
  return (
    node !== undefined && (node.kind === Kind.VARIABLE_DEFINITION || valueKinds.has(node.kind))
  );
}

/**
 * The code of the catalogue for an error. Undefined for an error that must be masked. It depends on
 * the kind and the place of the error, never on its message.
 */
export function codeOf(error: GraphQLError): ErrorCode | undefined {
  const ours = findHubError(error);
  if (ours) return ours.code;
  const { code } = error.extensions;
  if (code === 'GRAPHQL_PARSE_FAILED') {
    // The parser is recursive. If its stack overflows, the document is nested too deeply, which is
    // not a syntax error.
    const isTooDeep = findCause(error, (cause) => cause instanceof RangeError) !== undefined;
    return isTooDeep ? 'QUERY_TOO_COMPLEX' : code;
  }
  if (isErrorCode(code)) return code;
  if (findCause(error, isCoercionFailure)) return 'BAD_USER_INPUT';
  // The partner is available, but its database is not. The same may succeed later.
  return findDatabaseFailure(error) ? 'PARTNER_UNAVAILABLE' : undefined;
}
