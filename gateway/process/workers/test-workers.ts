import type { ToPrimary, ToWorker } from './messages.js';
import { createWorkerChannel } from './other-workers.js';
import { createRelay, type Relay } from './relay.js';

/**
 * Workers of one hub, whose channels are as slow as those of processes. Returns a function that
 * opens one more.
 */
export const openWorkers = (waitMs?: number) => openWorkersOf(createRelay(waitMs));

/** The same for a relay that others have joined, too. */
export function openWorkersOf(relay: Relay) {
  return async () => {
    const member = { send: (message: ToWorker) => void setImmediate(() => end.receive(message)) };
    const end = createWorkerChannel((message: ToPrimary) =>
      setImmediate(() => relay.receive(member, message)),
    );
    await relay.join(member);
    return { ...end, leave: () => relay.leave(member) };
  };
}
