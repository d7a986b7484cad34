import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { networkOf } from '@hub/shared/limits';
import { LRUCache } from 'lru-cache';
import type { Authenticate } from './authenticate.js';

/** How often one reader may ask. */
export interface Rate {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a rest. */
  readonly burst: number;
}

export interface RateLimitOptions extends Rate {
  /** Milliseconds since whenever. @default the process’s own */
  readonly now?: () => number;
  /** Readers, and addresses, that are remembered; the one who asked longest ago is forgotten first. @default 10000 */
  readonly remembered?: number;
}

/**
 * Counts requests: those of a person by organisation and subject, those of the anonymous by address. Neither can use
 * up what is the other’s.
 */
export interface RateLimit {
  /** @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds */
  count(reader: Reader, address: string | undefined): void;
  /** What was let through since this was last asked, for others who answer the same readers. */
  takeCounts(): Record<string, number>;
  /** Counts what others let through. Who was let through by several at once waits until that is made good. */
  addCounts(counts: Readonly<Record<string, number>>): void;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/** Keys hold what tokens and connections say, so that their length is bounded as well as their number. */
const meanKeyLength = 200;

/**
 * A bucket for each reader, which fills by `perSecond` up to `burst` and loses one by each request.
 *
 * `@fastify/rate-limit` was looked at first: it counts in a hook, before anybody knows who asks, or asks for the key
 * again where that is known; its windows are fixed, so that twice the rate passes around their edge; and a hub without
 * a port would have none.
 */
export function createRateLimit({
  perSecond,
  burst,
  now = () => performance.now(),
  remembered = 10_000,
}: RateLimitOptions): RateLimit {
  const createBuckets = () =>
    new LRUCache<string, Bucket>({
      max: remembered,
      maxSize: remembered * meanKeyLength,
      sizeCalculation: (_bucket, key) => key.length + 1,
    });
  const persons = createBuckets();
  const addresses = createBuckets();

  let counts = new Map<string, number>();

  function fill(buckets: LRUCache<string, Bucket>, key: string): Bucket {
    const time = now();
    const bucket = buckets.get(key) ?? { left: burst, filledAt: time };
    const rested = Math.max(0, time - bucket.filledAt);
    bucket.left = Math.min(burst, bucket.left + (rested * perSecond) / 1_000);
    bucket.filledAt = time;
    if (!buckets.has(key)) buckets.set(key, bucket);
    return bucket;
  }

  function take(buckets: LRUCache<string, Bucket>, key: string): void {
    const bucket = fill(buckets, key);
    if (bucket.left < 1) {
      const retryAfter = Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
      throw new HubError('RATE_LIMITED', { retryAfter });
    }
    bucket.left -= 1;
    // Where nobody asks for them, they are no more than the buckets.
    if (counts.size < remembered) counts.set(key, (counts.get(key) ?? 0) + 1);
  }

  return {
    count(reader, address) {
      // A code of an organisation has no space in it.
      if (reader.kind === 'person') take(persons, `${reader.organisation} ${reader.subject}`);
      // Without an address it is this very process that asks.
      else if (address !== undefined) take(addresses, networkOf(address));
    },
    takeCounts() {
      const taken = Object.fromEntries(counts);
      counts = new Map();
      return taken;
    },
    addCounts(others) {
      for (const [key, count] of Object.entries(others)) {
        // A code of an organisation is followed by a space, and no address has one.
        fill(key.includes(' ') ? persons : addresses, key).left -= count;
      }
    },
  };
}

/** Tells who asks, and counts it. */
export type Admit = (
  authorization: string | undefined,
  address: string | undefined,
) => Reader | Promise<Reader>;

/**
 * Counts every request against its reader. One with a bad token is counted against its address, as the anonymous are:
 * nobody can use up another’s rate by naming them.
 * @throws HubError `RATE_LIMITED`, or `UNAUTHENTICATED` from `authenticate`
 */
export function countRequests(authenticate: Authenticate, rateLimit: RateLimit): Admit {
  return (authorization, address) => {
    const count = (reader: Reader): Reader => {
      rateLimit.count(reader, address);
      return reader;
    };
    const refuse = (error: unknown): never => {
      rateLimit.count({ kind: 'anonymous' }, address);
      throw error;
    };
    const reader = authenticate(authorization);
    return reader instanceof Promise ? reader.then(count, refuse) : count(reader);
  };
}
