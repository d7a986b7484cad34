import { LRUCache } from 'lru-cache';

/** The two media types of GraphQL over HTTP, and the page for browsers. */
type MediaType = 'application/json' | 'application/graphql-response+json';

/** How an answer is written for what a client accepts. */
export interface Answer {
  readonly mediaType: MediaType;
  /**
   * True when the client named `application/json` itself: GraphQL over HTTP then wants 200 for a well-formed request,
   * whatever became of its document.
   */
  readonly isLegacy: boolean;
}

interface Range {
  readonly type: string;
  readonly quality: number;
}

const json: Answer = { mediaType: 'application/json', isLegacy: false };
const legacyJson: Answer = { mediaType: 'application/json', isLegacy: true };
const graphqlJson: Answer = { mediaType: 'application/graphql-response+json', isLegacy: false };

/** The media ranges of an `Accept` header, best first; those of one quality in their order. */
function readAccept(accept: string): Range[] {
  const ranges = accept.split(',').map((range): Range => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const value = quality === undefined ? 1 : Number(quality.slice(2));
    return { type, quality: value >= 0 && value <= 1 ? value : 0 };
  });
  return ranges.sort((one, other) => other.quality - one.quality);
}

/** A client’s headers are seldom others than its last: they are read once. */
const knownLength = 16_000;
const known = new LRUCache<string, Answer>({
  maxSize: knownLength,
  sizeCalculation: (_answer, accept) => accept.length,
});

/**
 * Chooses the media type of an answer. What is named goes before what a wildcard admits; without a header, or with a
 * wildcard alone, it is `application/json`.
 *
 * @returns null when the client accepts none of ours
 * @see https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types
 */
export function negotiate(accept: string | undefined): Answer | null {
  if (accept === undefined || accept.trim() === '' || accept === '*/*') return json;
  const before = known.get(accept);
  if (before) return before;
  const chosen = choose(readAccept(accept));
  if (chosen) known.set(accept, chosen);
  return chosen;
}

function choose(ranges: readonly Range[]): Answer | null {
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

/** True when the client would rather have a page than an answer: a browser’s address bar, and nothing of ours named. */
export function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const best = readAccept(accept).find(({ type }) =>
    ['text/html', json.mediaType, graphqlJson.mediaType].includes(type),
  );
  return best?.type === 'text/html' && best.quality > 0;
}
