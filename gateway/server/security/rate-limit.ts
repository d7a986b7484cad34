import { HubError } from '@hub/shared/errors';
import { callerOfPerson, type Charge, networkOf, TokenBuckets } from '@hub/shared/graphql';
import { isService, type Reader } from '@hub/shared/identity';
import type { Authenticate } from './authenticate.js';

/** How many requests one caller may send. */
export interface Rate {
  /** Requests a second in the long run. */
  readonly perSecond: number;
  /** Requests at once after a pause. */
  readonly burst: number;
  /** The `perSecond` of all people of one organisation together. @default twice as many */
  readonly organisationPerSecond?: number;
  /** CPU time a second that one caller’s requests may cost, in milliseconds. @default 125 */
  readonly workMs?: number;
  /** Bytes a second of one caller’s requests and responses. @default 25000000 */
  readonly workBytes?: number;
}

export interface RateLimitOptions extends Rate {
  /** A monotonic clock in milliseconds. @default the process’s own */
  readonly now?: () => number;
  /**
   * The most callers of each kind in memory. The least recent one is dropped first. @default 10000
   */
  readonly remembered?: number;
}

/**
 * Counts requests and their cost: of a person by organisation and subject, and by organisation; of
 * anonymous callers by address. No caller can use up another’s rate.
 */
export interface RateLimit {
  /**
   * Whether the caller may send a request. Counts nothing.
   * @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds
   */
  check(reader: Reader, address: string | undefined): void;
  /** @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds */
  count(reader: Reader, address: string | undefined): void;
  /**
   * Opens the account of one request. Work beyond its share of the caller’s time and bytes counts
   * as additional requests. A bucket may become negative.
   */
  openAccount(reader: Reader, address: string | undefined): Charge;
  /** The counts since the last call, for the hub’s other workers. */
  takeCounts(): Record<string, number>;
  /**
   * Adds the counts of other workers. A caller whose requests passed in several workers waits until
   * the bucket has refilled.
   */
  addCounts(counts: Readonly<Record<string, number>>): void;
}

/** What a request counts against: a person and her organisation, or a network of addresses. */
function keysOf(reader: Reader, address: string | undefined): readonly string[] {
  if (reader.kind !== 'anonymous') {
    const { group, member } = callerOfPerson(reader);
    // A partner’s own server sends requests while the partner responds to others. Its people must
    // not use up that rate.
    return isService(reader) ? [member] : [member, group];
  }
  // Without an address, this process itself is the caller.
  return address === undefined ? [] : [networkOf(address)];
}

/**
 * `@fastify/rate-limit` does not fit. It counts in a hook before the caller is known. Its windows
 * are fixed, so that twice the rate passes around their edges. And a hub without a port could not
 * use it.
 */
export function createRateLimit({
  perSecond,
  burst,
  organisationPerSecond = 2 * perSecond,
  workMs = 125,
  workBytes = 25_000_000,
  now,
  remembered = 10_000,
}: RateLimitOptions): RateLimit {
  /** The buckets of one kind of caller. */
  const openBuckets = (share: number) =>
    new TokenBuckets({ perSecond: share * perSecond, burst: share * burst, now, remembered });
  const [persons, addresses] = [openBuckets(1), openBuckets(1)];
  const organisations = openBuckets(organisationPerSecond / perSecond);
  let counts = new Map<string, number>();

  /**
   * The form of a key shows its kind: a person’s has a space, an address has a dot or a colon, an
   * organisation has neither.
   */
  const bucketsOf = (key: string): TokenBuckets => {
    if (key.includes(' ')) return persons;
    return /[.:]/.test(key) ? addresses : organisations;
  };
  const take = (keys: readonly string[], count: number): void => {
    for (const key of keys) {
      bucketsOf(key).take(key, count);
      // If nobody takes the counts, there are no more of them than buckets.
      if (counts.size < remembered || counts.has(key))
        counts.set(key, (counts.get(key) ?? 0) + count);
    }
  };

  const check: RateLimit['check'] = (reader, address) => {
    for (const key of keysOf(reader, address)) {
      const seconds = bucketsOf(key).secondsUntil(key, 1);
      if (seconds > 0) throw new HubError('RATE_LIMITED', { retryAfter: Math.ceil(seconds) });
    }
  };

  return {
    check,
    count(reader, address) {
      check(reader, address);
      take(keysOf(reader, address), 1);
    },
    openAccount(reader, address) {
      // In requests. The first of each is the request itself, which was counted.
      const used = { ms: 0, bytes: 0 };
      const counted = () => Math.max(0, used.ms - 1) + Math.max(0, used.bytes - 1);
      return ({ ms = 0, bytes = 0 }) => {
        const before = counted();
        used.ms += (ms * perSecond) / workMs;
        used.bytes += (bytes * perSecond) / workBytes;
        const count = counted() - before;
        if (count > 0) take(keysOf(reader, address), count);
      };
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

/** Identifies a caller and counts the request. */
export type Admit = (
  authorization: string | undefined,
  address: string | undefined,
) => Reader | Promise<Reader>;

/**
 * Counts every request for its caller. A request with an invalid token counts for its address, as
 * an anonymous one does. Otherwise anyone could use up a person’s rate by naming that person.
 * @param count or only checks
 * @param onRefused the refusal waits for this
 * @throws HubError `RATE_LIMITED`, or `UNAUTHENTICATED` from `authenticate`
 */
export function countRequests(
  authenticate: Authenticate,
  count: RateLimit['count'],
  onRefused: (reader: Reader) => Promise<void> = () => Promise.resolve(),
): Admit {
  return (authorization, address) => {
    const admit = (reader: Reader): Reader | Promise<Reader> => {
      try {
        count(reader, address);
      } catch (error) {
        return onRefused(reader).then(() => {
          throw error;
        });
      }
      return reader;
    };
    const refuse = (error: unknown): never => {
      count({ kind: 'anonymous' }, address);
      throw error;
    };
    const reader = authenticate(authorization);
    return reader instanceof Promise ? reader.then(admit, refuse) : admit(reader);
  };
}
