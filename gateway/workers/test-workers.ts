import type { ToPrimary, ToWorker } from './messages.js';
import { createOthers } from './others.js';
import { createRelay } from './relay.js';

/** Workers of one hub, whose channels take as long as a process’s own. Returns what opens one more. */
export function openWorkers(waitMs?: number) {
  const relay = createRelay(waitMs);
  return async () => {
    const member = { send: (message: ToWorker) => void setImmediate(() => end.receive(message)) };
    const end = createOthers((message: ToPrimary) =>
      setImmediate(() => relay.receive(member, message)),
    );
    await relay.join(member);
    return { ...end, leave: () => relay.leave(member) };
  };
}
