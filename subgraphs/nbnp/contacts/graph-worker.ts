import { overloaded } from '@hub/shared/limits';
import { packageFile } from '@hub/shared/seed';
import { Worker } from 'node:worker_threads';
import type { GraphAnswer, GraphAnswers, GraphData, GraphQuestion } from './graph-questions.js';

/** A question, as it goes to the thread. */
export interface ToGraphThread {
  readonly graph: GraphData;
  readonly question: GraphQuestion;
}

/** What comes back. A thread that fails ends. */
export interface FromGraphThread {
  readonly answer: GraphAnswers[keyof GraphAnswers];
}

/** As it is built: a thread runs no TypeScript. */
const threadFile = packageFile(import.meta.url, 'dist/contacts/graph-thread.js');

/** How long one question may take, before the thread counts as stuck and is ended. */
const longestMs = 60_000;

interface Asked {
  resolve(answer: GraphAnswers[keyof GraphAnswers]): void;
  reject(error: Error): void;
}

/**
 * A thread of its own for questions about graphs, so that nothing else waits for them. It starts with the first question
 * and is kept. One that ends, for whatever reason, is replaced with the next question. An idle one keeps no process alive.
 */
export class GraphWorker {
  #worker: Worker | undefined;
  #asked: Asked | undefined;
  #isClosed = false;

  constructor(private readonly patienceMs = longestMs) {}

  /**
   * Answers one question. The next one may be asked when it has settled.
   * @throws HubError `OVERLOADED` where the thread ended or took too long
   */
  async ask<Question extends GraphQuestion>(
    graph: GraphData,
    question: Question,
  ): Promise<GraphAnswer<Question>> {
    if (this.#isClosed) throw overloaded();
    if (this.#asked) throw new Error('The thread is asked one question at a time.');
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    const timer = setTimeout(() => void worker.terminate(), this.patienceMs);
    try {
      return (await new Promise<GraphAnswers[keyof GraphAnswers]>((resolve, reject) => {
        this.#asked = { resolve, reject };
        worker.postMessage({ graph, question } satisfies ToGraphThread);
      })) as GraphAnswer<Question>;
    } finally {
      clearTimeout(timer);
      this.#asked = undefined;
      worker.unref();
    }
  }

  /** Ends the thread. Who waits for it is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    // Of the options that node was started with none is meant for it.
    const worker = new Worker(threadFile, { execArgv: [] });
    worker.on('message', ({ answer }: FromGraphThread) => this.#asked?.resolve(answer));
    // The reason does not matter to who waits; an error without a listener would end the process.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#asked?.reject(overloaded());
    });
    return worker;
  }
}
