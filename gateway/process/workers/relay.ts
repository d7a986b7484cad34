import { longestWaitMs, type ToPrimary, type ToWorker } from './messages.js';

/** A worker, seen from the relay. */
interface Member {
  send(message: ToWorker): void;
}

/** Passes the notifications of each worker to all others, and the acknowledgements back. */
export interface Relay {
  /**
   * Resolves when all workers know how many others there are, so that a worker that was alone
   * starts to notify.
   */
  join(member: Member): Promise<void>;
  leave(member: Member): void;
  receive(member: Member, message: ToPrimary): void;
  /** Notifies all workers. */
  notify(topic: string, body: unknown): Promise<void>;
}

interface Waiting {
  readonly missing: Set<Member>;
  readonly resolve: () => void;
}

/** The relay runs in the primary. It does not read the bodies. */
export function createRelay(waitMs = longestWaitMs): Relay {
  const members = new Set<Member>();
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  /**
   * Sends to several workers. Resolves when all have acknowledged or left, or when the time is
   * over.
   */
  function deliver(receivers: readonly Member[], write: (id: number) => ToWorker): Promise<void> {
    if (receivers.length === 0) return Promise.resolve();
    const id = ++lastId;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      waiting.set(id, { missing: new Set(receivers), resolve: end });
      for (const receiver of receivers) receiver.send(write(id));
    });
  }

  function settle(id: number, member: Member): void {
    const entry = waiting.get(id);
    if (entry?.missing.delete(member) && entry.missing.size === 0) entry.resolve();
  }

  const countOthers = () =>
    deliver([...members], (id) => ({ id, others: Math.max(0, members.size - 1) }));

  return {
    async join(member) {
      members.add(member);
      await countOthers();
    },
    leave(member) {
      if (!members.delete(member)) return;
      for (const id of waiting.keys()) settle(id, member);
      void countOthers();
    },
    notify: (topic, body) => deliver([...members], (id) => ({ id, topic, body })),
    receive(member, message) {
      if ('took' in message) settle(message.took, member);
      if (!('topic' in message)) return;
      const { topic, body } = message;
      const others = [...members].filter((other) => other !== member);
      void deliver(others, (id) => ({ id, topic, body })).then(() =>
        member.send({ taken: message.id }),
      );
    },
  };
}
