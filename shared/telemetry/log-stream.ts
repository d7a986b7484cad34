import { writeSync } from 'node:fs';

/** How long a line waits for others at most, in milliseconds. */
const longestWaitMs = 10;
/** How soon a log that took nothing is tried again, in milliseconds. */
const retryMs = 100;
/** How often that is tried at the end of the process. */
const lastTries = 5;
/** One write has at most so many bytes where lines allow it: POSIX keeps such a write to a pipe in one piece. */
const writeBytes = 4_096;
/** The default of {@link LogOptions.mostWaitingBytes}. */
const mostWaiting = 1_048_576;

export interface LogOptions {
  /** The file’s number. @default standard output */
  readonly fd?: number;
  /** Lines beyond this wait for nobody: they are dropped, and counted. @default 1 MiB */
  readonly mostWaitingBytes?: number;
  /** The line that says how many lines were dropped. */
  readonly describeDropped: (count: number) => string;
}

/** A log whose lines go out together. */
export interface LogStream {
  write(line: string): void;
  /** Writes what waits, as far as the file takes it now. Returns false when something still waits. */
  flush(): boolean;
}

/** What node has for a pipe, a socket or a terminal behind a stream. Its type does not show it. */
interface Handle {
  setBlocking?(isBlocking: boolean): void;
}

/**
 * A write to a pipe that nobody reads would stop the whole process. Processes that share the pipe share this setting,
 * and each start of a child resets it. So it is made anew before each write.
 */
function createUnblock(fd: number): () => void {
  const handle = fd === 1 ? (process.stdout as { _handle?: Handle })._handle : undefined;
  return () => handle?.setBlocking?.(false);
}

/**
 * Opens a log in which lines that come within ten milliseconds are one write: each by itself took as long as to send the
 * response that it tells of. It never blocks: what a full pipe does not take waits up to a bound, is dropped beyond it,
 * and a line says how many were dropped once the pipe takes lines again. What waits goes out at the end of the process
 * too, unless the process is killed or nobody reads.
 */
export function openLog({
  fd = 1,
  mostWaitingBytes = mostWaiting,
  describeDropped,
}: LogOptions): LogStream {
  const unblock = createUnblock(fd);
  /** Whole lines, as many as make one write; of the first one, what is left of it. */
  const pieces: Buffer[] = [];
  let lines = '';
  let waiting = 0;
  let dropped = 0;
  let isFull = false;
  let timer: NodeJS.Timeout | undefined;

  function append(line: string): void {
    waiting += Buffer.byteLength(line);
    if (lines.length + line.length > writeBytes) closePiece();
    lines += line;
  }
  function closePiece(): void {
    if (lines !== '') pieces.push(Buffer.from(lines));
    lines = '';
  }
  function writePieces(): void {
    closePiece();
    for (let [piece] = pieces; piece; [piece] = pieces) {
      const count = writeSync(fd, piece);
      waiting -= count;
      if (count < piece.length) pieces[0] = piece.subarray(count);
      else pieces.shift();
    }
  }
  /** @throws what the system says of a file that takes no more now, or that nobody reads */
  function writeAll(): void {
    unblock();
    writePieces();
    if (dropped === 0) return;
    append(describeDropped(dropped));
    dropped = 0;
    writePieces();
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
  process.once('exit', () => {
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 1; !flush() && tries < lastTries; tries += 1)
      Atomics.wait(pause, 0, 0, retryMs);
  });
  return {
    write(line) {
      // Those after a dropped one as well, so that the line which says it stands in their place.
      if (dropped > 0 || waiting + line.length > mostWaitingBytes) dropped += 1;
      else append(line);
      if (isFull) return;
      if (waiting >= writeBytes) flush();
      else timer ??= setTimeout(flush, longestWaitMs).unref();
    },
    flush,
  };
}
