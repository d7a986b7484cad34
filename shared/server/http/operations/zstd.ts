import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

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
export const zstdCompressSync: Compress | undefined = now;

/** The same in a thread. */
export const zstdCompress: ((body: Buffer) => Promise<Buffer>) | undefined =
  inThread && promisify(inThread);
