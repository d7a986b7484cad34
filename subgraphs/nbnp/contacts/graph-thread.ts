import { parentPort } from 'node:worker_threads';
import { computeGraph } from './compute-graph.js';
import type { FromGraphThread, ToGraphThread } from './graph-worker.js';

// The thread’s program. It computes one result after the other.

parentPort?.on('message', ({ graph, computation }: ToGraphThread) => {
  const result = computeGraph(graph, computation);
  parentPort?.postMessage({ result } satisfies FromGraphThread);
});
