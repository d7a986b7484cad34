import { aliveMs, type ToPrimary, type ToWorker } from './messages.js';
import { createOthers, type Others } from './others.js';
import { withResolver } from './with-resolver.js';

/** How a worker is to end: within ten seconds, or when all that came to it is answered. */
type Ending = 'stop' | 'retire';

/** The primary, seen from one worker. */
export interface Primary {
  readonly others: Others;
  /** Resolves when the hub may be opened. */
  readonly begin: Promise<void>;
  /** Resolves when this worker is told to end. */
  readonly end: Promise<Ending>;
  /** Says that all is there but the port; resolves with that. */
  loaded(): Promise<number>;
  listening(url: string): Promise<void>;
  failed(reason: string): Promise<void>;
}

/** The worker’s end of the channel. When the primary is gone, node itself ends a worker. */
export function connectPrimary(worker: NodeJS.Process = process): Primary {
  const send = (message: ToPrimary): Promise<void> =>
    new Promise((resolve) => {
      if (!worker.connected || !worker.send) return resolve();
      worker.send(message, () => resolve());
    });
  const others = createOthers((message) => void send(message));
  const begin = withResolver<void>();
  const port = withResolver<number>();
  const end = withResolver<Ending>();
  worker.on('message', (message) => {
    const told = message as ToWorker;
    if (!('order' in told)) others.receive(told);
    else if (told.order === 'open') begin.resolve();
    else if (told.order === 'listen') port.resolve(told.port);
    else end.resolve(told.order);
  });
  // node:cluster listens too, from the start: what is told before is lost.
  void send({ is: 'there' });
  worker.on('SIGTERM', () => end.resolve('stop'));
  // A terminal’s Ctrl-C, and its end, reach the primary too, and that decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) worker.on(signal, () => undefined);
  return {
    others,
    begin: begin.promise,
    end: end.promise,
    async loaded() {
      await send({ is: 'loaded' });
      return port.promise;
    },
    listening(url) {
      setInterval(() => void send({ is: 'alive' }), aliveMs).unref();
      return send({ is: 'listening', url });
    },
    failed: (reason) => send({ is: 'failed', reason }),
  };
}
