import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { Say } from '../cli/define-command.js';
import { workerFlags } from '../process/workers/worker-flags.js';
import { layBed, type Bed } from './bed.js';
import { readGraph, readRequests, type BenchRequest } from './graph.js';
import type { LoadOrder } from './load.js';
import {
  createBenchCommand,
  readBuild,
  readNames,
  runCommandLine,
  type Rounds,
} from './options.js';
import { peers, type System } from './peers.js';
import {
  arePinned,
  cores,
  forgetPeak,
  readUsage,
  startProcess,
  stopProcess,
  whenReady,
  type Started,
} from './processes.js';
import { formatPairs, formatTable, summarise, type LoadResult, type Turn } from './table.js';

const here = dirname(fileURLToPath(import.meta.url));

/** The sizes of responses. */
const shapes = Object.keys(readGraph().settings.operations);

/** The guarantees that can be left out of the hub, to measure their cost. */
const guarantees = ['identity', 'signatures', 'rate', 'limits', 'metrics', 'contracts'] as const;

interface BenchOptions extends Rounds {
  readonly shape?: readonly string[];
  readonly without?: readonly string[];
  readonly peers?: true;
}

interface Running extends System {
  readonly started: Started;
  readonly url: string;
}

/** A system in Node, without a package of its own. */
const ownSystem = (
  name: string,
  label: string,
  script: string,
  argsOf: (bed: Bed) => readonly string[],
  flags: readonly string[] = [],
): System => ({
  name,
  label,
  async start(bed) {
    const args = [...flags, script, ...argsOf(bed)];
    const started = startProcess(process.execPath, args, { core: cores.gateway });
    const { url = '' } = await whenReady(started);
    return { started, url };
  },
});

/** The hub with all its guarantees, or without one; of this build, or of another `dist`. */
const hubSystem = (label: string, without: readonly string[] = [], dist?: string): System =>
  ownSystem(
    label,
    label,
    // Not in `servers/`: an older build has it here too.
    join(dist === undefined ? here : resolve(dist, 'bench'), 'serve-hub.js'),
    ({ folder, supergraphFile }) => [folder, supergraphFile, ...without],
    workerFlags,
  );

const baseline = ownSystem(
  'plain',
  'plain @apollo/gateway + @apollo/server',
  join(here, 'servers', 'serve-plain.js'),
  ({ supergraphFile }) => [supergraphFile],
);

/** What a gateway in Node takes at least that makes the same calls, and parses their responses or copies them. */
const floors = ['parsed', 'copied'].map((floor) =>
  ownSystem(
    `floor ${floor}`,
    `floor: the same calls, ${floor}`,
    join(here, 'servers', 'serve-floor.js'),
    ({ supergraphFile }) => [supergraphFile, floor],
  ),
);

const chooseSystems = ({
  without = [],
  against,
  peers: isWithPeers,
}: BenchOptions): readonly System[] => [
  hubSystem('the hub'),
  baseline,
  ...floors,
  ...(isWithPeers ? peers : []),
  ...without.map((guarantee) => hubSystem(`the hub without ${guarantee}`, [guarantee])),
  ...(against === undefined ? [] : [hubSystem(`the hub of ${against}`, [], against)]),
];

async function ask({ url }: Running, request: BenchRequest, token: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(request),
  });
  return response.text();
}

/**
 * Sends every system the same requests before measuring. Systems with different responses are not
 * comparable.
 */
async function compareResponses(
  running: readonly Running[],
  requests: readonly BenchRequest[],
  token: string,
): Promise<number> {
  let bytes = 0;
  for (const request of requests) {
    let expected: unknown;
    for (const one of running) {
      const text = await ask(one, request, token);
      const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
      expected ??= data;
      if (!data || errors || !isDeepStrictEqual(data, expected))
        throw new Error(`${one.label} answers otherwise: ${text.slice(0, 400)}`);
      bytes = JSON.stringify({ data }).length;
    }
  }
  return bytes;
}

function makeTurn({ child, printed }: Started, order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`The load ended: ${printed()}`));
    child.once('exit', fail);
    child.once('message', (message) => {
      child.off('exit', fail);
      resolve(message as LoadResult);
    });
    child.send(order);
  });
}

/** Each round starts with another system, so that the order does not matter. */
const turned = <Item>(items: readonly Item[], by: number): Item[] => [
  ...items.slice(by % items.length),
  ...items.slice(0, by % items.length),
];

