/** A clock that stands still while this process is late. */
export interface LoopClock extends Disposable {
  /** Milliseconds during which the event loop was on time. */
  now(): number;
  /** The longest delay of the event loop since the last call, in milliseconds. */
  readLag(): number;
  /** Whether the loop was late at that time of `performance.now()` or after it, by 0.1 s within a second. */
  wasLateSince(at: number): boolean;
}

/** How often the loop is checked. */
const beatMs = 20;
/**
 * At most this much of the time between two beats counts: a timer is often a few milliseconds late.
 */
const mostMs = 2 * beatMs;
/** It was late when it lost so much within a second, at once or little by little. */
const lateMs = 100;
const spanMs = 1_000;

/**
 * Measures how late the event loop is. While this process computes, collects garbage or gets no
 * CPU, the responses of partners lie unread. That time counts against the hub and not against the
 * partner.
 */
export function createLoopClock(readTime: () => number = () => performance.now()): LoopClock {
  let counted = 0;
  let beatAt = readTime();
  let lag = 0;
  let lost = 0;
  let spanAt = beatAt;
  let lateAt = -Infinity;
  const look = (): void => {
    const time = readTime();
    const passed = time - beatAt;
    counted += Math.min(passed, mostMs);
    lag = Math.max(lag, passed - beatMs);
    if (beatAt - spanAt >= spanMs) {
      spanAt = beatAt;
      lost = 0;
    }
    if (passed > mostMs) {
      lost += passed - mostMs;
      if (lost >= lateMs) lateAt = time;
    }
    beatAt = time;
  };
  const timer = setInterval(look, beatMs);
  timer.unref();
  return {
    now: () => counted + Math.min(readTime() - beatAt, mostMs),
    readLag() {
      const longest = Math.max(lag, readTime() - beatAt - beatMs);
      lag = 0;
      return longest;
    },
    wasLateSince(at) {
      // What is read before the timer fires may have waited for the same loop.
      if (readTime() - beatAt > mostMs) look();
      return lateAt >= at;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
