import type { Logger } from '@hub/shared/system';
import cluster from 'node:cluster';
import { setTimeout as wait } from 'node:timers/promises';
import { startWorker, WorkerError, type HubWorker } from './hub-worker.js';
import { createRelay, type Relay } from './relay.js';
import { createRestarts, type Restarts } from './restarts.js';
import { createTally, type Tally } from './tally.js';
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
  /** Called when a worker has a partner’s manifest fetched. @default nobody does */
  readonly onRefresh?: (partner: string) => void;
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
  /** Passes notifications on, also those of this process. */
  readonly relay: Relay;
  /** Adds up counts, also those of this process. */
  readonly tally: Tally;
}

/** A worker ends by itself a quarter of a second earlier, and reports it. */
const endMs = 9_750;
/** The same for a replaced worker, so that a stuck one is not waited for forever. */
const retireMs = 62_000;

/** The workers of a hub, and how far they are. */
interface Fleet {
  readonly options: WorkersOptions;
  readonly relay: Relay;
  readonly tally: Tally;
  readonly restarts: Restarts;
  /** Resolves when workers keep failing. */
  readonly hopeless: ReturnType<typeof withResolver<WorkerError>>;
  readonly all: Set<HubWorker>;
  /** The workers that serve requests. If one ends, it is replaced. */
  serving: Set<HubWorker>;
  url: string | undefined;
  isEnding: boolean;
}

/**
 * Starts workers, replaces those that fail, and ends all when told to. This process itself serves
 * no requests.
 */
export function runWorkers(options: WorkersOptions): Workers {
  cluster.setupPrimary({
    exec: options.file,
    args: process.argv.slice(2),
    execArgv: [...process.execArgv, ...workerFlags],
  });
  const fleet: Fleet = {
    options,
    relay: createRelay(),
    tally: createTally(),
    restarts: createRestarts(),
    hopeless: withResolver<WorkerError>(),
    all: new Set(),
    serving: new Set(),
    url: undefined,
    isEnding: false,
  };
  const started = startAll(fleet);
  // Whoever waits for the end gets a failed start.
  let last = started.catch(() => undefined);
  let next: Promise<void> | undefined;
  return {
    ended: run(fleet, started),
    reload() {
      // A worker that has not begun yet reads the current files anyway.
      next ??= last.then(() => {
        next = undefined;
        last = takeOver(fleet);
        return last;
      });
      return next;
    },
    relay: fleet.relay,
    tally: fleet.tally,
  };
}

async function startAll(fleet: Fleet): Promise<void> {
  const { count, port, logger, begin, onReady } = fleet.options;
  const first = Array.from({ length: count }, () => start(fleet));
  await begin;
  if (fleet.isEnding) return;
  const loads = first.map((worker) => worker.load().then(() => worker));
  const loaded = await awaitMost(loads);
  const urls = await listenAll(fleet, loaded, port);
  if (fleet.isEnding) return;
  fleet.serving = new Set(loaded);
  const url = urls[0] ?? '';
  fleet.url = url;
  first.forEach((worker, index) => {
    if (!loaded.includes(worker)) void joinLate(fleet, worker, loads[index]);
  });
  logger.info({ url, workers: loaded.length }, 'ready');
  await onReady(url);
}

/** How long the first workers wait for one that takes longer than they did. */
const lateMs = 15_000;

/**
 * The workers that are loaded when all are, or when the first of them has waited long enough for the
 * others. @throws WorkerError if one of them does not start before
 */
async function awaitMost(loads: readonly Promise<HubWorker>[]): Promise<HubWorker[]> {
  const loaded: HubWorker[] = [];
  const noted = loads.map(async (load) => loaded.push(await load));
  const late = Promise.any(loads).then(() => wait(lateMs, undefined, { ref: false }));
  // If all end, the start has failed for the reason of the first.
  await Promise.race([Promise.all(noted), late.catch(() => Promise.all(noted))]);
  return [...loaded];
}

/** Lets a worker serve beside those that were ready before it, or replaces it. */
async function joinLate(
  fleet: Fleet,
  worker: HubWorker,
  loading: Promise<HubWorker> | undefined,
): Promise<void> {
  const { pid } = worker;
  const serving = fleet.serving;
  fleet.options.logger.warn({ pid }, 'a worker is not ready; the others serve without it');
  try {
    await loading;
    await worker.listen(portOf(fleet));
    if (fleet.serving === serving) serving.add(worker);
    else worker.kill();
  } catch (error) {
    if (fleet.isEnding || fleet.serving !== serving) return;
    const { message: reason } = error as Error;
    fleet.options.logger.error({ pid, reason }, 'a worker does not start; another takes its place');
    await replace(fleet, 0);
  }
}

function start(fleet: Fleet): HubWorker {
  const { onRefresh = () => undefined } = fleet.options;
  const worker = startWorker(fleet.relay, fleet.tally, onRefresh);
  fleet.all.add(worker);
  void worker.ended.then((how) => replaceEnded(fleet, worker, how));
  return worker;
}

