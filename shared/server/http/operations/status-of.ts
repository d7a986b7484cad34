import type { FormattedExecutionResult } from 'graphql';
import { catalogue, isErrorCode } from '../../../errors/catalogue.js';
import type { ResponseForm } from './media-type.js';

/**
 * Errors of a well-formed request whose status depends on the media type; see {@link
 * ResponseForm.isLegacy}.
 */
const documentFailures: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  // Clients that send a hash first expect the code in a 200, and treat any other status as a
  // failure.
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** `Partial Success`: data, even null, and errors. Clients that do not know it treat it as 200. */
export const partialSuccess = 294;

/**
 * The status of a result. A result with data, even null, is a success; one without data was
 * rejected.
 * @param told the status that the pipeline has set
 * The draft of September 2026 recommends 422 for invalid documents and variables too. The audits of
 * `graphql-http` require 400 there, and so does this server until they change.
 *
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
 */
export function statusOf(
  { data, errors }: FormattedExecutionResult,
  { isLegacy, mediaType }: ResponseForm,
  told: number | undefined,
): number {
  if (told === 405) return told;
  const isOwnType = mediaType === 'application/graphql-response+json';
  if (!errors?.length) return 200;
  if (data !== undefined) return isOwnType ? partialSuccess : 200;
  if (told === 422 && isOwnType) return told;
  const codes = errors.map(({ extensions }) => extensions?.code);
  const refusal = codes.find((code) => !documentFailures.has(code));
  if (refusal === undefined) return isLegacy ? 200 : 400;
  return isErrorCode(refusal) ? catalogue[refusal].status : 500;
}

/** When a refused client may try again, in seconds. */
export function retryAfterOf({ data, errors }: FormattedExecutionResult): number | undefined {
  if (data !== undefined) return undefined;
  const retryAfter = errors?.[0]?.extensions?.retryAfter;
  return typeof retryAfter === 'number' ? retryAfter : undefined;
}

/** Whether a request was refused because of its caller. A client that sends a hash first is not. */
export function isCausedByCaller({ data, errors }: FormattedExecutionResult): boolean {
  const code = errors?.[0]?.extensions?.code;
  if (data !== undefined || !isErrorCode(code) || code === 'PERSISTED_QUERY_NOT_FOUND')
    return false;
  return catalogue[code].status < 500;
}
