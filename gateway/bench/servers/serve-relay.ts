import { parse } from 'graphql';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import { ApolloGateway } from '../../engine/planning/engine.js';
import { serveJson, tellReady } from './serve-json.js';

// The lower limit for any gateway in Node: the calls of an operation’s plan, parsing their
// responses, and writing a response, with nothing between. It replays the calls and the response of
// plain Apollo’s first run.

interface Call {
  readonly url: string;
  readonly body: string;
}

interface Recording {
  /** Calls that are sent together, one group after the other. */
  readonly stages: Call[][];
  readonly response: unknown;
}

const pools = new Map<string, Pool>();

function post({ url, body }: Call): Promise<unknown> {
  const { origin, pathname } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 32 });
  pools.set(origin, pool);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve(JSON.parse(Buffer.concat(chunks).toString())),
      onResponseError: (_controller, error) => reject(error),
    };
    const headers = { 'content-type': 'application/json' };
    pool.dispatch({ method: 'POST', path: pathname, headers, body }, handler);
  });
}

const [, , supergraphFile = ''] = process.argv.slice(2);
let stages: Call[][] = [];
let underWay = 0;
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphFile, 'utf8'),
  buildService: ({ url = '' }) => ({
    async process({ request: { query, variables, operationName } }) {
      const call = { url, body: JSON.stringify({ query, variables, operationName }) };
      if (underWay === 0) stages.push([]);
      stages.at(-1)?.push(call);
      underWay += 1;
      try {
        return (await post(call)) as object;
      } finally {
        underWay -= 1;
      }
    },
  }),
});
const { executor } = await gateway.load();

async function record(body: string): Promise<Recording> {
  const request = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
  const document = parse(request.query);
  stages = [];
  const response = await executor?.({
    document,
    request,
    source: request.query,
    queryHash: hash('sha256', request.query),
    operationName: null,
    context: {},
    metrics: {},
    schema: gateway.schema,
  } as unknown as Parameters<NonNullable<typeof executor>>[0]);
  return { stages, response };
}

const recordings = new Map<string, Recording>();
/** One after the other: calls in flight at the same time belong together. */
let recording: Promise<unknown> = Promise.resolve();

const url = await serveJson(async (body) => {
  let known = recordings.get(body);
  if (!known) {
    const made = recording.then(() => record(body));
    recording = made.catch(() => undefined);
    known = await made;
    recordings.set(body, known);
  }
  for (const calls of known.stages) await Promise.all(calls.map(post));
  return JSON.stringify(known.response);
});
tellReady({ url });
