import { Pool } from 'undici';
import { readUsage } from '../processes.js';
import type { NetworkBed } from './bed.js';
import type { NetworkOperation } from './operations.js';

/** CPU time of a response in ms, by who used it, and what the client saw. */
export interface NetworkTurn {
  readonly hub: number;
  readonly partners: number;
  /** Of the database server. 0 if the partners read files themselves. */
  readonly database: number;
  /** Responses a second. */
  readonly rate: number;
  /** The time of each response in ms. */
  readonly times: readonly number[];
  /** Requests that were `OVERLOADED`. */
  readonly refused: number;
}

const overloadedStatus = 503;

interface TurnOptions {
  readonly seconds: number;
  /** The turn is longer if there are fewer responses. @default 0 */
  readonly least?: number;
  /** Requests at a time. @default all connections have one */
  readonly clients?: number;
}

/** Sends requests to one network that accept no cached and no deduplicated response. */
export class NetworkLoad {
  readonly #pool: Pool;
  readonly #tokens = new Map<string, string>();

  constructor(
    readonly bed: NetworkBed,
    private readonly connections: number,
  ) {
    this.#pool = new Pool(new URL(bed.url).origin, { connections, pipelining: 1 });
  }

  async ask(operation: NetworkOperation): Promise<string> {
    const { status, text } = await this.#send(operation);
    if (status !== 200) throw new Error(text.slice(0, 500));
    return text;
  }

  async #send({ query, variables, organisation }: NetworkOperation) {
    const { statusCode, body } = await this.#pool.request({
      method: 'POST',
      path: new URL(this.bed.url).pathname,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'cache-control': 'no-cache',
        ...(organisation && { authorization: `Bearer ${await this.#tokenOf(organisation)}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: statusCode, text: await body.text() };
  }

  async run(
    operation: NetworkOperation,
    { seconds, least = 0, clients = this.connections }: TurnOptions,
  ): Promise<NetworkTurn> {
    const { hub, partners, database } = this.bed;
    const groups: readonly (readonly (number | undefined)[])[] = [
      [hub.child.pid],
      partners.map(({ child }) => child.pid),
      [database?.pid],
    ];
    const read = () => groups.map((pids) => pids.reduce<number>((sum, pid) => sum + cpuOf(pid), 0));
    const before = read();
    const started = performance.now();
    const until = started + seconds * 1_000;
    const times: number[] = [];
    let refused = 0;
    const keepAsking = async (): Promise<void> => {
      for (let at = performance.now(); at < until || times.length < least; at = performance.now()) {
        const { status, text } = await this.#send(operation);
        if (status === 200) times.push(performance.now() - at);
        else if (status === overloadedStatus) refused += 1;
        else throw new Error(text.slice(0, 500));
      }
    };
    await Promise.all(Array.from({ length: clients }, keepAsking));
    const [hubMs = NaN, partnersMs = NaN, databaseMs = NaN] = read().map(
      (ms, place) => (ms - (before[place] ?? NaN)) / times.length,
    );
    return {
      hub: hubMs,
      partners: partnersMs,
      database: databaseMs,
      rate: (times.length * 1_000) / (performance.now() - started),
      times,
      refused,
    };
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.bed.stop();
  }

  async #tokenOf(organisation: string): Promise<string> {
    const token = this.#tokens.get(organisation) ?? (await this.bed.createToken(organisation));
    this.#tokens.set(organisation, token);
    return token;
  }
}

const cpuOf = (pid: number | undefined): number => readUsage(pid)?.cpuMs ?? 0;

/**
 * Throws unless all networks return the same, complete responses. Fields that the caller may not
 * read are errors in all of them.
 */
export async function compareResponses(
  operation: NetworkOperation,
  loads: readonly NetworkLoad[],
): Promise<void> {
  const texts = await Promise.all(loads.map((load) => load.ask(operation)));
  for (const text of texts) {
    const isWhole =
      text.includes('"complete":true') && !/"extensions":\{"code":"(?!FORBIDDEN)/.test(text);
    if (!isWhole || readResult(text) !== readResult(texts[0]))
      throw new Error(`${operation.name}: ${text.slice(0, 300)} … ${text.slice(-700)}`);
  }
}

function readResult(text = ''): string {
  const { data, errors } = JSON.parse(text) as {
    readonly data?: unknown;
    readonly errors?: unknown;
  };
  return JSON.stringify([data, errors]);
}
