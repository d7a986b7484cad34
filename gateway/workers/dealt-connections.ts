import type { Worker } from 'node:cluster';

/** What node:cluster tells a worker of a connection that it is to take. Not documented: `workers.test.ts` holds it to that. */
interface Dealing {
  readonly cmd: 'NODE_CLUSTER';
  readonly act: 'newconn';
  readonly seq: number;
}

interface Dealt {
  readonly dealing: Dealing;
  readonly handle: { close(): void };
}

/** The connections that are on their way to one worker. */
export interface DealtConnections {
  /** Gives what its worker has not taken, and will not any more, to another one. Without another its client is cut. */
  passTo(other: DealtConnections | undefined): void;
  deal(dealt: Dealt): void;
}

const isDealing = (message: unknown): message is Dealing =>
  typeof message === 'object' && message !== null && 'act' in message && message.act === 'newconn';

/**
 * Remembers what is dealt to a worker until it says that it has it. Node forgets what a worker that ends had not taken:
 * the client would stay connected to the primary, which answers nobody, and wait without end.
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
      // Under the same number: what this worker says of it reaches whoever in node:cluster waits for the first one’s word.
      if (channel.connected) channel.send(dealing, handle as never);
      else handle.close();
    },
  };
}
