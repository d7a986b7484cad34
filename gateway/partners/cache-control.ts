/** How long a response may be cached, for every caller who may send the same query. */
export interface Freshness {
  /** Counted from when the request was sent. */
  readonly seconds: number;
  /** Estimated memory of the response. */
  readonly bytes: number;
}

/** A parsed text takes several times its bytes. */
const bytesPerByte = 4;
/** Each object and list takes this much, even an empty one. */
const bytesPerBracket = 64;

/** Estimates how much memory a response takes after it was parsed. */
export function estimateMemory(body: Buffer): number {
  let brackets = 0;
  for (const byte of body) if (byte === 0x5b || byte === 0x7b) brackets += 1;
  return bytesPerByte * body.length + bytesPerBracket * brackets;
}

/** Response headers, by lower-case name. */
export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** The longest time that the hub accepts, whatever a partner says. */
const mostSeconds = 300;

const forbidding = ['no-store', 'no-cache', 'private'] as const;

/**
 * Reads from `Cache-Control` for how many seconds a response may be cached: its `max-age` if it is
 * `public`, less its `Age`. Undefined for everything else, also for what is not understood.
 */
export function readFreshSeconds(headers: ResponseHeaders): number | undefined {
  const text = headers['cache-control'];
  if (typeof text !== 'string' || text === 'no-store' || headers['vary'] === '*') return undefined;
  const directives = readDirectives(text);
  if (!directives.has('public') || forbidding.some((name) => directives.has(name))) {
    return undefined;
  }
  const stated = readSeconds(directives.get('s-maxage') ?? directives.get('max-age'));
  const age = headers['age'] === undefined ? 0 : readSeconds(headers['age']);
  if (stated === undefined || age === undefined) return undefined;
  const seconds = Math.min(stated, mostSeconds) - age;
  return seconds > 0 ? seconds : undefined;
}

/** The directives of a `Cache-Control`. If one comes twice, the first one counts. */
export function readDirectives(text: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of text.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.split('=', 2);
    if (!directives.has(name.trim())) directives.set(name.trim(), value.trim());
  }
  return directives;
}

/** Whole seconds in decimal digits. Undefined for everything else. */
export function readSeconds(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
