import { longestWaitMs, type ToPrimary, type ToWorker } from './messages.js';

/** The other workers of the same hub, seen from one of them. */
export interface OtherWorkers {
  /** Whether there are any. */
  exist(): boolean;
  /**
   * Notifies all others. Resolves when each has handled the message or has ended, or after a
   * second. Resolves at once if there are no others.
   * @param body anything that JSON can represent
   */
  notify(topic: string, body: unknown): Promise<void>;
  /** Handles notifications of others. They are acknowledged when `take` has ended. */
  listen(topic: string, take: (body: unknown) => void | Promise<void>): void;
}

/** For a hub in one process. */
export const noOtherWorkers: OtherWorkers = {
  exist: () => false,
  notify: () => Promise.resolve(),
  listen: () => undefined,
};

/** A worker’s end of the relay. */
export interface WorkerChannel extends OtherWorkers {
  receive(message: ToWorker): void;
}

export function createWorkerChannel(send: (message: ToPrimary) => void): WorkerChannel {
  const listeners = new Map<string, (body: unknown) => void | Promise<void>>();
  const waiting = new Map<number, () => void>();
  let count = 0;
  let lastId = 0;

  /**
   * A notification counts as handled even if its listener fails: nobody can do anything about it.
   */
  async function take(id: number, topic: string, body: unknown): Promise<void> {
    try {
      await listeners.get(topic)?.(body);
    } finally {
      send({ took: id });
    }
  }

  return {
    exist: () => count > 0,
    notify(topic, body) {
      if (count === 0) return Promise.resolve();
      const id = ++lastId;
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve();
        };
        const timer = setTimeout(end, longestWaitMs);
        waiting.set(id, end);
        send({ id, topic, body });
      });
    },
    listen: (topic, listener) => void listeners.set(topic, listener),
    receive(message) {
      if ('others' in message) {
        count = message.others;
        send({ took: message.id });
      } else if ('topic' in message) {
        void take(message.id, message.topic, message.body);
      } else if ('taken' in message) {
        waiting.get(message.taken)?.();
      }
    },
  };
}
