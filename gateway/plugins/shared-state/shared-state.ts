import type { OtherWorkers } from '../../process/workers/other-workers.js';
import { storeTopic, type StoreNews } from './store-topic.js';

/** What a hub shares with other hubs, seen from a worker. */
export interface SharedState {
  /** For how many seconds a response may be cached now. */
  readLongestAge(): number;
  /** For `/health/ready`. It begins with a code. */
  findWarning(): string | undefined;
  /** Calls a function when writes of other hubs may have been missed, or will be. */
  listen(listener: () => void): void;
}

/** How long responses are cached while no hub hears of another’s writes, in seconds. */
const ageWhileUnavailable = 5;

/** Listens to what the primary says about the store. Until it says something, the store is unavailable. */
export function followSharedState(others: Pick<OtherWorkers, 'listen'>): SharedState {
  const listeners = new Set<() => void>();
  let unavailableBecause: string | undefined = 'not connected yet';
  others.listen(storeTopic, (body) => {
    const news = body as StoreNews;
    const isLost = unavailableBecause === undefined && news.unavailableBecause !== undefined;
    unavailableBecause = news.unavailableBecause;
    if (news.isReset || isLost) for (const listener of listeners) listener();
  });
  return {
    readLongestAge: () => (unavailableBecause === undefined ? Infinity : ageWhileUnavailable),
    findWarning: () =>
      unavailableBecause &&
      `SHARED_STATE_UNAVAILABLE: this hub counts alone, and caches responses for at most ${ageWhileUnavailable} seconds (${unavailableBecause}).`,
    listen: (listener) => void listeners.add(listener),
  };
}
