import { LRUCache } from 'lru-cache';
import { isIPv6 } from 'node:net';
import type { Reader } from '../../identity/reader.js';

/** One IPv6 client usually has a whole network of 64 bits. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.') || !isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? first
      : [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return groups.slice(0, 4).join(':');
}

/**
 * Who uses a slot: a member of a group. A person of an organisation, or an address of a network.
 */
export interface Caller {
  readonly group: string;
  readonly member: string;
}

type Person = Exclude<Reader, { kind: 'anonymous' }>;

const callers = new WeakMap<Person, Caller>();

/**
 * A person or a participant as a caller. An organisation’s code contains no space, and an address neither, so
 * callers of different kinds never have the same key.
 */
export function callerOfPerson(person: Person): Caller {
  const known = callers.get(person);
  if (known) return known;
  const { organisation, subject } = person;
  const caller = { group: organisation, member: `${organisation} ${subject}` };
  callers.set(person, caller);
  return caller;
}

interface TokenBucketsOptions {
  /** What a bucket gains in a second. */
  readonly perSecond: number;
  /** What a full bucket holds. */
  readonly burst: number;
  /** The most buckets in memory. The least recent one is dropped first. */
  readonly remembered: number;
  /** A monotonic clock in milliseconds. @default the process’s own */
  readonly now?: (() => number) | undefined;
}

interface Bucket {
  left: number;
  filledAt: number;
}

/**
 * Keys contain parts of tokens and addresses, so their total length is limited as well as their
 * number.
 */
const meanKeyLength = 200;
/** The longest time that a bucket is negative, in seconds, whatever was taken from it. */
const longestDebt = 10;

/** A token bucket for each key. It fills by `perSecond` up to `burst`, and may become negative. */
export class TokenBuckets {
  readonly #rate: Pick<TokenBucketsOptions, 'perSecond' | 'burst'>;
  readonly #now: () => number;
  /** A key without a bucket has a full one. */
  readonly #buckets: LRUCache<string, Bucket>;

  constructor({ remembered, now = () => performance.now(), ...rate }: TokenBucketsOptions) {
    this.#rate = rate;
    this.#now = now;
    this.#buckets = new LRUCache({
      max: remembered,
      maxSize: remembered * meanKeyLength,
      sizeCalculation: (_bucket, key) => key.length + 1,
    });
  }

  /**
   * How long it takes until the bucket has so much, in seconds; 0 if it has. Remembers nothing, so
   * that no other key is forgotten.
   */
  secondsUntil(key: string, count: number): number {
    const { perSecond, burst } = this.#rate;
    const left = this.#fill(key)?.left ?? burst;
    return Math.max(0, count - left) / perSecond;
  }

  take(key: string, count: number): void {
    const { perSecond, burst } = this.#rate;
    let bucket = this.#fill(key);
    if (!bucket) {
      bucket = { left: burst, filledAt: this.#now() };
      this.#buckets.set(key, bucket);
    }
    bucket.left = Math.max(bucket.left - count, -longestDebt * perSecond);
  }

  #fill(key: string): Bucket | undefined {
    const bucket = this.#buckets.get(key);
    if (!bucket) return undefined;
    const { perSecond, burst } = this.#rate;
    const time = this.#now();
    const rested = Math.max(0, time - bucket.filledAt) / 1_000;
    bucket.left = Math.min(burst, bucket.left + rested * perSecond);
    bucket.filledAt = time;
    return bucket;
  }
}
