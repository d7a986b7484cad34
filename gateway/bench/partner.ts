import { mkdtempSync, readdirSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../config.js';
import { runNetworkBench } from './network.js';
import { measureDashboards } from './network/measure-dashboards.js';
import {
  layPartnerBed,
  startPartner,
  startPlain,
  type Contestant,
  type PartnerBed,
  type PartnerVariant,
} from './partner/bed.js';
import type { PartnerFetch } from './partner/fetches.js';
import { PartnerLoad } from './partner/load.js';
import { readPartnerOptions, usage, type PartnerBenchOptions } from './partner/options.js';
import { readUsage, stopProcess } from './processes.js';
import { summariseProfile } from './profile.js';
import { median } from './table.js';

interface Running {
  readonly label: string;
  readonly contestant: Contestant;
  readonly load: PartnerLoad;
}

async function open(
  bed: PartnerBed,
  label: string,
  contestant: Promise<Contestant>,
  connections: number,
): Promise<Running> {
  const started = await contestant;
  return { label, contestant: started, load: new PartnerLoad(bed, started.url, connections) };
}

/** Throws unless all return the same responses, for some variables of each fetch. */
async function compareResponses(fetch: PartnerFetch, running: readonly Running[]): Promise<void> {
  for (const index of [0, 1, 17]) {
    const [first, ...others] = await Promise.all(
      running.map(
        async ({ load }) => JSON.parse((await load.ask(fetch, index)) || 'null') as unknown,
      ),
    );
    const text = JSON.stringify(first);
    if (!text.includes('"data"') || text.includes('"errors"'))
      throw new Error(`${fetch.name}: ${text.slice(0, 500)}`);
    for (const other of others) {
      if (JSON.stringify(other) === text) continue;
      throw new Error(
        `${fetch.name}: ${text.slice(0, 500)}\nis not ${JSON.stringify(other).slice(0, 500)}`,
      );
    }
  }
}

/** CPU time of a request in microseconds, and requests a second. */
async function takeTurn({ contestant, load }: Running, fetch: PartnerFetch, seconds: number) {
  const { pid } = contestant.child;
  const before = readUsage(pid)?.cpuMs ?? NaN;
  const started = performance.now();
  const requests = await load.run(fetch, seconds);
  const cpuMs = (readUsage(pid)?.cpuMs ?? NaN) - before;
  return {
    cpu: (cpuMs * 1_000) / requests,
    rate: (requests * 1_000) / (performance.now() - started),
  };
}

async function measure(
  fetch: PartnerFetch,
  running: readonly Running[],
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  say: (line: string) => void,
): Promise<void> {
  await compareResponses(fetch, running);
  for (const one of running) await takeTurn(one, fetch, seconds);
  const turns = running.map((): { cpu: number; rate: number }[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, one] of running.entries()) {
      turns[place]?.push(await takeTurn(one, fetch, seconds));
    }
  }
  const plain = turns.at(-1) ?? [];
  say(`\n${fetch.name}: ${fetch.about}`);
  for (const [place, { label }] of running.entries()) {
    const own = turns[place] ?? [];
    const ratio = median(own.map(({ cpu }, round) => cpu / (plain[round]?.cpu ?? NaN)));
    const cpu = median(own.map((turn) => turn.cpu));
    const rate = median(own.map((turn) => turn.rate));
    say(
      `  ${label.padEnd(10)} ${cpu.toFixed(0).padStart(6)} µs CPU a request  ${ratio.toFixed(2).padStart(5)} × plain  ${rate.toFixed(0).padStart(6)} requests/s`,
    );
  }
}

/** `npm run bench:partner` */
export async function main(argv: readonly string[], tell: (line: string) => void): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (argv.includes('--help')) {
    say(usage);
    return 0;
  }
  process.setMaxListeners(0);
  try {
    const options = readPartnerOptions(argv);
    const { operations } = options;
    if (options.isOfDashboards) await measureDashboards(options, say, tell);
    else if (operations) await runNetworkBench({ ...options, operations }, say, tell);
    else await runPartnerBench(options, say, tell);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    tell(error.message);
    return 2;
  }
}

async function runPartnerBench(
  options: PartnerBenchOptions,
  say: (line: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const { fetches, connections, against, threads, isProfiled } = options;
  tell('Taking in 10,000 officers.');
  const bed = await layPartnerBed();
  const profileFolder = isProfiled ? mkdtempSync(join(tmpdir(), 'hub-profile-')) : undefined;
  const start = (label: string, variant: PartnerVariant) =>
    open(bed, label, startPartner(bed, variant), connections);
  const running = [
    await start('partner', { threads, profileFolder }),
    ...(against ? [await start('against', { dist: against })] : []),
    await open(bed, 'plain', startPlain(bed), connections),
  ];
  say(
    `Node ${process.version}, ${availableParallelism()} cores, ${connections} requests at a time`,
  );
  for (const fetch of fetches) await measure(fetch, running, options, say);
  for (const { contestant, load } of running) {
    await load.close();
    await stopProcess(contestant);
  }
  for (const file of profileFolder ? readdirSync(profileFolder) : []) {
    say(`\n${summariseProfile(join(profileFolder ?? '', file))}`);
  }
}
