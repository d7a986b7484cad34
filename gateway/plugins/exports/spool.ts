import { HubError } from '@hub/shared/errors';
import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

export interface SpoolLimits {
  /** The most bytes in memory. More go to a file. */
  readonly memory: number;
  /** The most bytes of one export. */
  readonly most: number;
}

/**
 * Stores a whole export until it is complete. A large one is in a file without a name, so that
 * nothing of it remains when the process ends.
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

  /** @throws HubError `QUERY_TOO_COMPLEX` if the export is too large */
  async write(text: string): Promise<void> {
    const chunk = Buffer.from(text, 'utf8');
    this.#bytes += chunk.length;
    const { most } = this.limits;
    if (this.#bytes > most) {
      const message = `An export may have at most ${most} bytes. Request less at a time.`;
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

  /** Reads everything from the beginning. To be called once. */
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

/** Opens a file that only this process can reach, without a name. */
async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `hub-export-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await unlink(path);
  return file;
}
