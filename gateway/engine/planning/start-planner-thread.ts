import { Worker } from 'node:worker_threads';
import { createWatchdog } from '../../process/workers/watchdog.js';
import type { PlannerSource } from './engine-internals.js';
import type { QueryPlan } from './query-plan.js';

/** An operation for the thread to plan. */
export interface ToThread {
  readonly id: number;
  /** A valid document, as the engine gets it. */
  readonly text: string;
  readonly operationName: string | undefined;
}

/** Messages of the thread: first that it is ready, then plans as JSON text. */
export type FromThread =
  | 'ready'
  | { readonly id: number; readonly plan: string }
  | { readonly id: number; readonly error: { readonly message: string; readonly stack?: string } };

/** The thread ended before it had planned the operation. This says nothing about the operation. */
export class ThreadEndedError extends Error {
  override readonly name = 'ThreadEndedError';
}

/** How long a thread may be silent, in milliseconds. */
export interface Patience {
  /** While it starts: how long an operation waits for it. @default 5000 */
  readonly waitMs?: number;
  /** While it starts: after this time it is ended as stuck. @default 120000 */
  readonly startMs?: number;
  /** While it plans: after this time it is ended as stuck. @default 10000 */
  readonly silenceMs?: number;
}

/**
 * A planner thread for one supergraph, seen from the hub. An idle thread does not keep the process
 * alive.
 */
export interface PlannerThread {
  /** Resolves when the thread has read its supergraph, or has ended. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when the thread has ended. */
  readonly ended: Promise<string>;
  /** @throws ThreadEndedError, or an error with the message of the planner’s error */
  plan(text: string, operationName: string | undefined): Promise<QueryPlan>;
  /** Ends the thread when it has finished its plans. */
  retire(): void;
  /** Ends the thread at once. */
  end(): void;
}

/**
 * Starts a planner thread.
 * @param file the built `planner-thread.js`
 * @throws if no thread can be started
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
  readonly #watch = createWatchdog((ms) => this.#stop(`It was silent for ${ms} ms.`));
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
    // The thread gets none of Node’s options: a profiler would write its file a second time.
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
    else this.#settle(message);
    this.#awaitWord();
    if (this.#isRetired && this.#waiting.size === 0) this.end();
  }

  #settle(message: Exclude<FromThread, 'ready'>): void {
    const { id } = message;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('plan' in message) waiting?.resolve(JSON.parse(message.plan) as QueryPlan);
    else waiting?.reject(Object.assign(new Error(), message.error));
  }

  /**
   * Keeps the process alive while a plan is awaited, and ends a thread that is silent for too long.
   */
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
