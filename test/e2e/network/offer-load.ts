import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';

/** What a client sends, and who it is. */
export interface Sent {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What became of one request. */
export interface Outcome {
  /** When it was sent, on the clock of `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  readonly status: number;
  /** Partners that the response names as missing. */
  readonly named: readonly string[];
}

/** Sends requests to a hub, over connections of its own. */
export interface Load extends AsyncDisposable {
  send(request: Sent): Promise<Outcome>;
  /** Clients that each send the next request when they have their response. */
  closed(clients: number, ms: number, next: (index: number) => Sent): Promise<Outcome[]>;
  /**
   * So many requests a second, however long responses take. A request that finds no free connection is not sent: clients
   * that wait in line before a server are none of its time.
   */
  open(perSecond: number, ms: number, next: (index: number) => Sent): Promise<Outcome[]>;
}

interface Body {
  readonly extensions?: {
    readonly completeness?: { readonly partners: Readonly<Record<string, { status: string }>> };
  };
}

const tickMs = 10;
/** Fewer than one address may have. */
const connections = 450;

export function openLoad(url: string): Load {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, headersTimeout: 60_000, bodyTimeout: 60_000 });

  async function send({ query, headers }: Sent): Promise<Outcome> {
    const at = performance.now();
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    const { extensions } = (await body.json()) as Body;
    const partners = Object.entries(extensions?.completeness?.partners ?? {});
    const named = partners.flatMap(([code, { status }]) =>
      status === 'ANSWERED' ? [] : `${code} ${status}`,
    );
    return { at, ms: performance.now() - at, status: statusCode, named };
  }

  return {
    send,
    async closed(clients, ms, next) {
      const until = performance.now() + ms;
      const outcomes: Outcome[] = [];
      let index = 0;
      const client = async () => {
        while (performance.now() < until) outcomes.push(await send(next(index++)));
      };
      await Promise.all(Array.from({ length: clients }, client));
      return outcomes;
    },
    async open(perSecond, ms, next) {
      const startedAt = performance.now();
      const sent: Promise<Outcome>[] = [];
      let count = 0;
      let underWay = 0;
      while (performance.now() - startedAt < ms) {
        const due = ((performance.now() - startedAt) * perSecond) / 1_000;
        for (; count < due; count += 1) {
          if (underWay >= connections) continue;
          underWay += 1;
          sent.push(send(next(count)).finally(() => (underWay -= 1)));
        }
        await wait(tickMs);
      }
      return Promise.all(sent);
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}

/** The value below which this share of all lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Whole responses, by what they took. */
export const wholeOf = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter(({ status, named }) => status === 200 && named.length === 0);
