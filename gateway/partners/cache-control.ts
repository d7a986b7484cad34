/** How long an answer may be kept by whoever asked for it, for everybody who may ask the same. */
export interface Freshness {
  /** From when the question was sent. */
  readonly seconds: number;
  /** How much memory the answer takes, by estimate. */
  readonly bytes: number;
}

/** Read, a text takes some times its bytes, */
const bytesPerByte = 4;
/** and each object and list so much, though it be empty. */
const bytesPerBracket = 64;

/** How much memory an answer takes when it has been read, by estimate. */
export function weighAnswer(body: Buffer): number {
  let brackets = 0;
  for (const byte of body) if (byte === 0x5b || byte === 0x7b) brackets += 1;
  return bytesPerByte * body.length + bytesPerBracket * brackets;
}

/** Of an answer, by names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Whoever says more is not believed further: nobody’s facts stay as they are for longer than this. */
const mostSeconds = 300;

const forbidding = ['no-store', 'no-cache', 'private'] as const;

/**
 * Reads from `Cache-Control` how many seconds an answer may be kept: as long as it says that it is `public` and fresh, less
 * the `Age` that it has already. Undefined for all else, also where it is said but not understood.
 */
export function readFreshSeconds(headers: AnswerHeaders): number | undefined {
  const text = headers['cache-control'];
  if (typeof text !== 'string' || text === 'no-store' || headers['vary'] === '*') return undefined;
  const directives = new Map<string, string>();
  for (const part of text.toLowerCase().split(',')) {
    const [name = '', value = ''] = part.split('=', 2);
    // Of what is said twice, the first counts, unless the second forbids.
    if (!directives.has(name.trim())) directives.set(name.trim(), value.trim());
  }
  if (!directives.has('public') || forbidding.some((name) => directives.has(name))) {
    return undefined;
  }
  const stated = readSeconds(directives.get('s-maxage') ?? directives.get('max-age'));
  const age = headers['age'] === undefined ? 0 : readSeconds(headers['age']);
  if (stated === undefined || age === undefined) return undefined;
  const seconds = Math.min(stated, mostSeconds) - age;
  return seconds > 0 ? seconds : undefined;
}

function readSeconds(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
