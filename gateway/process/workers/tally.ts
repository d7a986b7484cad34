import type { Counts } from '@hub/shared/server';
import { longestWaitMs, type ToPrimary, type ToWorker } from './messages.js';

/** A worker, seen from the tally. */
interface Member {
  send(message: ToWorker): void;
}

/** Collects what each worker has counted, in the primary. It remembers those that have ended. */
export interface Tally {
  join(member: Member): void;
  leave(member: Member): void;
  receive(member: Member, message: ToPrimary): void;
}

/**
 * The counters of an ended worker stay in the sum. Without them the sum would fall, and Prometheus
 * would read that as a restart and count everything again. A worker that is killed loses what it
 * counted after the last time that anybody asked.
 */
export function createTally(waitMs = longestWaitMs): Tally {
  /** The last counts of each worker. */
  const members = new Map<Member, Counts>();
  const asked = new Map<number, (member: Member) => void>();
  let ended: Promise<Counts> = Promise.resolve([]);
  let lastId = 0;

  /** Resolves when each has reported, or when the time is over: a stuck worker’s last counts stay. */
  function ask(all: readonly Member[]): Promise<void> {
    if (all.length === 0) return Promise.resolve();
    const id = ++lastId;
    return new Promise((resolve) => {
      const missing = new Set(all);
      const end = () => {
        clearTimeout(timer);
        asked.delete(id);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      asked.set(id, (member) => {
        if (missing.delete(member) && missing.size === 0) end();
      });
      for (const member of all) member.send({ count: id });
    });
  }

  async function collect(asker: Member): Promise<Counts[]> {
    await ask([...members.keys()].filter((member) => member !== asker));
    const others = [...members].filter(([member]) => member !== asker);
    return [await ended, ...others.map(([, counts]) => counts)];
  }

  return {
    join: (member) => void members.set(member, []),
    leave(member) {
      const last = members.get(member);
      members.delete(member);
      for (const settle of asked.values()) settle(member);
      if (last && last.length > 0) ended = ended.then((before) => addEnded(before, last));
    },
    receive(member, message) {
      if (!('counts' in message) || !members.has(member)) return;
      members.set(member, message.counts);
      if ('counted' in message) return asked.get(message.counted)?.(member);
      const { wanted } = message;
      void collect(member).then((counts) => member.send({ collected: wanted, counts }));
    },
  };
}

/** Loaded only if a worker has ended that was asked before. */
async function addEnded(before: Counts, last: Counts): Promise<Counts> {
  const { addUp, keepTotals } = await import('@hub/shared/server');
  return addUp([before, keepTotals(last)]).getMetricsAsJSON();
}
