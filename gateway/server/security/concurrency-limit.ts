import { HubError } from '@hub/shared/errors';
import { callerOfPerson, networkOf } from '@hub/shared/graphql';
import type { Reader } from '@hub/shared/identity';

export interface ConcurrencyLimitOptions {
  /** For one person, or for one address without a token. */
  readonly perReader: number;
  /** For all callers together. The people of one organisation get half of them at most. */
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

/** How many of all places the people of one organisation may take. */
const partOfOrganisation = 0.5;

/** Nobody knows when a place becomes free. This is when to try again. */
const retryAfter = 5;

export function createConcurrencyLimit({
  perReader,
  total,
  forPeople = 0,
}: ConcurrencyLimitOptions): ConcurrencyLimit {
  const taken = new Map<string, number>();
  let all = 0;
  const most = {
    reader: perReader,
    organisation: Math.ceil(total * partOfOrganisation),
    anonymous: total - forPeople,
  } as const;
  /**
   * What a caller’s work counts against: a key, and the most places of that kind. An address has a
   * dot or a colon, and an organisation’s code neither.
   */
  const keysOf = (
    reader: Reader,
    address = 'this.process',
  ): readonly (readonly [string, number])[] => {
    if (reader.kind === 'anonymous')
      return [
        [networkOf(address), most.reader],
        ['', most.anonymous],
      ];
    const { group, member } = callerOfPerson(reader);
    return [
      [member, most.reader],
      [group, most.organisation],
    ];
  };
  const add = (key: string, change: 1 | -1) => {
    const count = (taken.get(key) ?? 0) + change;
    if (count > 0) taken.set(key, count);
    else taken.delete(key);
  };
  return {
    enter(reader, address) {
      const keys = keysOf(reader, address);
      const isFull = keys.some(([key, limit]) => (taken.get(key) ?? 0) >= limit);
      if (all >= total || isFull) throw new HubError('RATE_LIMITED', { retryAfter });
      all += 1;
      for (const [key] of keys) add(key, 1);
      let isIn = true;
      return () => {
        if (!isIn) return;
        isIn = false;
        all -= 1;
        for (const [key] of keys) add(key, -1);
      };
    },
  };
}
