import { readFileSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import type { BenchRequest } from './graph.js';
import { tellReady } from './servers/serve-json.js';
import { quantile, type LoadResult } from './table.js';

/** The bench’s order to this process. */
export interface LoadOrder {
  readonly url: string;
  readonly token: string;
  readonly requestsFile: string;
  readonly seconds: number;
  readonly connections: number;
}

/**
 * Sends one request. Resolves at the last byte of a complete response, with the length of its body;
 * undefined for any other response.
 */
function send(pool: Pool, options: Dispatcher.DispatchOptions): Promise<number | undefined> {
  return new Promise((resolve) => {
    let isGood = false;
    let length = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart(_controller, status) {
        isGood = status === 200;
      },
      onResponseData: (_controller, chunk) => void (length += chunk.length),
      onResponseEnd: () => resolve(isGood ? length : undefined),
      onResponseError: () => resolve(undefined),
    };
    pool.dispatch(options, handler);
  });
}

/**
 * Keeps one request in flight on each connection. At the end it waits for the requests in flight
 * and counts them. Otherwise a system with slow responses would have worked for requests that are
 * not counted.
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
  let bytes = 0;
  const started = performance.now();
  const until = started + seconds * 1_000;
  // Each connection starts at another request, so that requests in flight differ.
  const keepAsking = async (first: number): Promise<void> => {
    for (let next = first; performance.now() < until; next += 1) {
      const request = all[next % all.length];
      const sent = performance.now();
      const length = request && (await send(pool, request));
      if (length === undefined) {
        failures += 1;
        continue;
      }
      bytes += length;
      latencies.push(performance.now() - sent);
    }
  };
  const step = Math.max(1, Math.floor(all.length / connections));
  await Promise.all(Array.from({ length: connections }, (_, index) => keepAsking(index * step)));
  const took = performance.now() - started;
  await pool.close();
  return {
    requests: latencies.length,
    failures,
    bytes,
    seconds: took / 1_000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    p999: quantile(latencies, 0.999),
  };
}

process.on('message', (order) => {
  void run(order as LoadOrder).then((result) => process.send?.(result));
});
tellReady({});
