import { LRUCache } from 'lru-cache';
import { networkOf } from '../../limits/index.js';

/**
 * Bytes a second that the connections of one network may send besides requests, at once after a
 * pause, and the longest time that it has to rest after it has sent more, in seconds. A client that
 * downloads a gigabyte a second acknowledges it with half of that.
 */
export const budgetPerSecond = 1_000_000;
const burst = 2_000_000;
const longestDebt = 10;
const remembered = 10_000;

interface Bucket {
  left: number;
  filledAt: number;
}

/** What each IPv4 address, or IPv6 network, may send that is no request which anybody serves. */
export class NetworkBudget {
  readonly #buckets = new LRUCache<string, Bucket>({ max: remembered });
  /** Called when a network has sent too much, and has to rest. */
  onSpent: (address: string | undefined) => void = () => undefined;

  /** @param weight what the work for a request or a connection counts, compared to the usual */
  constructor(readonly weight = 1) {}

  /** @returns whether the network has sent too much, and has to rest */
  take(address: string | undefined, bytes: number): boolean {
    const bucket = this.#fill(address);
    const wasSpent = bucket.left < 0;
    bucket.left = Math.max(bucket.left - bytes, -longestDebt * budgetPerSecond);
    const isSpent = bucket.left < 0;
    if (isSpent && !wasSpent) this.onSpent(address);
    return isSpent;
  }

  /** Remembers nothing of a network that has not sent too much, so that no other is forgotten. */
  isSpent(address = ''): boolean {
    return this.#buckets.has(networkOf(address)) && this.#fill(address).left < 0;
  }

  #fill(address = ''): Bucket {
    const network = networkOf(address);
    const now = performance.now();
    const bucket = this.#buckets.get(network) ?? { left: burst, filledAt: now };
    const rested = (now - bucket.filledAt) / 1_000;
    bucket.left = Math.min(burst, bucket.left + rested * budgetPerSecond);
    bucket.filledAt = now;
    this.#buckets.set(network, bucket);
    return bucket;
  }
}
