import type { OtherWorkers } from './other-workers.js';

/** Counted requests, by caller. */
type Counts = Readonly<Record<string, number>>;

/** Something that counts, and can add the counts of other workers. */
export interface SharedCounts {
  /** The counts since the last call. */
  takeCounts(): Counts;
  addCounts(counts: Counts): void;
}

const topic = 'rate';

/**
 * Lets the workers of a hub count together: every tenth of a second, each sends the others its
 * counts, and they subtract them from their own buckets. So the rate holds in the long run. For
 * every other worker, at most a tenth of a second’s requests and a burst pass beyond it.
 */
export function synchroniseRate(
  counts: SharedCounts,
  others: OtherWorkers,
  everyMs = 100,
): Disposable {
  others.listen(topic, (body) => counts.addCounts(body as Counts));
  const timer = setInterval(() => {
    const taken = counts.takeCounts();
    if (others.exist() && Object.keys(taken).length > 0) void others.notify(topic, taken);
  }, everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
