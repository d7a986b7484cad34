import type { FormattedExecutionResult } from 'graphql';
import { LRUCache } from 'lru-cache';
import { catalogue, isErrorCode } from '../../../errors/catalogue.js';

/** How a subscription’s stream is sent. */
export type StreamForm = 'event-stream' | 'multipart';

/**
 * The form of a stream that a client accepts; undefined if it accepts none.
 * @see https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 * @see https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export function chooseStreamForm(accept: string | undefined): StreamForm | undefined {
  if (accept === undefined || accept.length > longestAccept) return undefined;
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (type === 'text/event-stream') return 'event-stream';
    if (type === 'multipart/mixed' && parameters.some(isSpecified)) return 'multipart';
  }
  return undefined;
}

const longestAccept = 1_000;

/** Without the parameter, `multipart/mixed` is for incremental delivery, which is another form. */
const isSpecified = (parameter: string): boolean =>
  /^subscriptionspec="?1\.0"?$/.test(parameter.replaceAll(' ', ''));

/** The two media types of GraphQL over HTTP, and the page for browsers. */
type MediaType = 'application/json' | 'application/graphql-response+json';

/** The form of the response that a client accepts. */
export interface ResponseForm {
  readonly mediaType: MediaType;
  /**
   * True if the client named `application/json` itself. GraphQL over HTTP then requires 200 for a
   * well-formed request, even if its document is invalid.
   */
  readonly isLegacy: boolean;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

const json: ResponseForm = { mediaType: 'application/json', isLegacy: false };
const legacyJson: ResponseForm = { mediaType: 'application/json', isLegacy: true };
const graphqlJson: ResponseForm = {
  mediaType: 'application/graphql-response+json',
  isLegacy: false,
};

/**
 * The media ranges of an `Accept` header, best first, and in their order if the quality is equal.
 */
function readAccept(accept: string): Range[] {
  const ranges = accept.split(',').map((range): Range => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const value = quality === undefined ? 1 : Number(quality.slice(2));
    return { type, quality: value >= 0 && value <= 1 ? value : 0 };
  });
  return ranges.sort((one, other) => other.quality - one.quality);
}

/** Clients rarely change this header, so parsed values are cached up to this many characters. */
const knownLength = 16_000;
const known = new LRUCache<string, ResponseForm>({
  maxSize: knownLength,
  sizeCalculation: (_media, accept) => accept.length,
});

/**
 * Chooses the media type of a response. Named types take precedence over wildcards. Without a
 * header, or with only a wildcard, it is `application/json`.
 *
 * @returns null if the client accepts no supported type
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
 */
export function negotiate(accept: string | undefined): ResponseForm | null {
  if (accept === undefined || accept.trim() === '' || accept === '*/*') return json;
  const before = known.get(accept);
  if (before) return before;
  const chosen = choose(readAccept(accept));
  if (chosen) known.set(accept, chosen);
  return chosen;
}

function choose(ranges: readonly Range[]): ResponseForm | null {
  const named = ranges.find(
    ({ type, quality }) =>
      quality > 0 && (type === json.mediaType || type === graphqlJson.mediaType),
  );
  if (named) return named.type === json.mediaType ? legacyJson : graphqlJson;
  const wildcard = ranges.find(({ type }) => type === '*/*' || type === 'application/*');
  if (wildcard === undefined || wildcard.quality === 0) return null;
  const refused = new Set(ranges.filter(({ quality }) => quality === 0).map(({ type }) => type));
  return [json, graphqlJson].find(({ mediaType }) => !refused.has(mediaType)) ?? null;
}

/** True if the client prefers a page: a browser that names none of our types. */
export function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const best = readAccept(accept).find(({ type }) =>
    ['text/html', json.mediaType, graphqlJson.mediaType].includes(type),
  );
  return best?.type === 'text/html' && best.quality > 0;
}

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
