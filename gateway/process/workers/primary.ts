import { aliveMs, type ToPrimary, type ToWorker } from './messages.js';
import { createWorkerChannel, type OtherWorkers } from './other-workers.js';
import { withResolver } from './with-resolver.js';
import { createCountsChannel, type WorkerCounts } from './worker-counts.js';

/** How a worker ends: within ten seconds, or when all its requests are served. */
type Ending = 'stop' | 'retire';

/** The primary, seen from a worker. */
export interface Primary {
  readonly others: OtherWorkers;
  readonly counts: WorkerCounts;
  /** Resolves when the hub may be opened. */
  readonly begin: Promise<void>;
  /** Resolves when this worker must end. */
  readonly end: Promise<Ending>;
  /** Aborted when it must end within ten seconds, also if it was retiring. */
  readonly hurry: AbortSignal;
  /** Reports that everything is ready except the port. Resolves with the port. */
  loaded(): Promise<number>;
  listening(url: string): Promise<void>;
  failed(reason: string): Promise<void>;
  /** Has a partner’s manifest fetched soon. */
  refresh(partner: string): void;
}

/** A worker’s end of the channel. If the primary ends, Node ends the worker. */
export function connectPrimary(worker: NodeJS.Process = process): Primary {
  const send = (message: ToPrimary): Promise<void> =>
    new Promise((resolve) => {
      if (!worker.connected || !worker.send) return resolve();
      worker.send(message, () => resolve());
    });
  const others = createWorkerChannel((message) => void send(message));
  const counts = createCountsChannel(send);
  const begin = withResolver<void>();
  const port = withResolver<number>();
  const end = withResolver<Ending>();
  const hurry = new AbortController();
  const finish = (ending: Ending): void => {
    if (ending === 'stop') hurry.abort();
    end.resolve(ending);
  };
  worker.on('message', (message) => {
    const told = message as ToWorker;
    if ('count' in told || 'collected' in told) counts.receive(told);
    else if (!('order' in told)) others.receive(told);
    else if (told.order === 'open') begin.resolve();
    else if (told.order === 'listen') port.resolve(told.port);
    else finish(told.order);
  });
  // node:cluster listens to the channel from the start, so earlier messages would be lost.
  void send({ is: 'there' });
  worker.on('SIGTERM', () => finish('stop'));
  // The primary gets Ctrl-C and SIGHUP of the terminal too, and decides.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) worker.on(signal, () => undefined);
  return {
    others,
    counts,
    begin: begin.promise,
    end: end.promise,
    hurry: hurry.signal,
    async loaded() {
      await send({ is: 'loaded' });
      return port.promise;
    },
    listening(url) {
      setInterval(() => void send({ is: 'alive' }), aliveMs).unref();
      return send({ is: 'listening', url });
    },
    failed: (reason) => send({ is: 'failed', reason }),
    refresh: (partner) => void send({ is: 'refresh', partner }),
  };
}
