import { longestWaitMs, type ToPrimary, type ToWorker } from './messages.js';

/** The other workers of one hub, seen from one of them. */
export interface Others {
  /** Whether there are any. */
  areThere(): boolean;
  /**
   * Tells all others, and resolves when each of them has taken it in, has ended, or a second is over. Alone: at once.
   * @param body what JSON can carry
   */
  tell(topic: string, body: unknown): Promise<void>;
  /** Takes in what others tell. They are answered when `take` has ended. */
  listen(topic: string, take: (body: unknown) => void | Promise<void>): void;
}

/** A hub in one process has none. */
export const noOthers: Others = {
  areThere: () => false,
  tell: () => Promise.resolve(),
  listen: () => undefined,
};

/** The worker’s end of the relay. */
export interface OthersEnd extends Others {
  receive(message: ToWorker): void;
}

export function createOthers(send: (message: ToPrimary) => void): OthersEnd {
  const listeners = new Map<string, (body: unknown) => void | Promise<void>>();
  const waiting = new Map<number, () => void>();
  let count = 0;
  let lastId = 0;

  /** A listener that fails has taken it in all the same: nobody can do anything about it. */
  async function take(id: number, topic: string, body: unknown): Promise<void> {
    try {
      await listeners.get(topic)?.(body);
    } finally {
      send({ took: id });
    }
  }

  return {
    areThere: () => count > 0,
    tell(topic, body) {
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
