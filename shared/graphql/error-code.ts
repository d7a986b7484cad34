import { GraphQLError, Kind, type ASTNode } from 'graphql';
import { isDatabaseFault } from '../database/index.js';
import { HubError, isErrorCode, type ErrorCode } from '../errors/index.js';

/** The first of an error and its causes that satisfies the condition. */
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

/** The error of ours that is behind an error, if there is one. */
export function findHubError(error: Error): HubError | undefined {
  return findCause(error, (cause) => cause instanceof HubError);
}

/** The database’s failure that is behind an error, if there is one. */
export function findDatabaseFault(error: Error): Error | undefined {
  return findCause(error, isDatabaseFault);
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

/** The one node of the document that an error is about. */
function soleNode(error: GraphQLError): ASTNode | undefined {
  return error.nodes?.length === 1 ? error.nodes[0] : undefined;
}

/** True when a variable, or a value at an argument, could not be coerced: graphql-js gives such an error no code. */
function isCoercionFailure(error: Error): error is GraphQLError {
  if (!(error instanceof GraphQLError) || error.extensions.code !== undefined) return false;
  const node = soleNode(error);
  return (
    node !== undefined && (node.kind === Kind.VARIABLE_DEFINITION || valueKinds.has(node.kind))
  );
}

/**
 * The code of the catalogue under which an error may leave; undefined for one that has to be masked. Told by what an
 * error is and where it arose, never by its text.
 */
export function codeOf(error: GraphQLError): ErrorCode | undefined {
  const ours = findHubError(error);
  if (ours) return ours.code;
  const { code } = error.extensions;
  if (code === 'GRAPHQL_PARSE_FAILED') {
    // The parser recurses: what exhausts its stack is nested too deeply to be a syntax error.
    const isTooDeep = findCause(error, (cause) => cause instanceof RangeError) !== undefined;
    return isTooDeep ? 'QUERY_TOO_COMPLEX' : code;
  }
  if (isErrorCode(code)) return code;
  if (findCause(error, isCoercionFailure)) return 'BAD_USER_INPUT';
  // The partner is there, and what it keeps is not to be had: the same may succeed later.
  return findDatabaseFault(error) ? 'PARTNER_UNAVAILABLE' : undefined;
}
