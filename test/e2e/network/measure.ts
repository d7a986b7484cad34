import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is held on to: the heap after a collection, with what lies beside it. */
export function readHeapMegabytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How much more there is at the end of samples than at their begin, by the line that fits them best: one sample that
 * is out of the way says little.
 */
export function readGrowth(samples: readonly number[]): {
  readonly megabytes: number;
  /** Of what there is in the middle. */
  readonly share: number;
} {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const middle = (samples.length - 1) / 2;
  let products = 0;
  let squares = 0;
  for (const [index, value] of samples.entries()) {
    products += (index - middle) * (value - mean);
    squares += (index - middle) ** 2;
  }
  const megabytes = (products / squares) * (samples.length - 1);
  return { megabytes, share: megabytes / mean };
}

/**
 * CPU time that this thread has used, in milliseconds; the clock where the system does not say. What other processes and
 * other threads take is none of it.
 */
export function readThreadTime(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1_000_000;
  } catch {
    return performance.now();
  }
}

/** The longest that this thread worked without looking at who else wants something, in milliseconds. */
export async function readStall(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = readThreadTime();
  const look = () => {
    const now = readThreadTime();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 1);
  await work();
  // The last turn counts as well.
  await wait(5);
  clearInterval(timer);
  return longest;
}
