import type { Logger } from '@hub/shared/system';
import { type DocumentNode, Kind, type SelectionSetNode, getOperationAST, print } from 'graphql';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EngineVersion, PlannedOperation } from './engine-internals.js';
import type { QueryPlan } from './query-plan.js';
import {
  type Patience,
  type PlannerThread,
  ThreadEndedError,
  startPlannerThread,
} from './start-planner-thread.js';

/**
 * Counts the selected fields of an operation, with those in its fragments. Introspection is left
 * out.
 */
function countFields(document: DocumentNode, operationName: string | undefined): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(definition.name.value, definition.selectionSet);
  const counted = new Map<SelectionSetNode, number>();
  /**
   * A fragment counts once, however often it is spread. Otherwise the count could grow
   * exponentially.
   */
  const count = (set: SelectionSetNode | undefined): number => {
    if (!set) return 0;
    const known = counted.get(set);
    if (known !== undefined) return known;
    let fields = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD)
        fields += count(fragments.get(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet);
      // Of the schema itself nothing is planned.
      else if (!selection.name.value.startsWith('__')) fields += 1 + count(selection.selectionSet);
    }
    counted.set(set, fields);
    return fields;
  };
  return count(getOperationAST(document, operationName)?.selectionSet);
}

/** Which operations are planned in a thread, so that the hub serves other requests meanwhile. */
export interface ThreadOptions {
  /** The code of the thread: the built `planner-thread.js`. */
  readonly file: string;
  /**
   * Operations with at most this many fields are planned without the thread, because that takes
   * hardly any time.
   */
  readonly fieldsInPlace: number;
  /** How long to wait before a new thread, after one that lived for `ageMs`. */
  readonly restarts: { delayAfter(ageMs: number): number };
  readonly logger: Logger;
  readonly patience?: Patience;
}

/** Plans operations over one schema. */
export interface Planner {
  /**
   * Plans an operation that is not in the engine’s store. @throws errors of the engine’s planner
   */
  plan(operation: PlannedOperation): Promise<QueryPlan>;
  /** Resolves when the thread has started. Resolves at once if there is none. */
  readonly ready: Promise<void>;
  /** Ends the thread after its last plan. Resolves when it has ended. */
  retire(): Promise<void>;
  /** Ends the thread at once. Its remaining operations are planned here. */
  close(): Promise<void>;
}

/**
 * Over a larger supergraph SDL, in characters, every operation takes long to plan, and a thread
 * takes seconds to start.
 */
const largeSdl = 300_000;

/** Makes the planner for one schema. Large operations are planned in a thread, all others here. */
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
    // A thread that ends may leave many operations. Other requests are served between them.
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

/** @throws ThreadEndedError if the thread takes too long to start */
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
