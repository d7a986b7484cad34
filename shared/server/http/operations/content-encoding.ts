import { LRUCache } from 'lru-cache';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Charge } from '../../../graphql/operations/served-context.js';

type Compress = (body: Buffer) => Buffer;
type CompressInThread = (
  body: Buffer,
  callback: (error: Error | null, compressed: Buffer) => void,
) => void;

/** Node 20 has no Zstandard, and the types are those of Node 20. */
const {
  zstdCompressSync: now,
  zstdCompress: inThread,
}: { readonly zstdCompressSync?: Compress; readonly zstdCompress?: CompressInThread } =
  zlib as object;

/** Undefined where this version of Node has no Zstandard. */
const zstdCompressSync: Compress | undefined = now;

/** The same in a thread. */
export const zstdCompress: ((body: Buffer) => Promise<Buffer>) | undefined =
  inThread && promisify(inThread);

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

/** A smaller body is a packet or two in any case. */
export const fewestBytes = 1_400;
/** A larger body is compressed in a thread, so that other requests need not wait. */
const threadBytes = 64_000;

/**
 * What compressing costs its caller, in CPU milliseconds for a megabyte. It is charged by size,
 * because the work of a thread cannot be measured. Measured: br 1.3 to 2, gzip 1.8 to 3.
 */
const msPerMegabyte: Readonly<Record<Encoding, number>> = { zstd: 1.5, br: 2, gzip: 3 };

/**
 * Measured with lists of 22 KB and 397 KB: quality 1 makes 13 % and 9 % of them. Quality 4 makes 9 %
 * and 7 %, and takes three times as long.
 */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const quick = { level: 3 };

interface Compressor {
  readonly now: (body: Buffer) => Buffer;
  readonly inThread: (body: Buffer) => Promise<Buffer>;
}

const brotliInThread = promisify(brotliCompress);
const gzipInThread = promisify(gzip);

const compressors: Readonly<Record<Encoding, Compressor>> = {
  br: {
    now: (body) => brotliCompressSync(body, brotli),
    inThread: (body) => brotliInThread(body, brotli),
  },
  gzip: { now: (body) => gzipSync(body, quick), inThread: (body) => gzipInThread(body, quick) },
  zstd: {
    now: (body) => zstdCompressSync?.(body) ?? body,
    inThread: async (body) => (await zstdCompress?.(body)) ?? body,
  },
};

/**
 * Compresses a body, and charges its caller with the work. Its size reveals no secret: a token is in a
 * header and never in a response, and no cookie signs anybody in.
 */
export function compress(
  body: Buffer,
  encoding: Encoding,
  charge?: Charge,
): Buffer | Promise<Buffer> {
  charge?.({ ms: (body.length / 1e6) * msPerMegabyte[encoding] });
  const { now, inThread } = compressors[encoding];
  return body.length <= threadBytes ? now(body) : inThread(body);
}
