import { Pool, type Dispatcher } from 'undici';
import { partnerCode, type PartnerBed } from './bed.js';
import type { PartnerFetch } from './fetches.js';

const headers = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

/** The text of the response. Empty unless it has data: 200, or 294 with errors. */
function send(pool: Pool, options: Dispatcher.DispatchOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    pool.dispatch(options, {
      onRequestStart: () => undefined,
      onResponseStart(_controller, code) {
        status = code;
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve(status < 300 ? Buffer.concat(chunks).toString() : ''),
      onResponseError: (_controller, error) => reject(error),
    });
  });
}

/** Sends requests to one server as the hub does: each signed for the partner, and only once. */
export class PartnerLoad {
  readonly #pool: Pool;
  readonly #path: string;

  constructor(
    private readonly bed: PartnerBed,
    url: string,
    private readonly connections: number,
  ) {
    const { origin, pathname } = new URL(url);
    this.#pool = new Pool(origin, { connections, pipelining: 1 });
    this.#path = pathname;
  }

  async ask({ query, variables, reader }: PartnerFetch, index: number): Promise<string> {
    const body = JSON.stringify({
      query,
      variables: variables[index % variables.length],
      operationName: query.startsWith('query Bench') ? 'Bench' : undefined,
    });
    const parts = { method: 'POST' as const, path: this.#path, body };
    const signature = await this.bed.sign(partnerCode, parts, reader);
    return send(this.#pool, { ...parts, headers: { ...headers, ...signature } });
  }

  /** Keeps one request in flight on each connection, and waits for the last ones. */
  async run(fetch: PartnerFetch, seconds: number): Promise<number> {
    const until = performance.now() + seconds * 1_000;
    let answered = 0;
    const keepAsking = async (first: number): Promise<void> => {
      for (let next = first; performance.now() < until; next += 1) {
        const text = await this.ask(fetch, next);
        if (text === '') throw new Error(`${fetch.name} got no response.`);
        answered += 1;
      }
    };
    await Promise.all(
      Array.from({ length: this.connections }, (_, index) => keepAsking(index * 4)),
    );
    return answered;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}
