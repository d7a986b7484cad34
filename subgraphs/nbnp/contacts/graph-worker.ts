import { overloaded } from '@hub/shared/limits';
import { packageFile } from '@hub/shared/seed';
import { Worker } from 'node:worker_threads';
import type { GraphData, GraphQuestion, GraphResult, GraphResults } from './graph-questions.js';

/** A question in the form that is sent to the thread. */
export interface ToGraphThread {
  readonly graph: GraphData;
  readonly question: GraphQuestion;
}

/** The thread’s response. A thread that fails ends. */
export interface FromGraphThread {
  readonly result: GraphResults[keyof GraphResults];
}

/** The built file, because a thread cannot run TypeScript. */
const threadFile = packageFile(import.meta.url, 'dist/contacts/graph-thread.js');

/** How long one question may take before the thread counts as stuck and is stopped. */
const longestMs = 60_000;

interface Asked {
  resolve(result: GraphResults[keyof GraphResults]): void;
  reject(error: Error): void;
}

/**
 * Answers questions about graphs in a separate thread, so that they block nothing else. The thread
 * starts with the first question. If it ends, the next question starts a new one. An idle thread
 * does not keep the process alive.
 */
export class GraphWorker {
  #worker: Worker | undefined;
  #asked: Asked | undefined;
  #isClosed = false;

  constructor(private readonly patienceMs = longestMs) {}

  /**
   * Answers one question. Ask the next one when it has settled.
   * @throws HubError `OVERLOADED` if the thread ended or took too long
   */
  async ask<Question extends GraphQuestion>(
    graph: GraphData,
    question: Question,
  ): Promise<GraphResult<Question>> {
    if (this.#isClosed) throw overloaded();
    if (this.#asked) throw new Error('The thread takes one question at a time.');
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    const timer = setTimeout(() => void worker.terminate(), this.patienceMs);
    try {
      return (await new Promise<GraphResults[keyof GraphResults]>((resolve, reject) => {
        this.#asked = { resolve, reject };
        worker.postMessage({ graph, question } satisfies ToGraphThread);
      })) as GraphResult<Question>;
    } finally {
      clearTimeout(timer);
      this.#asked = undefined;
      worker.unref();
    }
  }

  /** Stops the thread, and rejects the question in progress and later ones. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // The options of the main process do not apply to the thread.
    const worker = new Worker(threadFile, { execArgv: [] });
    worker.on('message', ({ result }: FromGraphThread) => this.#asked?.resolve(result));
    // The caller does not need the reason. An error without a listener would end the process.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#asked?.reject(overloaded());
    });
    return worker;
  }
}
