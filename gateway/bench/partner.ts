import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Say } from '../cli/define-command.js';
import {
  createBenchCommand,
  readBuild,
  readNames,
  runCommandLine,
  type Rounds,
} from './options.js';
import {
  layPartnerBed,
  readRecordSize,
  startPartner,
  startPlain,
  startUnrecorded,
  type Contestant,
  type PartnerBed,
  type RecordSize,
} from './partner/bed.js';
import { partnerFetches, type PartnerFetch } from './partner/fetches.js';
import { PartnerLoad } from './partner/load.js';
import { readUsage, stopProcess } from './processes.js';
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

interface Turn {
  /** CPU time of a request in microseconds. */
  readonly cpu: number;
  /** Requests a second. */
  readonly rate: number;
}

async function takeTurn(
  { contestant, load }: Running,
  fetch: PartnerFetch,
  seconds: number,
): Promise<Turn> {
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
): Promise<readonly (readonly Turn[])[]> {
  await compareResponses(fetch, running);
  for (const one of running) await takeTurn(one, fetch, seconds);
  const turns = running.map((): Turn[] => []);
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
  return turns;
}

/** The goal for the record’s share of the CPU time of a reading. */
const mostShare = 0.05;

/** A row with its indexes, and a tag of each person. */
const mostBytes = (people: number): number => 500 + 16 * people;

/** What the record costs, compared in each round with the same reads without it. */
function describeRecord(
  people: number,
  turns: { readonly recorded: readonly Turn[]; readonly unrecorded: readonly Turn[] },
  [before, after]: readonly [RecordSize, RecordSize],
): string {
  const { recorded, unrecorded } = turns;
  const share = median(recorded.map(({ cpu }, round) => 1 - (unrecorded[round]?.cpu ?? NaN) / cpu));
  const bytes = (after.bytes - before.bytes) / (after.readings - before.readings);
  if (bytes > mostBytes(people))
    throw new Error(`A reading of ${people} people takes ${bytes} bytes of the record.`);
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  return `  record     ${percent(share)} of the CPU time of a reading (goal: ${percent(mostShare)}), ${bytes.toFixed(0)} bytes a reading (at most ${mostBytes(people)})`;
}

interface PartnerBenchOptions extends Rounds {
  readonly fetch?: readonly string[];
}

async function runPartnerBench(
  { fetch, quick, rounds, seconds, connections, against }: PartnerBenchOptions,
  say: Say,
  tell: Say,
): Promise<void> {
  tell('Taking in 10,000 officers.');
  const bed = await layPartnerBed();
  const running = [
    await open(bed, 'partner', startPartner(bed), connections),
    ...(against === undefined
      ? []
      : [await open(bed, 'against', startPartner(bed, against), connections)]),
    await open(bed, 'plain', startPlain(bed), connections),
  ];
  const unrecorded = await open(bed, 'unrecorded', startUnrecorded(bed), connections);
  say(
    `Node ${process.version}, ${availableParallelism()} cores, ${connections} requests at a time`,
  );
  const turns = { rounds: rounds ?? (quick ? 3 : 7), seconds: seconds ?? (quick ? 1 : 2) };
  for (const one of partnerFetches)
    if (fetch?.includes(one.name) ?? true) {
      const [recorded, ...others] = running;
      if (!one.people || !recorded) await measure(one, running, turns, say);
      else {
        const before = await readRecordSize(bed);
        const measured = await measure(one, [recorded, unrecorded, ...others], turns, say);
        const [own = [], without = []] = measured;
        const sizes = [before, await readRecordSize(bed)] as const;
        say(describeRecord(one.people, { recorded: own, unrecorded: without }, sizes));
      }
    }
  for (const { contestant, load } of [...running, unrecorded]) {
    await load.close();
    await stopProcess(contestant);
  }
}

const fetches = partnerFetches.map(({ name }) => name);

/** `npm run bench:partner` */
export const main = (argv: readonly string[], tell: Say): Promise<number> =>
  runCommandLine(argv, tell, (words, say) =>
    createBenchCommand('npm run bench:partner --', say)
      .option('--fetch <names>', `of ${fetches.join(', ')} (default: all)`, readNames(fetches))
      .option(
        '--against <folder>',
        'another clone’s partner, built, beside this one',
        readBuild(join('subgraphs', 'national-police', 'dist', 'main.js')),
      )
      .action((options: PartnerBenchOptions) => runPartnerBench(options, say, tell))
      .parseAsync([...words], { from: 'user' }),
  );
