import type { Counts } from '@hub/shared/server';
import type { ToPrimary, ToWorker } from './messages.js';

/** The counts of all workers of a hub, for one of them. */
export interface WorkerCounts {
  /** Sets the function that reads the counts of this worker. */
  provide(read: () => Promise<Counts>): void;
  /** The counts of this worker, of each other worker, and of those that have ended. */
  collect(): Promise<readonly Counts[]>;
  /** Reports the last counts, before this worker ends. */
  tellLast(): Promise<void>;
}

/** A worker’s end of the tally. */
export interface CountsChannel extends WorkerCounts {
  receive(message: ToWorker): void;
}

export function createCountsChannel(send: (message: ToPrimary) => Promise<void>): CountsChannel {
  let read: () => Promise<Counts> = () => Promise.resolve([]);
  const waiting = new Map<number, (others: readonly Counts[]) => void>();
  let lastId = 0;
  const report = async (counted: number) => send({ counted, counts: await read() });
  return {
    provide: (own) => (read = own),
    async collect() {
      const counts = await read();
      const wanted = ++lastId;
      const others = await new Promise<readonly Counts[]>((resolve) => {
        waiting.set(wanted, resolve);
        void send({ wanted, counts });
      });
      return [counts, ...others];
    },
    tellLast: () => report(0),
    receive(message) {
      if ('count' in message) void report(message.count);
      if (!('collected' in message)) return;
      waiting.get(message.collected)?.(message.counts);
      waiting.delete(message.collected);
    },
  };
}
