import { parse } from 'graphql';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Pool, type Dispatcher } from 'undici';
import { findExcess } from '../../engine/json/json-cursor.js';
import { ApolloGateway } from '../../engine/planning/engine.js';
import { serveJson, tellReady } from './serve-json.js';

// Lower limits for a gateway in Node: the calls of the plain engine’s first run, sent again, and its
// response. There is nothing between them: no plan, no trust, no check of types.

interface Call {
  readonly pool: Pool;
  readonly options: Dispatcher.DispatchOptions;
}

interface Recording {
  /** Calls that are sent together, one group after the other. */
  readonly stages: readonly (readonly Call[])[];
  /** The response, as `JSON.parse` makes it: the engine’s own objects have no prototype, and are written slowly. */
  readonly response: unknown;
  readonly bytes: Buffer;
}

const pools = new Map<string, Pool>();

function createCall(url: string, request: object): Call {
  const { origin, pathname } = new URL(url);
  const pool = pools.get(origin) ?? new Pool(origin, { connections: 32 });
  pools.set(origin, pool);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(request);
  return { pool, options: { method: 'POST', path: pathname, headers, body } };
}

function send({ pool, options }: Call): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pool.dispatch(options, {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve(Buffer.concat(chunks)),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

const [supergraphFile = '', floor] = process.argv.slice(2);

/** What a floor does with the bytes of a response, and with its own. */
const floors = {
  /** Every value becomes an object of JavaScript, and the response is written from such. */
  parsed: {
    read: (bytes: Buffer) => void JSON.parse(bytes.toString()),
    write: ({ response }: Recording) => JSON.stringify(response),
  },
  /** Every byte is looked at once, and the response is a copy of bytes. */
  copied: {
    read: (bytes: Buffer) => void findExcess(bytes),
    write: ({ bytes }: Recording) => Buffer.from(bytes),
  },
} as const;
const { read, write } = floors[floor === 'copied' ? 'copied' : 'parsed'];

let stages: Call[][] = [];
let underWay = 0;
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(supergraphFile, 'utf8'),
  buildService: ({ url = '' }) => ({
    async process({ request: { query, variables, operationName } }) {
      const call = createCall(url, { query, variables, operationName });
      if (underWay === 0) stages.push([]);
      stages.at(-1)?.push(call);
      underWay += 1;
      try {
        return JSON.parse((await send(call)).toString()) as object;
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
  const made = await executor?.({
    document,
    request,
    source: request.query,
    queryHash: hash('sha256', request.query),
    operationName: null,
    context: {},
    metrics: {},
    schema: gateway.schema,
  } as unknown as Parameters<NonNullable<typeof executor>>[0]);
  const text = JSON.stringify(made);
  return { stages, response: JSON.parse(text), bytes: Buffer.from(text) };
}

const recordings = new Map<string, Recording>();
/** One after the other: calls in flight at the same time belong together. */
let recording: Promise<unknown> = Promise.resolve();

async function recordOnce(body: string): Promise<Recording> {
  const made = recording.then(() => recordings.get(body) ?? record(body));
  recording = made.catch(() => undefined);
  const known = await made;
  recordings.set(body, known);
  return known;
}

const url = await serveJson(async (body) => {
  const known = recordings.get(body) ?? (await recordOnce(body));
  for (const calls of known.stages)
    await Promise.all(calls.map(async (call) => read(await send(call))));
  return write(known);
});
tellReady({ url });
