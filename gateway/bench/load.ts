import { readFileSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import type { BenchRequest } from './graph.js';
import { tellReady } from './serve-json.js';

/** What the bench asks this process for. */
export interface LoadOrder {
  readonly url: string;
  readonly token: string;
  readonly requestsFile: string;
  readonly seconds: number;
  readonly connections: number;
}

/** What came of it. Latencies in ms. */
export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** Sends one request and resolves when the last byte of a whole answer is there; false for any other. */
function send(pool: Pool, options: Dispatcher.DispatchOptions): Promise<boolean> {
  return new Promise((resolve) => {
    let isGood = false;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart(_controller, status) {
        isGood = status === 200;
      },
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(isGood),
      onResponseError: () => resolve(false),
    };
    pool.dispatch(options, handler);
  });
}

/**
 * Keeps as many requests under way as there are connections. At the end nothing new is sent, and what is under way is
 * waited for and counted: else a system with long answers would have worked for requests that nobody counts.
 */
async function run({
  url,
  token,
  requestsFile,
  seconds,
  connections,
}: LoadOrder): Promise<LoadResult> {
  const requests = JSON.parse(readFileSync(requestsFile, 'utf8')) as BenchRequest[];
  const { origin, pathname } = new URL(url);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${token}`,
  };
  const all = requests.map((request) => ({
    path: pathname,
    method: 'POST' as const,
    headers,
    body: Buffer.from(JSON.stringify(request)),
  }));
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let failures = 0;
  const started = performance.now();
  const until = started + seconds * 1_000;
  // Each connection begins elsewhere, so that what is under way at a time is not one question asked many times.
  const keepAsking = async (first: number): Promise<void> => {
    for (let next = first; performance.now() < until; next += 1) {
      const request = all[next % all.length];
      const sent = performance.now();
      if (request && (await send(pool, request))) latencies.push(performance.now() - sent);
      else failures += 1;
    }
  };
  const step = Math.max(1, Math.floor(all.length / connections));
  await Promise.all(Array.from({ length: connections }, (_, index) => keepAsking(index * step)));
  const took = performance.now() - started;
  await pool.close();
  const sorted = latencies.toSorted((a, b) => a - b);
  return {
    requests: sorted.length,
    failures,
    seconds: took / 1_000,
    p50: at(sorted, 0.5),
    p99: at(sorted, 0.99),
  };
}

process.on('message', (order) => {
  void run(order as LoadOrder).then((result) => process.send?.(result));
});
tellReady({});
