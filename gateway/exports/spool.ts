import { HubError } from '@hub/shared/errors';
import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

export interface SpoolLimits {
  /** Bytes that are held in memory; beyond, they go to a file. */
  readonly memory: number;
  /** Bytes that one export may have. */
  readonly most: number;
}

/**
 * Holds a whole export until it is known what became of it. What is too large for memory lies in a file that has no
 * name any more, so that nothing of it is left, whatever becomes of the process.
 */
export class Spool implements AsyncDisposable {
  #chunks: Buffer[] = [];
  #file: FileHandle | undefined;
  #bytes = 0;
  #held = 0;

  constructor(private readonly limits: SpoolLimits) {}

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws HubError `QUERY_TOO_COMPLEX` beyond the most that an export may have */
  async write(text: string): Promise<void> {
    const chunk = Buffer.from(text, 'utf8');
    this.#bytes += chunk.length;
    const { most } = this.limits;
    if (this.#bytes > most) {
      const message = `An export has at most ${most} bytes: ask for less at a time.`;
      throw new HubError('QUERY_TOO_COMPLEX', { message, limit: 'exportBytes', most });
    }
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held > this.limits.memory) await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#file ??= await openNameless();
    await this.#file.writev(this.#chunks);
    this.#chunks = [];
    this.#held = 0;
  }

  /** What was written, from its beginning, once. */
  async read(): Promise<Readable> {
    if (!this.#file) return Readable.from(this.#chunks, { objectMode: false });
    await this.#flush();
    return this.#file.createReadStream({ start: 0, autoClose: false });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#chunks = [];
    await this.#file?.close();
    this.#file = undefined;
  }
}

/** A file for this process alone, under no name. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `hub-export-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