function replaceEnded(fleet: Fleet, worker: HubWorker, how: number | string): void {
  const { all, serving, options } = fleet;
  all.delete(worker);
  const wasServing = serving.delete(worker);
  const [other] = serving;
  worker.dealt.passTo(other?.dealt);
  if (fleet.isEnding) return;
  const { pid } = worker;
  if (wasServing) {
    options.logger.error({ pid, how }, 'a worker ended; another takes its place');
    void replace(fleet, worker.age());
  } else if (worker.wasStuck() && worker.age() !== 0) {
    options.logger.error({ pid, how }, 'a worker ended before it had served all its requests');
  }
}

async function replace(fleet: Fleet, ageMs: number): Promise<void> {
  const { restarts, hopeless, options } = fleet;
  const replaced = fleet.serving;
  await wait(restarts.delayAfter(ageMs));
  if (fleet.isEnding || fleet.serving !== replaced) return;
  const worker = start(fleet);
  try {
    await worker.load();
    await worker.listen(portOf(fleet));
    // New workers may have taken over meanwhile.
    if (fleet.serving === replaced) replaced.add(worker);
    else worker.kill();
  } catch (error) {
    const { message: reason } = error as Error;
    if (fleet.isEnding) return;
    if (restarts.areHopeless() && fleet.serving.size === 0) {
      hopeless.resolve(new WorkerError(reason));
      return;
    }
    options.logger.error({ reason }, 'a worker does not start');
    await replace(fleet, 0);
  }
}

/** If the system chose the port, it must stay the same even while nobody listens on it. */
const portOf = ({ options: { port }, url, serving }: Fleet): number =>
  port === 0 && url && serving.size === 0 ? Number(new URL(url).port) : port;

/** Returns the URLs. @throws WorkerError also if a worker ended before the last of them served */
async function listenAll(
  { all }: Fleet,
  workers: readonly HubWorker[],
  port: number,
): Promise<string[]> {
  const urls = await Promise.all(workers.map((worker) => worker.listen(port)));
  if (workers.every((worker) => all.has(worker))) return urls;
  throw new WorkerError('A worker ended as soon as it served requests.');
}

/** Replaces all workers. The present ones continue if the new ones do not start. */
async function takeOver(fleet: Fleet): Promise<void> {
  const { logger } = fleet.options;
  if (fleet.isEnding) return;
  logger.info('reloading');
  try {
    const fresh = await startFresh(fleet);
    if (fleet.isEnding) return;
    const old = [...fleet.serving];
    fleet.serving = new Set(fresh);
    for (const worker of old) worker.retire();
    logger.info({ pids: fresh.map(({ pid }) => pid) }, 'new workers serve requests');
    await untilRetired(old);
    if (!fleet.isEnding) logger.info('reloaded');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!fleet.isEnding) logger.error({ reason }, 'not reloaded: the present workers continue');
  }
}

/** One after the other, so that the serving workers keep most of the CPU. */
async function startFresh(fleet: Fleet): Promise<HubWorker[]> {
  const { count, check } = fleet.options;
  const fresh: HubWorker[] = [];
  try {
    check();
    while (fresh.length < count) {
      const worker = start(fleet);
      fresh.push(worker);
      await worker.load();
    }
    await listenAll(fleet, fresh, portOf(fleet));
    return fresh;
  } catch (error) {
    for (const worker of fresh) worker.kill();
    throw error;
  }
}

async function untilRetired(workers: readonly HubWorker[]): Promise<void> {
  const timer = setTimeout(() => workers.forEach((worker) => worker.kill()), retireMs);
  await Promise.all(workers.map(({ ended }) => ended));
  clearTimeout(timer);
}

/** Runs until told to end. Returns the exit code. */
async function run(fleet: Fleet, started: Promise<void>): Promise<number> {
  const { end, logger } = fleet.options;
  try {
    const told = end.then((reason) => ({ reason }));
    await Promise.race([started, told]);
    const ending = await Promise.race([told, fleet.hopeless.promise]);
    if (ending instanceof WorkerError) throw ending;
    logger.info({ signal: ending.reason }, 'draining');
    return await endAll(fleet);
  } finally {
    if (!fleet.isEnding) await endAll(fleet);
  }
}

async function endAll(fleet: Fleet): Promise<number> {
  fleet.isEnding = true;
  const workers = [...fleet.all];
  for (const worker of workers) worker.stop();
  const timer = setTimeout(() => {
    for (const worker of fleet.all) worker.kill();
  }, endMs);
  const answered = workers.filter((worker) => worker.age() > 0);
  const codes = await Promise.all(answered.map(({ ended }) => ended));
  await Promise.all(workers.map(({ ended }) => ended));
  clearTimeout(timer);
  return codes.every((code) => code === 0) ? 0 : 1;
}
