/** A clock that stands still while this process is late. */
export interface LoopClock extends Disposable {
  /** Milliseconds in which the event loop was on time. */
  now(): number;
  /** The longest that the loop was late since this was last read, in milliseconds. */
  readLag(): number;
}

/** Every so often the loop shows that it is on time. */
const beatMs = 20;
/** Of the time between two beats, at most so much counts: a timer is often a few milliseconds late. */
const mostMs = 2 * beatMs;

/**
 * Measures how late the event loop is. What a partner has sent lies unread while this process computes, collects garbage
 * or gets no processor: that time is the hub's and not the partner's.
 */
export function createLoopClock(readTime: () => number = () => performance.now()): LoopClock {
  let counted = 0;
  let beatAt = readTime();
  let lag = 0;
  const timer = setInterval(() => {
    const time = readTime();
    const passed = time - beatAt;
    counted += Math.min(passed, mostMs);
    lag = Math.max(lag, passed - beatMs);
    beatAt = time;
  }, beatMs);
  timer.unref();
  return {
    now: () => counted + Math.min(readTime() - beatAt, mostMs),
    readLag() {
      const longest = Math.max(lag, readTime() - beatAt - beatMs);
      lag = 0;
      return longest;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
