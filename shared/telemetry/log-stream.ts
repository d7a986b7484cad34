import { pino, type DestinationStream } from 'pino';

/** How long a line waits for others at most, in milliseconds. */
const longestWaitMs = 10;
/** As many characters are written at once. */
const mostWaiting = 8_192;

/** A log whose lines go out together. */
export interface LogStream extends DestinationStream {
  /** Writes what waits. */
  flushSync(): void;
}

/**
 * Opens a log in which lines that come within ten milliseconds are one write: each by itself took as long as to send the
 * answer that it tells of. What waits goes out at the end of the process too, however it ends, unless it is killed.
 * @param fd the file’s number. @default standard output
 */
export function openLog(fd = 1): LogStream {
  const file = pino.destination({ fd, sync: true, minLength: mostWaiting });
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    timer = undefined;
    // Unlike `flushSync`, it throws nothing when nobody reads the log any more.
    file.flush();
  };
  const flushSync = () => {
    clearTimeout(timer);
    timer = undefined;
    try {
      file.flushSync();
    } catch {
      // Nobody reads it.
    }
  };
  process.once('exit', flushSync);
  return {
    write(line) {
      file.write(line);
      timer ??= setTimeout(flush, longestWaitMs).unref();
    },
    flushSync,
  };
}
