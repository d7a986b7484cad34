import type { Logger } from '@hub/shared/telemetry';
import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { startWorker, WorkerError, type HubWorker } from './hub-worker.js';
import { createRelay } from './relay.js';
import { createRestarts } from './restarts.js';
import { withResolver } from './with-resolver.js';
import { workerFlags } from './worker-flags.js';

export interface WorkersOptions {
  /** The module that workers run, with this process’s arguments. */
  readonly file: string;
  readonly count: number;
  /** 0 takes a free port. All workers share it. */
  readonly port: number;
  readonly logger: Logger;
  /**
   * Checks the files on disk before workers are started. Throws with the reason if they cannot be
   * used.
   */
  readonly check: () => void;
  /** Resolves when partners are ready. Workers load their code meanwhile. */
  readonly begin: Promise<void>;
  /** Resolves with the reason when everything must end. */
  readonly end: Promise<string>;
  /** Called with the URL when all workers serve requests. */
  readonly onReady: (url: string) => Promise<void>;
}

/** The workers that serve one port. */
export interface Workers {
  /**
   * Resolves with the exit code when all have ended. @throws WorkerError when they do not start, or
   * keep failing
   */
  readonly ended: Promise<number>;
  /** Replaces the workers by new ones, which read the files on disk again. */
  reload(): Promise<void>;
}

/** A worker ends by itself a quarter of a second earlier, and reports it. */
const endMs = 9_750;
/** The same for a replaced worker, so that a stuck one is not waited for forever. */
const retireMs = 62_000;

/**
 * Starts workers, replaces those that fail, and ends all when told to. This process itself serves
 * no requests.
 */
export function runWorkers(options: WorkersOptions): Workers {
  const { file, count, port, logger, check, begin, end, onReady } = options;
  cluster.setupPrimary({
    exec: file,
    args: process.argv.slice(2),
    execArgv: [...process.execArgv, ...workerFlags],
  });
  const relay = createRelay();
  const restarts = createRestarts();
  const hopeless = withResolver<WorkerError>();
  const all = new Set<HubWorker>();
  /** The workers that serve requests. If one ends, it is replaced. */
  let serving = new Set<HubWorker>();
  let url: string | undefined;
  let isEnding = false;

  function start(): HubWorker {
    const worker = startWorker(relay);
    all.add(worker);
    void worker.ended.then((how) => {
      all.delete(worker);
      const wasServing = serving.delete(worker);
      const [other] = serving;
      worker.dealt.passTo(other?.dealt);
      if (isEnding) return;
      if (wasServing) {
        logger.error({ pid: worker.pid, how }, 'a worker ended; another takes its place');
        void replace(worker.age());
      } else if (worker.wasStuck()) {
        logger.error(
          { pid: worker.pid, how },
          'a worker ended before it had served all its requests',
        );
      }
    });
    return worker;
  }

  /** If the system chose the port, it must stay the same even while nobody listens on it. */
  const portNow = () =>
    port === 0 && url && serving.size === 0 ? Number(new URL(url).port) : port;

  async function replace(ageMs: number): Promise<void> {
    const replaced = serving;
    await wait(restarts.delayAfter(ageMs));
    if (isEnding || serving !== replaced) return;
    const worker = start();
    try {
      await worker.load();
      await worker.listen(portNow());
      // New workers may have taken over meanwhile.
      if (serving === replaced) serving.add(worker);
      else worker.kill();
    } catch (error) {
      const { message: reason } = error as Error;
      if (isEnding) return;
      if (restarts.areHopeless() && serving.size === 0) {
        hopeless.resolve(new WorkerError(reason));
        return;
      }
      logger.error({ reason }, 'a worker does not start');
      await replace(0);
    }
  }

  /** Returns the URLs. @throws WorkerError also if a worker ended before the last of them served */
  async function listenAll(workers: readonly HubWorker[], on: number): Promise<string[]> {
    const urls = await Promise.all(workers.map((worker) => worker.listen(on)));
    if (workers.every((worker) => all.has(worker))) return urls;
    throw new WorkerError('A worker ended as soon as it served requests.');
  }

  async function startAll(): Promise<void> {
    const first = Array.from({ length: count }, start);
    await begin;
    if (isEnding) return;
    await Promise.all(first.map((worker) => worker.load()));
    const urls = await listenAll(first, port);
    if (isEnding) return;
    serving = new Set(first);
    url = urls[0] ?? '';
    logger.info({ url, workers: count }, 'ready');
    await onReady(url);
  }

  /** One after the other, so that the serving workers keep most of the CPU. */
  async function startFresh(): Promise<HubWorker[]> {
    const fresh: HubWorker[] = [];
    try {
      check();
      while (fresh.length < count) {
        const worker = start();
        fresh.push(worker);
        await worker.load();
      }
      await listenAll(fresh, portNow());
      return fresh;
    } catch (error) {
      for (const worker of fresh) worker.kill();
      throw error;
    }
  }

  async function takeOver(): Promise<void> {
    if (isEnding) return;
    logger.info('reloading');
    try {
      const fresh = await startFresh();
      if (isEnding) return;
      const old = [...serving];
      serving = new Set(fresh);
      for (const worker of old) worker.retire();
      logger.info({ pids: fresh.map(({ pid }) => pid) }, 'new workers serve requests');
      const timer = setTimeout(() => old.forEach((worker) => worker.kill()), retireMs);
      await Promise.all(old.map(({ ended }) => ended));
      clearTimeout(timer);
      if (!isEnding) logger.info('reloaded');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!isEnding) logger.error({ reason }, 'not reloaded: the present workers continue');
    }
  }

  async function endAll(): Promise<number> {
    isEnding = true;
    const workers = [...all];
    for (const worker of workers) worker.stop();
    const timer = setTimeout(() => {
      for (const worker of all) worker.kill();
    }, endMs);
    const answered = workers.filter((worker) => worker.age() > 0);
    const codes = await Promise.all(answered.map(({ ended }) => ended));
    await Promise.all(workers.map(({ ended }) => ended));
    clearTimeout(timer);
    return codes.every((code) => code === 0) ? 0 : 1;
  }

  async function run(): Promise<number> {
    try {
      const told = end.then((reason) => ({ reason }));
      await Promise.race([started, told]);
      const ending = await Promise.race([told, hopeless.promise]);
      if (ending instanceof WorkerError) throw ending;
      logger.info({ signal: ending.reason }, 'draining');
      return await endAll();
    } finally {
      if (!isEnding) await endAll();
    }
  }

  const started = startAll();
  // Whoever waits for the end gets a failed start.
  let last = started.catch(() => undefined);
  let next: Promise<void> | undefined;
  return {
    ended: run(),
    reload() {
      // A worker that has not begun yet reads the current files anyway.
      next ??= last.then(() => {
        next = undefined;
        last = takeOver();
        return last;
      });
      return next;
    },
  };
}
