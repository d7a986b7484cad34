import type { Worker } from 'node:cluster';

/**
 * The message with which node:cluster sends a worker a connection. Not documented:
 * `workers.process.test.ts` checks its form.
 */
interface Dealing {
  readonly cmd: 'NODE_CLUSTER';
  readonly act: 'newconn';
  readonly seq: number;
}

interface Dealt {
  readonly dealing: Dealing;
  readonly handle: { close(): void };
}

/** The connections that were sent to one worker and not accepted yet. */
export interface DealtConnections {
  /**
   * Passes on the connections that the worker will not accept. If there is no other worker, they
   * are closed.
   */
  passTo(other: DealtConnections | undefined): void;
  deal(dealt: Dealt): void;
}

const isDealing = (message: unknown): message is Dealing =>
  typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn';

/**
 * Tracks the connections that are sent to a worker until the worker accepts them. Node drops those
 * that a worker did not accept before it ended: the client would stay connected to the primary and
 * wait forever.
 */
export function watchDealt({ process: channel }: Worker): DealtConnections {
  const underWay = new Map<number, Dealt>();
  const send = channel.send.bind(channel) as (...given: unknown[]) => boolean;
  channel.send = (message: unknown, handle?: unknown, ...rest: unknown[]) => {
    if (isDealing(message)) {
      underWay.set(message.seq, { dealing: message, handle: handle as Dealt['handle'] });
    }
    return send(message, handle, ...rest);
  };
  channel.on('internalMessage', ({ ack }: { readonly ack?: number }) => {
    if (ack !== undefined) underWay.delete(ack);
  });
  return {
    passTo(other) {
      for (const dealt of underWay.values()) {
        if (other) other.deal(dealt);
        else dealt.handle.close();
      }
      underWay.clear();
    },
    deal({ dealing, handle }) {
      // It keeps its number, so that the reply of this worker reaches the code in node:cluster that
      // waits for the first one.
      if (channel.connected) channel.send(dealing, handle as never);
      else handle.close();
    },
  };
}
