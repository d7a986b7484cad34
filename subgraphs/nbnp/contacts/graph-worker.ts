import { overloaded } from '@hub/shared/graphql';
import { packageFile } from '@hub/shared/system';
import { Worker } from 'node:worker_threads';
import type {
  GraphComputation,
  GraphData,
  GraphResult,
  GraphResults,
} from './graph-computations.js';

/** The message to the thread. */
export interface ToGraphThread {
  readonly graph: GraphData;
  readonly computation: GraphComputation;
}

/** The message of the thread. A thread that fails ends. */
export interface FromGraphThread {
  readonly result: GraphResults[keyof GraphResults];
}

/** The built file, because a thread cannot run TypeScript. */
const threadFile = packageFile(import.meta.url, 'dist/contacts/graph-thread.js');

/** How long one computation may take before the thread counts as stuck and is stopped. */
const longestMs = 60_000;

interface Pending {
  resolve(result: GraphResults[keyof GraphResults]): void;
  reject(error: Error): void;
}

/**
 * Computes over graphs in a separate thread, so that nothing else is blocked. The thread starts with
 * the first computation. If it ends, the next computation starts a new one. An idle thread does not
 * keep the process alive.
 */
export class GraphWorker {
  #worker: Worker | undefined;
  #pending: Pending | undefined;
  #isClosed = false;

  constructor(private readonly patienceMs = longestMs) {}

  /**
   * Runs one computation. Start the next one when it has settled.
   * @throws HubError `OVERLOADED` if the thread ended or took too long
   */
  async compute<Computation extends GraphComputation>(
    graph: GraphData,
    computation: Computation,
  ): Promise<GraphResult<Computation>> {
    if (this.#isClosed) throw overloaded();
    if (this.#pending) throw new Error('The thread runs one computation at a time.');
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    const timer = setTimeout(() => void worker.terminate(), this.patienceMs);
    try {
      return (await new Promise<GraphResults[keyof GraphResults]>((resolve, reject) => {
        this.#pending = { resolve, reject };
        worker.postMessage({ graph, computation } satisfies ToGraphThread);
      })) as GraphResult<Computation>;
    } finally {
      clearTimeout(timer);
      this.#pending = undefined;
      worker.unref();
    }
  }

  /** Stops the thread, and rejects the computation in progress and later ones. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // The options of the main process do not apply to the thread.
    const worker = new Worker(threadFile, { execArgv: [] });
    worker.on('message', ({ result }: FromGraphThread) => this.#pending?.resolve(result));
    // The caller does not need the reason. An error without a listener would end the process.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#pending?.reject(overloaded());
    });
    return worker;
  }
}
