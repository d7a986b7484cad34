import { Worker } from 'node:worker_threads';
import { watchSilence } from '../workers/watch-silence.js';
import type { PlannerSource } from './engine-internals.js';
import type { QueryPlan } from './query-plan.js';

/** An operation to be planned, as it goes to the thread. */
export interface ToThread {
  readonly id: number;
  /** A valid document, as the engine would be given it. */
  readonly text: string;
  readonly operationName: string | undefined;
}

/** What comes from the thread: first that it is ready. A plan is the text of its JSON. */
export type FromThread =
  | 'ready'
  | { readonly id: number; readonly plan: string }
  | { readonly id: number; readonly fault: { readonly message: string; readonly stack?: string } };

/** The thread ended before it had planned. Nothing is said of the operation. */
export class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';
}

/** How long a thread may say nothing. */
export interface Patience {
  /** While it starts, before an operation goes without it. @default 5000 */
  readonly waitMs?: number;
  /** While it starts, before it counts as stuck and is ended. @default 120000 */
  readonly startMs?: number;
  /** The same while it plans. @default 10000 */
  readonly silenceMs?: number;
}

/** A thread that plans over one supergraph, seen from the hub. An idle one keeps no process alive. */
export interface PlannerThread {
  /** Resolves when it has read its supergraph, and also when it ends. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when it has ended. */
  readonly ended: Promise<string>;
  /** @throws ThreadEndedError, or an error with the message of what the planner threw */
  plan(text: string, operationName: string | undefined): Promise<QueryPlan>;
  /** Ends it as soon as it has planned what it was given. */
  retire(): void;
  /** Ends it at once. */
  end(): void;
}

/**
 * Starts a thread that plans.
 * @param file what it runs: `planner-thread.js`, as it is built
 * @throws where there can be none
 */
export function startPlannerThread(
  file: string,
  source: PlannerSource,
  patience?: Patience,
): PlannerThread {
  return new WorkerPlanner(file, source, patience);
}

interface Waiting {
  resolve(plan: QueryPlan): void;
  reject(error: Error): void;
}

class WorkerPlanner implements PlannerThread {
  readonly ready: Promise<void>;
  readonly ended: Promise<string>;
  readonly #worker: Worker;
  readonly #silenceMs: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #watch = watchSilence((ms) => this.#stop(`It said nothing for ${ms} ms.`));
  #isReady = false;
  #isRetired = false;
  #lastId = 0;
  #reason: string | undefined;

  constructor(
    file: string,
    source: PlannerSource,
    { startMs = 120_000, silenceMs = 10_000 }: Patience = {},
  ) {
    this.#silenceMs = silenceMs;
    // Of the options that node was started with none is meant for it: a profiler would write its file a second time.
    this.#worker = new Worker(file, { workerData: source, execArgv: [] });
    this.#worker.unref();
    this.#worker.on('error', ({ message }) => (this.#reason ??= message));
    this.ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => resolve(this.#leave(code)));
    });
    this.ready = new Promise((resolve) => {
      this.#worker.on('message', (message: FromThread) => {
        this.#receive(message);
        resolve();
      });
      void this.ended.then(() => resolve());
    });
    this.#watch.begin(startMs);
  }

  plan(text: string, operationName: string | undefined): Promise<QueryPlan> {
    return new Promise((resolve, reject) => {
      if (this.#isRetired || this.#reason !== undefined) throw new ThreadEndedError(this.#reason);
      const id = (this.#lastId += 1);
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#awaitWord();
      this.#worker.postMessage({ id, text, operationName } satisfies ToThread);
    });
  }

  retire(): void {
    this.#isRetired = true;
    if (this.#waiting.size === 0) this.end();
  }

  end(): void {
    this.#stop('It was ended.');
  }

  #stop(reason: string): void {
    this.#reason ??= reason;
    void this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    if (message === 'ready') this.#isReady = true;
    else this.#answer(message);
    this.#awaitWord();
    if (this.#isRetired && this.#waiting.size === 0) this.end();
  }

  #answer(message: Exclude<FromThread, 'ready'>): void {
    const { id } = message;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('plan' in message) waiting?.resolve(JSON.parse(message.plan) as QueryPlan);
    else waiting?.reject(Object.assign(new Error(), message.fault));
  }

  /** Keeps the process alive while somebody waits for a plan, and stops a thread that is silent for too long. */
  #awaitWord(): void {
    if (this.#waiting.size > 0) this.#worker.ref();
    else this.#worker.unref();
    if (!this.#isReady) return;
    if (this.#waiting.size > 0) this.#watch.begin(this.#silenceMs);
    else this.#watch.end();
  }

  #leave(code: number): string {
    this.#watch.end();
    const reason = (this.#reason ??= `It ended with the code ${code}.`);
    for (const { reject } of this.#waiting.values()) reject(new ThreadEndedError(reason));
    this.#waiting.clear();
    return reason;
  }
}
