import { mkdtempSync, readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startNetwork, type NetworkBed } from './network/bed.js';
import type { NetworkOperation } from './network/operations.js';
import { readUsage, stopProcess } from './processes.js';
import { shareByWork, type Work } from './profile-work.js';
import { median } from './table.js';

export interface NetworkBenchOptions {
  readonly operations: readonly NetworkOperation[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly against?: string | undefined;
  readonly isProfiled: boolean;
}

interface Turn {
  readonly hub: number;
  readonly partners: number;
  readonly rate: number;
}

/** Before this many requests, Node compiles and optimises for longer than it responds. */
const warmUpRequests = 1_500;

/** Sends requests to one network that accept no cached and no deduplicated response. */
class NetworkLoad {
  readonly #pool: Pool;
  readonly #tokens = new Map<string, string>();

  constructor(
    readonly bed: NetworkBed,
    private readonly connections: number,
  ) {
    this.#pool = new Pool(new URL(bed.url).origin, { connections, pipelining: 1 });
  }

  async ask({ query, organisation }: NetworkOperation): Promise<string> {
    const { statusCode, body } = await this.#pool.request({
      method: 'POST',
      path: new URL(this.bed.url).pathname,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'cache-control': 'no-cache',
        ...(organisation && { authorization: `Bearer ${await this.#tokenOf(organisation)}` }),
      },
      body: JSON.stringify({ query }),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(text.slice(0, 500));
    return text;
  }

  async run(operation: NetworkOperation, seconds: number, least = 0): Promise<Turn> {
    const { hub, partners } = this.bed;
    const read = () => [hub, partners].map(({ child }) => readUsage(child.pid)?.cpuMs ?? NaN);
    const before = read();
    const started = performance.now();
    const until = started + seconds * 1_000;
    let answered = 0;
    const keepAsking = async (): Promise<void> => {
      while (performance.now() < until || answered < least) {
        await this.ask(operation);
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: this.connections }, keepAsking));
    const [hubMs = NaN, partnersMs = NaN] = read().map(
      (ms, i) => (ms - (before[i] ?? NaN)) / answered,
    );
    const rate = (answered * 1_000) / (performance.now() - started);
    return { hub: hubMs, partners: partnersMs, rate };
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await stopProcess(this.bed.hub);
    await stopProcess(this.bed.partners);
  }

  async #tokenOf(organisation: string): Promise<string> {
    const token = this.#tokens.get(organisation) ?? (await this.bed.createToken(organisation));
    this.#tokens.set(organisation, token);
    return token;
  }
}

/**
 * Throws unless all networks return the same, complete responses. Fields that the caller may not
 * read are errors in all of them.
 */
async function compareResponses(
  operation: NetworkOperation,
  loads: readonly NetworkLoad[],
): Promise<void> {
  const texts = await Promise.all(loads.map((load) => load.ask(operation)));
  for (const text of texts) {
    const isWhole = text.includes('"complete":true') && !/"code":"(?!FORBIDDEN)/.test(text);
    if (!isWhole || readResult(text) !== readResult(texts[0]))
      throw new Error(`${operation.name}: ${text.slice(0, 500)}`);
  }
}

function readResult(text = ''): string {
  const { data, errors } = JSON.parse(text) as {
    readonly data?: unknown;
    readonly errors?: unknown;
  };
  return JSON.stringify([data, errors]);
}

/** @returns when the warm-up ended */
async function measure(
  operation: NetworkOperation,
  loads: readonly NetworkLoad[],
  { rounds, seconds }: NetworkBenchOptions,
  say: (line: string) => void,
): Promise<number> {
  await compareResponses(operation, loads);
  for (const load of loads) await load.run(operation, seconds, warmUpRequests);
  const since = Number(process.hrtime.bigint() / 1_000n);
  const turns = loads.map((): Turn[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [place, load] of loads.entries())
      turns[place]?.push(await load.run(operation, seconds));
  const base = turns.at(-1) ?? [];
  const total = (turn: Turn | undefined) => (turn ? turn.hub + turn.partners : NaN);
  say(`\n${operation.name}: ${operation.about}`);
  for (const [place, { bed }] of loads.entries()) {
    const own = turns[place] ?? [];
    const of = (read: (turn: Turn) => number) => median(own.map(read)).toFixed(2).padStart(6);
    const ratio = median(own.map((turn, round) => total(turn) / total(base[round])));
    say(
      `  ${bed.label.padEnd(8)} ${of(total)} ms CPU: hub ${of(({ hub }) => hub)}, partners ${of(({ partners }) => partners)}  ${ratio.toFixed(2)} × ${loads.at(-1)?.bed.label}  ${of(({ rate }) => rate)} a second`,
    );
  }
  return since;
}

/** Measures whole operations through the hub, over all ten partners. */
export async function runNetworkBench(
  options: NetworkBenchOptions,
  say: (line: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const { operations, connections, against, isProfiled } = options;
  say(
    `Node ${process.version}, ${availableParallelism()} cores, ${connections} requests at a time`,
  );
  for (const some of isProfiled ? operations.map((one) => [one]) : [operations]) {
    tell('Starting the network.');
    const profileFolder = isProfiled ? mkdtempSync(join(tmpdir(), 'hub-profile-')) : undefined;
    const beds = [
      await startNetwork({ label: 'network', profileFolder }),
      ...(against ? [await startNetwork({ label: 'against', dist: against })] : []),
    ];
    const loads = beds.map((bed) => new NetworkLoad(bed, connections));
    let since = 0;
    for (const operation of some) since = await measure(operation, loads, options, say);
    await Promise.all(loads.map((load) => load.close()));
    if (profileFolder) say(describeProfiles(profileFolder, since));
  }
}

function describeProfiles(folder: string, since: number): string {
  return ['hub', 'partners']
    .map((name) => {
      const files = readdirSync(join(folder, name)).map((file) => join(folder, name, file));
      const shares: readonly Work[] = shareByWork(files, since);
      const lines = shares.map(
        ({ work, share }) => `  ${(share * 100).toFixed(1).padStart(5)} %  ${work}`,
      );
      return `${name} (${files.join(' ')})\n${lines.join('\n')}`;
    })
    .join('\n');
}
