import cluster, { type Worker } from 'node:cluster';
import { loadMs, silentMs, type ToPrimary, type ToWorker } from './messages.js';
import type { Relay } from './relay.js';
import type { Tally } from './tally.js';
import { createWatchdog } from './watchdog.js';
import { withResolver } from './with-resolver.js';

/**
 * The message with which node:cluster sends a worker a connection. Not documented:
 * `workers.process.full.test.ts` checks its form.
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
interface DealtConnections {
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
function watchDealt({ process: channel }: Worker): DealtConnections {
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

/** A worker that does not start, or that ended. The message is for the operator. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
}

/** A worker, seen from the primary. */
export interface HubWorker {
  readonly pid: number;
  /** Opens the hub. Resolves when it could serve requests. @throws WorkerError */
  load(): Promise<void>;
  /** Makes the worker accept connections of a port. Returns the URL. @throws WorkerError */
  listen(port: number): Promise<string>;
  /**
   * Resolves when the worker has ended, with its exit code or the cause: a signal, or that it was
   * stuck and was killed.
   */
  readonly ended: Promise<number | string>;
  /** True if the worker was silent and was killed. */
  wasStuck(): boolean;
  /** How long it has served requests, in ms. */
  age(): number;
  /** Connections that were sent to it. */
  readonly dealt: DealtConnections;
  stop(): void;
  retire(): void;
  kill(): void;
}

/** Starts a worker process. It loads its code and waits for orders. */
export function startWorker(
  relay: Relay,
  tally: Tally,
  onRefresh: (partner: string) => void,
): HubWorker {
  const worker = cluster.fork();
  const dealt = watchDealt(worker);
  const there = withResolver<void>();
  const loaded = withResolver<void>();
  const listening = withResolver<string>();
  let reason: string | undefined;
  let listensSince: number | undefined;
  let silentFor: number | undefined;
  const watch = createWatchdog((ms) => {
    silentFor = ms;
    worker.process.kill('SIGKILL');
  });
  watch.begin(loadMs);
  const send = (message: ToWorker): void => {
    // The worker is already ending, which is reported elsewhere.
    if (worker.isConnected()) worker.send(message, undefined, () => undefined);
  };
  const member = { send };
  worker.on('message', (message: ToPrimary) => {
    if ('counts' in message) tally.receive(member, message);
    else if (!('is' in message)) relay.receive(member, message);
    else if (message.is === 'there') {
      // It may have to wait until the partners are ready.
      watch.end();
      there.resolve();
    } else if (message.is === 'loaded') loaded.resolve();
    else if (message.is === 'listening') listening.resolve(message.url);
    else if (message.is === 'alive') watch.begin(silentMs);
    else if (message.is === 'refresh') onRefresh(message.partner);
    else reason = message.reason;
  });
  const ended = untilEnded(worker, () => silentFor).finally(() => watch.end());
  const failed = ended.then((how) => {
    relay.leave(member);
    tally.leave(member);
    const by = typeof how === 'number' ? `exit code ${how}` : how;
    throw new WorkerError(reason ?? `A worker ended unexpectedly (${by}).`);
  });
  failed.catch(() => undefined);
  return {
    pid: worker.process.pid ?? 0,
    async load() {
      await Promise.race([there.promise, failed]);
      watch.begin(loadMs);
      send({ order: 'open' });
      await Promise.race([loaded.promise, failed]);
      watch.end();
      tally.join(member);
      await relay.join(member);
    },
    async listen(port) {
      watch.begin(loadMs);
      send({ order: 'listen', port });
      const url = await Promise.race([listening.promise, failed]);
      listensSince = performance.now();
      watch.begin(silentMs);
      return url;
    },
    ended,
    dealt,
    wasStuck: () => silentFor !== undefined,
    age: () =>
      listensSince === undefined ? 0 : performance.now() - listensSince - (silentFor ?? 0),
    // A worker that has served nobody has nothing to finish.
    stop: () =>
      listensSince === undefined ? void worker.process.kill('SIGKILL') : send({ order: 'stop' }),
    retire: () => send({ order: 'retire' }),
    kill: () => void worker.process.kill('SIGKILL'),
  };
}

/** Resolves with the exit code, or how the worker ended. */
function untilEnded(worker: Worker, silentFor: () => number | undefined): Promise<number | string> {
  return new Promise((resolve) => {
    let how: number | string = 'it cannot be started';
    // The last messages arrive before the channel ends, but perhaps after the process.
    const over = (): void => {
      if (!worker.isConnected()) resolve(how);
    };
    worker.once('exit', (code, signal) => {
      const ms = silentFor();
      how = ms === undefined ? (signal ?? code) : `stuck: it was silent for ${ms / 1_000} s`;
      over();
      worker.once('disconnect', over);
    });
    worker.once('error', () => {
      worker.process.kill('SIGKILL');
      resolve(how);
    });
  });
}
