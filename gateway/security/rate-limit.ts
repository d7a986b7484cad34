import { HubError } from '@hub/shared/errors';
import type { Work } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';
import { callerOfPerson, networkOf } from '@hub/shared/limits';
import { LRUCache } from 'lru-cache';
import type { Authenticate } from './authenticate.js';

/** How much one caller may ask. */
export interface Rate {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a rest. */
  readonly burst: number;
  /** The same as `perSecond` for all people of one organisation together. @default twice as many */
  readonly organisationPerSecond?: number;
  /** CPU time a second that one caller’s requests may cost, in milliseconds. @default 125 */
  readonly workMs?: number;
  /** Bytes a second that one caller’s requests and their responses may have. @default 25000000 */
  readonly workBytes?: number;
}

export interface RateLimitOptions extends Rate {
  /** Milliseconds since whenever. @default the process’s own */
  readonly now?: () => number;
  /** Callers of each kind that are remembered; the one who asked longest ago is forgotten first. @default 10000 */
  readonly remembered?: number;
}

/**
 * Counts requests and what they cost: those of a person by organisation and subject, and by organisation; those of the
 * anonymous by address. No caller can use up another’s rate.
 */
export interface RateLimit {
  /** @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds */
  count(reader: Reader, address: string | undefined): void;
  /** Counts work as so many requests more. What exceeds the bucket is owed. */
  charge(reader: Reader, address: string | undefined, work: Work): void;
  /** What was let through since the last call, for the hub’s other workers. */
  takeCounts(): Record<string, number>;
  /** Counts what others let through. Who was let through by several at once waits until that is made good. */
  addCounts(counts: Readonly<Record<string, number>>): void;
}

/** Keys hold what tokens and connections say, so that their length is bounded as well as their number. */
const meanKeyLength = 200;
/** A request that costs no more than this counts as one. */
const included = { ms: 1, bytes: 50_000 } as const;
/** The longest time, in seconds, for which a caller is rejected, whatever a request has cost. */
const longestDebt = 10;

interface Bucket {
  left: number;
  filledAt: number;
}

/** Buckets of one kind of caller, which fill by `perSecond` up to `burst`. */
class Buckets {
  readonly #buckets: LRUCache<string, Bucket>;

  constructor(
    private readonly rate: Pick<Rate, 'perSecond' | 'burst'>,
    private readonly now: () => number,
    remembered: number,
  ) {
    this.#buckets = new LRUCache({
      max: remembered,
      maxSize: remembered * meanKeyLength,
      sizeCalculation: (_bucket, key) => key.length + 1,
    });
  }

  #fill(key: string): Bucket {
    const { perSecond, burst } = this.rate;
    const time = this.now();
    const bucket = this.#buckets.get(key) ?? { left: burst, filledAt: time };
    const rested = Math.max(0, time - bucket.filledAt);
    bucket.left = Math.min(burst, bucket.left + (rested * perSecond) / 1_000);
    bucket.filledAt = time;
    if (!this.#buckets.has(key)) this.#buckets.set(key, bucket);
    return bucket;
  }

  /** @throws HubError `RATE_LIMITED` where there is not one left */
  check(key: string): void {
    const { left } = this.#fill(key);
    if (left >= 1) return;
    const retryAfter = Math.max(1, Math.ceil((1 - left) / this.rate.perSecond));
    throw new HubError('RATE_LIMITED', { retryAfter });
  }

  take(key: string, count: number): void {
    const bucket = this.#fill(key);
    bucket.left = Math.max(bucket.left - count, -longestDebt * this.rate.perSecond);
  }
}

/**
 * `@fastify/rate-limit` was looked at first: it counts in a hook, before anybody knows who asks, or asks for the key
 * again where that is known; its windows are fixed, so that twice the rate passes around their edge; and a hub without
 * a port would have none.
 */
export function createRateLimit({
  perSecond,
  burst,
  organisationPerSecond = 2 * perSecond,
  workMs = 125,
  workBytes = 25_000_000,
  now = () => performance.now(),
  remembered = 10_000,
}: RateLimitOptions): RateLimit {
  const persons = new Buckets({ perSecond, burst }, now, remembered);
  const addresses = new Buckets({ perSecond, burst }, now, remembered);
  const share = organisationPerSecond / perSecond;
  const organisations = new Buckets(
    { perSecond: organisationPerSecond, burst: burst * share },
    now,
    remembered,
  );
  let counts = new Map<string, number>();

  /** By the form of its key: a person’s has a space, an address a dot or a colon, a code of an organisation none. */
  const bucketsOf = (key: string): Buckets => {
    if (key.includes(' ')) return persons;
    return /[.:]/.test(key) ? addresses : organisations;
  };
  const keysOf = (reader: Reader, address: string | undefined): readonly string[] => {
    if (reader.kind === 'person') {
      const { group, member } = callerOfPerson(reader);
      // A partner asks in its own name while it answers others: its people cannot use up what it needs for that.
      return isService(reader) ? [member] : [member, group];
    }
    // Without an address it is this very process that asks.
    return address === undefined ? [] : [networkOf(address)];
  };
  const take = (keys: readonly string[], count: number): void => {
    for (const key of keys) {
      bucketsOf(key).take(key, count);
      // Where nobody asks for them, they are no more than the buckets.
      if (counts.size < remembered || counts.has(key))
        counts.set(key, (counts.get(key) ?? 0) + count);
    }
  };

  return {
    count(reader, address) {
      const keys = keysOf(reader, address);
      for (const key of keys) bucketsOf(key).check(key);
      take(keys, 1);
    },
    charge(reader, address, { ms = 0, bytes = 0 }) {
      const count =
        (Math.max(0, ms - included.ms) * perSecond) / workMs +
        (Math.max(0, bytes - included.bytes) * perSecond) / workBytes;
      if (count > 0) take(keysOf(reader, address), count);
    },
    takeCounts() {
      const taken = Object.fromEntries(counts);
      counts = new Map();
      return taken;
    },
    addCounts(others) {
      for (const [key, count] of Object.entries(others)) bucketsOf(key).take(key, count);
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
 * @param onRefused its refusal waits for this
 * @throws HubError `RATE_LIMITED`, or `UNAUTHENTICATED` from `authenticate`
 */
export function countRequests(
  authenticate: Authenticate,
  rateLimit: RateLimit,
  onRefused: (reader: Reader) => Promise<void> = () => Promise.resolve(),
): Admit {
  return (authorization, address) => {
    const count = (reader: Reader): Reader | Promise<Reader> => {
      try {
        rateLimit.count(reader, address);
      } catch (error) {
        return onRefused(reader).then(() => {
          throw error;
        });
      }
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