async function measureShape(
  shape: string,
  running: readonly Running[],
  load: Started,
  bed: Bed,
  options: BenchOptions,
  tell: Say,
): Promise<Turn[]> {
  const { rounds, seconds, warmUpSeconds } = turnsOf(options);
  const requests = readRequests(bed.graph, shape);
  const bytes = await compareResponses(running, requests, bed.token);
  tell(
    `${shape}: different requests: ${requests.length}, all responses equal, ${(bytes / 1_024).toFixed(1)} KB`,
  );
  const requestsFile = join(bed.folder, `${shape}.json`);
  writeFileSync(requestsFile, JSON.stringify(requests));
  for (const { started } of running) forgetPeak(started.child.pid);
  const turns: Turn[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, label, started, url } of turned(running, round)) {
      const before = readUsage(started.child.pid);
      const result = await makeTurn(load, {
        url,
        token: bed.token,
        requestsFile,
        seconds: round === 0 ? warmUpSeconds : seconds,
        connections: options.connections,
      });
      const after = readUsage(started.child.pid);
      if (result.failures > 0) throw new Error(`${label}: ${result.failures} requests failed.`);
      if (round === 0) continue;
      const cpuMs = before && after && after.cpuMs - before.cpuMs;
      turns.push({
        shape,
        system: name,
        round,
        ...result,
        cpuMs,
        peakBytes: after?.peakBytes,
      });
    }
  }
  return turns;
}

const turnsOf = ({ quick, rounds, seconds }: BenchOptions) => ({
  rounds: rounds ?? (quick ? 3 : 5),
  seconds: seconds ?? (quick ? 1 : 5),
  warmUpSeconds: quick ? 2 : 3,
});

/** Measures, and prints tables. */
async function runBench(options: BenchOptions, say: Say, tell: Say): Promise<void> {
  const processes: Started[] = [];
  const begin = (script: string) => {
    const started = startProcess(process.execPath, [join(here, script)], { core: cores.others });
    processes.push(started);
    return started;
  };
  try {
    const subgraphUrls = await whenReady(begin('servers/serve-subgraphs.js'));
    const load = begin('load.js');
    await whenReady(load);
    const bed = await layBed(subgraphUrls);
    const running: Running[] = [];
    for (const system of chooseSystems(options)) {
      const one = { ...system, ...(await system.start(bed)) };
      processes.unshift(one.started);
      running.push(one);
    }
    const labels = new Map(running.map(({ name, label }) => [name, label]));
    say(describeMachine(options));
    for (const shape of options.shape ?? shapes) {
      const turns = await measureShape(shape, running, load, bed, options, tell);
      say(`\n${shape}\n${formatTable(summarise(turns, labels, baseline.name))}`);
      const [hub = ''] = labels.keys();
      const hubs = new Map([...labels].filter(([name]) => name !== baseline.name));
      if (hubs.size > 1) say(`\n${formatPairs(turns, hubs, hub)}`);
    }
  } finally {
    await Promise.all(processes.map(stopProcess));
  }
}

function describeMachine(options: BenchOptions): string {
  const { rounds, seconds } = turnsOf(options);
  const [cpu] = cpus();
  const where = arePinned ? 'the gateway on one core, partners and load on another' : 'not pinned';
  return `${new Date().toISOString().slice(0, 10)}, ${cpu?.model.trim() ?? ''}, ${availableParallelism()} cores (${where}), Node ${process.version}; ${rounds} rounds of ${seconds} s, ${options.connections} connections`;
}

/** `npm run bench` */
export const main = (argv: readonly string[], tell: Say): Promise<number> =>
  runCommandLine(argv, tell, (words, say) =>
    createBenchCommand('npm run bench --', say)
      .option('--shape <names>', `of ${shapes.join(', ')} (default: all)`, readNames(shapes))
      .option(
        '--without <names>',
        `the hub without these guarantees too, each in turn: ${guarantees.join(', ')}`,
        readNames(guarantees),
      )
      .option('--peers', 'Hive Gateway and Grafbase too; the first time, npm installs 0.6 GB')
      .option(
        '--against <dist>',
        'another build of the hub beside this one',
        readBuild(join('bench', 'serve-hub.js')),
      )
      .action((options: BenchOptions) => runBench(options, say, tell))
      .parseAsync([...words], { from: 'user' }),
  );
