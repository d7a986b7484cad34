import type { Counts } from '@hub/shared/metrics';
import type { ToPrimary, ToWorker } from './messages.js';

/** What the workers of a hub have counted, seen from one of them. */
export interface WorkerCounts {
  /** Says what this worker has counted, whenever it is asked. */
  provide(read: () => Promise<Counts>): void;
  /** What this worker has counted, what each other one has, and what ended ones had. */
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
