import type { ToPrimary, ToWorker } from './messages.js';
import { createWorkerChannel } from './other-workers.js';
import { createRelay } from './relay.js';

/**
 * Workers of one hub, whose channels are as slow as those of processes. Returns a function that
 * opens one more.
 */
export function openWorkers(waitMs?: number) {
  const relay = createRelay(waitMs);
  return async () => {
    const member = { send: (message: ToWorker) => void setImmediate(() => end.receive(message)) };
    const end = createWorkerChannel((message: ToPrimary) =>
      setImmediate(() => relay.receive(member, message)),
    );
    await relay.join(member);
    return { ...end, leave: () => relay.leave(member) };
  };
}
