import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { hashForm } from '../../system/digest.js';
import { BackUpError } from './back-up-error.js';

/**
 * The format of a PostgreSQL back-up: lines of JSON, compressed by gzip. The first line is the
 * head. Then each table has a line `["table", name, columns]` and a line for each row: an object of
 * its values as PostgreSQL writes them in text. The last line is `["end", …]`. A file without it,
 * or with another hash, is incomplete.
 */
const format = 'cooperation-hub back-up 1';

const count = z.int().nonnegative();
const names = z.array(z.string());

const headForm = z.object({
  format: z.literal(format),
  partner: z.string(),
  /** The id in the database’s mark. */
  database: z.string(),
  /** The migrations that had run, oldest first. */
  migrations: names,
  /** When the copy started. */
  at: z.string(),
});

const tableForm = z.tuple([z.literal('table'), z.string(), names]);

const endForm = z.object({
  /** The number of rows of each table. */
  rows: z.record(z.string(), count),
  /** The last value of each sequence, as text, because it may be too large for a number. */
  sequences: z.record(z.string(), z.string()),
  /** The end of the disclosure record. */
  links: count,
  lastHash: z.string().regex(hashForm),
  /** The hash of all lines before this one. */
  sha256: z.string().regex(hashForm),
});

export type BackUpHead = Readonly<Omit<z.output<typeof headForm>, 'format'>>;
export type BackUpEnd = Readonly<z.output<typeof endForm>>;

const writeLine = (value: unknown): string => `${JSON.stringify(value)}\n`;

export const writeHead = (head: BackUpHead): string => writeLine({ format, ...head });

export const writeTable = (name: string, columns: readonly string[]): string =>
  writeLine(['table', name, columns]);

/**
 * Writes a new file that only its owner can read. It is on disk when this resolves.
 * @param content the lines; it returns what the last line says about them
 */
export async function writeBackUpFile(
  path: string,
  content: AsyncGenerator<string, Omit<BackUpEnd, 'sha256'>>,
): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(seal(content), createGzip(), file);
}

async function* seal(
  content: AsyncGenerator<string, Omit<BackUpEnd, 'sha256'>>,
): AsyncGenerator<string> {
  const sum = createHash('sha256');
  try {
    for (;;) {
      const { done, value } = await content.next();
      if (done) {
        yield writeLine(['end', { ...value, sha256: sum.digest('hex') }]);
        return;
      }
      sum.update(value);
      yield value;
    }
  } finally {
    // If writing fails, the source of the lines must be closed too.
    await content.return({} as never);
  }
}

/** Gets the content of a file, in its order. */
export interface BackUpVisitor {
  readonly head?: (head: BackUpHead) => Promise<void> | void;
  readonly table?: (name: string, columns: readonly string[]) => Promise<void> | void;
  /** Some rows of the last table, each as JSON. */
  readonly rows?: (rows: readonly string[]) => Promise<void> | void;
}

/**
 * Reads a back-up from its first line to its last, with limited memory. What the visitor got is
 * valid only when this resolves, because the end may not match.
 * @throws {@link BackUpError} if the file is cut off, changed, or not a back-up
 */
export async function walkBackUpFile(
  path: string,
  visitor: BackUpVisitor = {},
): Promise<{ readonly head: BackUpHead; readonly end: BackUpEnd }> {
  const walk = new Walk(path, visitor);
  const file = createReadStream(path);
  const content = createGunzip();
  file.on('error', (error) => content.destroy(error)).pipe(content);
  try {
    for await (const lines of readLines(content)) await walk.take(lines);
  } catch (error) {
    const reason = explain(error);
    throw reason ? new BackUpError(`${path} ${reason}.`, { cause: error }) : error;
  } finally {
    file.destroy();
  }
  return walk.end();
}

/** What is wrong with a file. Undefined for an error that this file does not cause. */
function explain(error: unknown): string | undefined {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'Z_BUF_ERROR') return 'is cut off';
  if (code === 'Z_DATA_ERROR') return 'is not a back-up of PostgreSQL, or was changed';
  if (error instanceof LongLine) return `has a line of more than ${longestLine} bytes`;
  if (error instanceof SyntaxError || error instanceof z.ZodError) return 'was altered';
  return undefined;
}

/** The most bytes of a line, so that a file without lines does not fill the memory. */
const longestLine = 32 * 1024 * 1024;

class LongLine extends Error {
  override readonly name = 'LongLine';
}

const newLine = 0x0a;

/**
 * The complete lines of each chunk. Text after the last line end was cut off and is not a line.
 * Each byte is read once, however long its line is.
 */
async function* readLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let begun: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(newLine);
    if (end >= 0) {
      const whole = Buffer.concat([...begun, chunk.subarray(0, end)]);
      begun = [];
      bytes = 0;
      yield whole.toString().split('\n');
    }
    const rest = chunk.subarray(end + 1);
    bytes += rest.length;
    if (bytes > longestLine) throw new LongLine();
    begun.push(rest);
  }
}

class Walk {
  readonly #sum = createHash('sha256');
  readonly #rows: Record<string, number> = {};
  #head: BackUpHead | undefined;
  #end: BackUpEnd | undefined;
  #table: string | undefined;

  constructor(
    private readonly path: string,
    private readonly visitor: BackUpVisitor,
  ) {}

  async take(lines: readonly string[]): Promise<void> {
    let rows: string[] = [];
    const hand = async () => {
      if (rows.length > 0) await this.visitor.rows?.(rows);
      rows = [];
    };
    for (const line of lines) {
      if (this.#end) throw this.#refuse('continues after its end');
      if (this.#table !== undefined && line.startsWith('{')) {
        this.#rows[this.#table] = (this.#rows[this.#table] ?? 0) + 1;
        rows.push(line);
      } else {
        await hand();
        await this.#takeOther(line);
      }
      if (!this.#end) this.#sum.update(line).update('\n');
    }
    await hand();
  }

  async #takeOther(line: string): Promise<void> {
    const value: unknown = JSON.parse(line);
    if (!this.#head) {
      const head = headForm.safeParse(value);
      if (!head.success) throw this.#refuse('is not a back-up, or one of a newer version');
      this.#head = head.data;
      await this.visitor.head?.(head.data);
      return;
    }
    if (Array.isArray(value) && value[0] === 'end') {
      this.#end = endForm.parse(value[1]);
      return;
    }
    const [, name, columns] = tableForm.parse(value);
    if (name in this.#rows) throw this.#refuse('was altered');
    this.#table = name;
    this.#rows[name] = 0;
    await this.visitor.table?.(name, columns);
  }

  end(): { readonly head: BackUpHead; readonly end: BackUpEnd } {
    const head = this.#head;
    const end = this.#end;
    if (!head || !end) throw this.#refuse('is cut off');
    const same = Object.entries(end.rows).every(([name, rows]) => this.#rows[name] === rows);
    const isWhole = same && Object.keys(end.rows).length === Object.keys(this.#rows).length;
    if (!isWhole || this.#sum.digest('hex') !== end.sha256) throw this.#refuse('was altered');
    return { head, end };
  }

  #refuse(reason: string): BackUpError {
    return new BackUpError(`${this.path} ${reason}.`);
  }
}
