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

/** What a response says of those who may cache it. */
export interface Caching {
  readonly isPublic: boolean;
  /** How long a client may use it from now on. Not above 0: not at all. */
  readonly seconds: number;
  /** The same for a cache that serves several clients, such as the hub’s own. */
  readonly sharedSeconds: number;
  /** The directives that restrict how it is used, beside those above. */
  readonly restrictions: readonly string[];
}

const restricting = ['must-revalidate', 'proxy-revalidate', 'no-transform', 'must-understand'];

/**
 * Reads `Cache-Control`, `Age` and `Vary`. Undefined if the response must not be cached, also for
 * what is not understood.
 * @see https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
 */
export function readCaching(headers: ResponseHeaders): Caching | undefined {
  const text = joinLines(headers['cache-control']).toLowerCase();
  // A quoted value may contain what looks like a directive.
  if (text === '' || text === 'no-store' || text.includes('"')) return undefined;
  const directives = new Map<string, string>();
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=', 2);
    // If a directive comes twice, the first one counts.
    if (!directives.has(name.trim())) directives.set(name.trim(), value.trim());
  }
  const age = headers['age'] === undefined ? 0 : readSeconds(headers['age']);
  const varies = joinLines(headers['vary']).split(',');
  const isForbidden = directives.has('no-store') || directives.has('no-cache');
  if (isForbidden || age === undefined || varies.some((name) => name.trim() === '*'))
    return undefined;
  const isPublic = directives.has('public') && !directives.has('private');
  const own = readSeconds(directives.get('max-age')) ?? 0;
  const stated = directives.get('s-maxage');
  const shared = stated === undefined ? own : (readSeconds(stated) ?? 0);
  return {
    isPublic,
    seconds: (isPublic ? Math.min(own, shared) : own) - age,
    sharedSeconds: isPublic ? Math.min(shared, mostSeconds) - age : 0,
    restrictions: restricting.filter((name) => directives.has(name)),
  };
}

/** For how many seconds the hub may cache a response. Undefined if not at all. */
export function readFreshSeconds(headers: ResponseHeaders): number | undefined {
  const { sharedSeconds = 0 } = readCaching(headers) ?? {};
  return sharedSeconds > 0 ? sharedSeconds : undefined;
}

/** A header in several lines means the same as in one. */
const joinLines = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value ?? []).join(',');

function readSeconds(text: string | readonly string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
