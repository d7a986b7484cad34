import cluster from 'node:cluster';
import { watchDealt, type DealtConnections } from './dealt-connections.js';
import { silentMs, type ToPrimary, type ToWorker } from './messages.js';
import type { Relay } from './relay.js';
import { watchSilence } from './watch-silence.js';
import { withResolver } from './with-resolver.js';

/** A worker that does not start, or that ended, in a sentence for whoever runs the hub. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/** A worker, seen from the primary. */
export interface HubWorker {
  readonly pid: number;
  /** Opens the hub and ends when it could answer. @throws WorkerError */
  load(): Promise<void>;
  /** Takes its share of a port’s connections, and returns the address. @throws WorkerError */
  listen(port: number): Promise<string>;
  /** Resolves with its exit code, or what ended it: a signal, or that it was silent and had to be killed. */
  readonly ended: Promise<number | string>;
  /** True where it was silent and had to be killed. */
  wasStuck(): boolean;
  /** How long it has answered, in ms. */
  age(): number;
  /** What is on its way to it. */
  readonly dealt: DealtConnections;
  stop(): void;
  retire(): void;
  kill(): void;
}

/** Starts a process that loads what it needs and waits to be told. */
export function startWorker(relay: Relay): HubWorker {
  const worker = cluster.fork();
  const dealt = watchDealt(worker);
  const there = withResolver<void>();
  const loaded = withResolver<void>();
  const listening = withResolver<string>();
  let reason: string | undefined;
  let listensSince: number | undefined;
  let isStuck = false;
  const watch = watchSilence(() => {
    isStuck = true;
    worker.process.kill('SIGKILL');
  });
  const send = (message: ToWorker): void => {
    // One that is just ending is no error: that it ends is heard anyway.
    if (worker.isConnected()) worker.send(message, undefined, () => undefined);
  };
  const member = { send };
  worker.on('message', (message: ToPrimary) => {
    if (!('is' in message)) relay.receive(member, message);
    else if (message.is === 'there') there.resolve();
    else if (message.is === 'loaded') loaded.resolve();
    else if (message.is === 'listening') listening.resolve(message.url);
    else if (message.is === 'alive') watch.begin(silentMs);
    else reason = message.reason;
  });
  const ended = new Promise<number | string>((resolve) => {
    let how: number | string = 'it cannot be started';
    // What it said last comes before the channel’s end, but not before its own.
    const over = (): void => {
      if (worker.isConnected()) return;
      watch.end();
      resolve(how);
    };
    worker.once('exit', (code, signal) => {
      how = isStuck ? `stuck: it said nothing for ${silentMs / 1_000} s` : (signal ?? code);
      over();
      worker.once('disconnect', over);
    });
    worker.once('error', () => {
      worker.process.kill('SIGKILL');
      resolve(how);
    });
  });
  const failed = ended.then((how) => {
    relay.leave(member);
    const by = typeof how === 'number' ? `exit code ${how}` : how;
    throw new WorkerError(reason ?? `A worker ended by itself (${by}).`);
  });
  failed.catch(() => undefined);
  return {
    pid: worker.process.pid ?? 0,
    async load() {
      await Promise.race([there.promise, failed]);
      send({ order: 'open' });
      await Promise.race([loaded.promise, failed]);
      await relay.join(member);
    },
    async listen(port) {
      send({ order: 'listen', port });
      const url = await Promise.race([listening.promise, failed]);
      listensSince = performance.now();
      watch.begin(silentMs);
      return url;
    },
    ended,
    dealt,
    wasStuck: () => isStuck,
    age: () =>
      listensSince === undefined ? 0 : performance.now() - listensSince - (isStuck ? silentMs : 0),
    // One that has not answered anybody yet has nothing to end.
    stop: () =>
      listensSince === undefined ? void worker.process.kill('SIGKILL') : send({ order: 'stop' }),
    retire: () => send({ order: 'retire' }),
    kill: () => void worker.process.kill('SIGKILL'),
  };
}
