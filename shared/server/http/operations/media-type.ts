import { LRUCache } from 'lru-cache';

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
