import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { callerOfPerson, networkOf } from '@hub/shared/limits';

export interface ConcurrencyLimitOptions {
  /** For one person, or for one address without a token. */
  readonly perReader: number;
  /** For all callers together. */
  readonly total: number;
  /** Places of `total` that callers without a token cannot take. @default 0 */
  readonly forPeople?: number;
}

/**
 * Limits work that takes long: how much of it one caller, and all together, may have in progress.
 */
export interface ConcurrencyLimit {
  /**
   * Takes a place, and returns a function that releases it.
   * @throws HubError `RATE_LIMITED` with `retryAfter`, in whole seconds
   */
  enter(reader: Reader, address: string | undefined): () => void;
}

/** Nobody knows when a place becomes free. This is when to try again. */
const retryAfter = 5;

export function createConcurrencyLimit({
  perReader,
  total,
  forPeople = 0,
}: ConcurrencyLimitOptions): ConcurrencyLimit {
  const taken = new Map<string, number>();
  let all = 0;
  let anonymous = 0;
  const keyOf = (reader: Reader, address = 'here') =>
    reader.kind === 'person' ? callerOfPerson(reader).member : networkOf(address);
  return {
    enter(reader, address) {
      const key = keyOf(reader, address);
      const own = taken.get(key) ?? 0;
      const isAnonymous = reader.kind === 'anonymous';
      const isFull = all >= total || (isAnonymous && anonymous >= total - forPeople);
      if (own >= perReader || isFull) throw new HubError('RATE_LIMITED', { retryAfter });
      taken.set(key, own + 1);
      all += 1;
      if (isAnonymous) anonymous += 1;
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        all -= 1;
        if (isAnonymous) anonymous -= 1;
        const left = (taken.get(key) ?? 1) - 1;
        if (left > 0) taken.set(key, left);
        else taken.delete(key);
      };
    },
  };
}
