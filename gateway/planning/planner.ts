import type { Logger } from '@hub/shared/telemetry';
import { print } from 'graphql';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { countFields } from '../documents/count-fields.js';
import type { EngineVersion, PlannedOperation } from './engine-internals.js';
import type { QueryPlan } from './query-plan.js';
import {
  startPlannerThread,
  ThreadEndedError,
  type Patience,
  type PlannerThread,
} from './start-planner-thread.js';

/** Which operations are planned in a thread of their own, so that the hub serves other requests meanwhile. */
export interface ThreadOptions {
  /** What the thread runs: `planner-thread.js`, as it is built. */
  readonly file: string;
  /** So many fields are planned sooner than anybody notices, and without the thread. */
  readonly fieldsInPlace: number;
  /** How long to wait after a thread that lived for so long. */
  readonly restarts: { delayAfter(ageMs: number): number };
  readonly logger: Logger;
  readonly patience?: Patience;
}

/** Plans over one schema. */
export interface Planner {
  /** The engine’s plan of an operation that is not in its store. @throws what the engine’s planner throws */
  plan(operation: PlannedOperation): Promise<QueryPlan>;
  /** Resolves when the thread has started; at once where there is none. */
  readonly ready: Promise<void>;
  /** Ends the thread when it has planned what it was given. Resolves when it has ended. */
  retire(): Promise<void>;
  /** Ends it at once; what it was given is planned here. */
  close(): Promise<void>;
}

/** Characters of a supergraph SDL over which every page takes long to plan, and the thread seconds to start. */
const largeSdl = 300_000;

/** Makes what plans over one schema: in the thread what may take long, else and without a thread here. */
export function createPlanner(version: EngineVersion, options: ThreadOptions): Planner {
  return new Planning(version, options);
}

class Planning implements Planner {
  readonly ready: Promise<void>;
  #thread: PlannerThread | undefined;
  #startsAgainAt = -Infinity;
  #isClosed = false;
  #lastTurn: Promise<void> = Promise.resolve();

  constructor(
    private readonly version: EngineVersion,
    private readonly options: ThreadOptions,
  ) {
    const isLarge = version.plannerSource.supergraphSdl.length > largeSdl;
    this.ready = (isLarge ? this.#findThread()?.ready : undefined) ?? Promise.resolve();
  }

  async plan(operation: PlannedOperation): Promise<QueryPlan> {
    const { document, operationName } = operation;
    const isSmall = countFields(document, operationName) <= this.options.fieldsInPlace;
    const thread = isSmall ? undefined : this.#findThread();
    if (!thread) return this.version.planHere(operation);
    try {
      await awaitStart(thread, this.options.patience);
      return await thread.plan(print(document), operationName);
    } catch (error) {
      if (!(error instanceof ThreadEndedError)) throw error;
    }
    // A thread that ends leaves many at a time: others are answered between them.
    this.#lastTurn = this.#lastTurn.then(() => nextTurn());
    await this.#lastTurn;
    return this.version.planHere(operation);
  }

  retire(): Promise<void> {
    return this.#leave((thread) => thread.retire());
  }

  close(): Promise<void> {
    return this.#leave((thread) => thread.end());
  }

  async #leave(how: (thread: PlannerThread) => void): Promise<void> {
    this.#isClosed = true;
    if (!this.#thread) return;
    how(this.#thread);
    await this.#thread.ended;
  }

  #findThread(): PlannerThread | undefined {
    if (this.#thread || this.#isClosed || performance.now() < this.#startsAgainAt)
      return this.#thread;
    const { file, patience } = this.options;
    const startedAt = performance.now();
    try {
      const thread = startPlannerThread(file, this.version.plannerSource, patience);
      this.#thread = thread;
      void thread.ended.then((reason) => this.#lose(reason, performance.now() - startedAt));
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error), 0);
    }
    return this.#thread;
  }

  #lose(reason: string, ageMs: number): void {
    this.#thread = undefined;
    if (this.#isClosed) return;
    const { restarts, logger } = this.options;
    const waitMs = restarts.delayAfter(ageMs);
    this.#startsAgainAt = performance.now() + waitMs;
    logger.warn({ reason, waitMs }, 'the planner’s thread ended; the hub plans without it');
  }
}

/** @throws ThreadEndedError when it takes too long to start */
async function awaitStart(
  { ready }: PlannerThread,
  { waitMs = 5_000 }: Patience = {},
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ThreadEndedError('It has not started yet.')), waitMs);
  });
  try {
    await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}
