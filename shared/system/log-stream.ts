import { writeSync } from 'node:fs';

/** How long a line waits for others, in milliseconds. */
const longestWaitMs = 10;
/** How soon writing is tried again, in milliseconds. */
const retryMs = 100;
/** How often it is tried at the end of the process. */
const lastTries = 5;
/** The most bytes of one write, if lines allow it. POSIX writes this much to a pipe atomically. */
const writeBytes = 4_096;
/** The default of {@link LogOptions.mostWaitingBytes}. */
const mostWaiting = 1_048_576;

export interface LogOptions {
  /** The file descriptor. @default standard output */
  readonly fd?: number;
  /** Lines beyond this are dropped and counted. @default 1 MiB */
  readonly mostWaitingBytes?: number;
  /** The line that reports how many lines were dropped. */
  readonly describeDropped: (count: number) => string;
}

/**
 * A log that writes lines together. Dispose of it before its file is closed: the number of a closed
 * file is soon another file’s, such as a database’s. What still waits is dropped.
 */
export interface LogStream extends Disposable {
  write(line: string): void;
  /**
   * Writes waiting lines, as far as the file accepts them now. Returns false if something still
   * waits.
   */
  flush(): boolean;
  /** How many lines were dropped since the start. */
  readonly droppedLines: number;
}

/** Node’s handle of a pipe, a socket or a terminal. Its types do not declare it. */
interface Handle {
  setBlocking?(isBlocking: boolean): void;
}

/**
 * Writing to a pipe that nobody reads would block the process. Processes that share the pipe share
 * this setting, and each start of a child resets it, so it is set before each write.
 */
function createUnblock(fd: number): () => void {
  const handle = fd === 1 ? (process.stdout as { _handle?: Handle })._handle : undefined;
  return () => handle?.setBlocking?.(false);
}

/** Lines that are not yet written. */
class WaitingLines {
  readonly #fd: number;
  /** Complete lines for one write, or the rest of the first line. */
  readonly #pieces: Buffer[] = [];
  #lines = '';
  bytes = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  add(line: string): void {
    this.bytes += Buffer.byteLength(line);
    if (this.#lines.length + line.length > writeBytes) this.#closePiece();
    this.#lines += line;
  }

  /** @throws the system’s error if the file accepts no more now, or nobody reads it */
  write(): void {
    this.#closePiece();
    for (let [piece] = this.#pieces; piece; [piece] = this.#pieces) {
      const count = writeSync(this.#fd, piece);
      this.bytes -= count;
      if (count < piece.length) this.#pieces[0] = piece.subarray(count);
      else this.#pieces.shift();
    }
  }

  #closePiece(): void {
    if (this.#lines !== '') this.#pieces.push(Buffer.from(this.#lines));
    this.#lines = '';
  }
}

/**
 * Opens a log that writes lines of ten milliseconds together. A write for each line took as long as
 * sending the response. It never blocks: lines wait up to a limit while a pipe is full, and are
 * dropped beyond it. A line reports how many were dropped once the pipe accepts lines again.
 * Waiting lines are written at the end of the process too, unless it is killed or nobody reads.
 */
export function openLog({
  fd = 1,
  mostWaitingBytes = mostWaiting,
  describeDropped,
}: LogOptions): LogStream {
  const unblock = createUnblock(fd);
  const waiting = new WaitingLines(fd);
  let dropped = 0;
  let droppedLines = 0;
  let isFull = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  /** @throws the system’s error if the file accepts no more now, or nobody reads it */
  function writeAll(): void {
    unblock();
    waiting.write();
    if (dropped === 0) return;
    waiting.add(describeDropped(dropped));
    dropped = 0;
    waiting.write();
  }
  function flush(): boolean {
    clearTimeout(timer);
    timer = undefined;
    try {
      writeAll();
      isFull = false;
    } catch {
      isFull = true;
      timer = setTimeout(flush, retryMs).unref();
    }
    return !isFull;
  }
  function writeLast(): void {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 1; !flush() && tries < lastTries; tries += 1)
      Atomics.wait(pause, 0, 0, retryMs);
  }
  process.once('exit', writeLast);
  return {
    write(line) {
      if (isClosed) return;
      // Later lines are dropped too, so that the report is at the right place.
      if (dropped > 0 || waiting.bytes + line.length > mostWaitingBytes) {
        dropped += 1;
        droppedLines += 1;
      } else waiting.add(line);
      if (isFull) return;
      if (waiting.bytes >= writeBytes) flush();
      else timer ??= setTimeout(flush, longestWaitMs).unref();
    },
    flush,
    get droppedLines() {
      return droppedLines;
    },
    [Symbol.dispose]() {
      isClosed = true;
      clearTimeout(timer);
      process.off('exit', writeLast);
    },
  };
}
