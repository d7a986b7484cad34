import type { Others } from './others.js';

/** Requests that were counted, by who asked. */
type Counts = Readonly<Record<string, number>>;

/** Something that counts, and can take in what was counted elsewhere. */
export interface SharedCounts {
  /** What was counted here since the last time. */
  takeCounts(): Counts;
  addCounts(counts: Counts): void;
}

const topic = 'rate';

/**
 * Lets the workers of a hub count as one: every tenth of a second each tells the others what it has let through, and
 * they take it from their own buckets. So the rate holds in the long run, and at most a tenth of a second’s requests,
 * and a burst, pass beyond it for every other worker.
 */
export function shareRate(counts: SharedCounts, others: Others, everyMs = 100): Disposable {
  others.listen(topic, (body) => counts.addCounts(body as Counts));
  const timer = setInterval(() => {
    const taken = counts.takeCounts();
    if (others.areThere() && Object.keys(taken).length > 0) void others.tell(topic, taken);
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
