import { LRUCache } from 'lru-cache';
import { zstdCompress } from './zstd.js';

/** The content codings of responses. */
export type Encoding = 'zstd' | 'br' | 'gzip';

/** The cheapest first, for clients that accept several alike. */
const encodings: readonly Encoding[] = zstdCompress ? ['zstd', 'br', 'gzip'] : ['br', 'gzip'];

/** Clients rarely change this header, so parsed values are cached up to this many characters. */
const knownLength = 16_000;
const known = new LRUCache<string, { readonly chosen: Encoding | undefined }>({
  maxSize: knownLength,
  sizeCalculation: (_chosen, header) => header.length,
});

/**
 * Chooses the coding of a response: the one with the highest quality, and the cheapest of equal
 * ones. Undefined for none: the client names none of ours, or prefers `identity`. A client that
 * accepts nothing at all gets the response without a coding.
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3
 */
export function chooseEncoding(header: string | undefined): Encoding | undefined {
  if (header === undefined || header === '') return undefined;
  const before = known.get(header);
  if (before) return before.chosen;
  const chosen = choose(readQualities(header));
  known.set(header, { chosen });
  return chosen;
}

/** The quality of each coding that the header names. Of repeated ones, the last counts. */
function readQualities(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(',').map((part) => {
      const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const quality = parameters.find((text) => text.startsWith('q='))?.slice(2);
      // Nothing is sent in a form that the client did not clearly accept.
      const value = quality === undefined ? 1 : Number(quality === '' ? NaN : quality);
      return [name === 'x-gzip' ? 'gzip' : name, value >= 0 && value <= 1 ? value : 0];
    }),
  );
}

function choose(qualities: ReadonlyMap<string, number>): Encoding | undefined {
  const others = qualities.get('*') ?? 0;
  let best: Encoding | undefined;
  let most = Math.max(qualities.get('identity') ?? 0, Number.MIN_VALUE);
  for (const encoding of encodings) {
    const quality = qualities.get(encoding) ?? others;
    if (quality > most || (quality === most && best === undefined)) {
      best = encoding;
      most = quality;
    }
  }
  return best;
}
