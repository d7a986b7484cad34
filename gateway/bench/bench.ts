import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { UsageError } from '../config.js';
import { layBed, type TokenBed } from './bed.js';
import { readGraph, readRequests, type BenchRequest } from './graph.js';
import type { LoadOrder } from './load.js';
import type { BenchOptions } from './options.js';
import { PeerError } from './peers.js';
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
import { orderProfile, summariseProfile } from './profile.js';
import { baseline, compressedHub, hubSystem, systems, type Bed, type System } from './systems.js';
import { formatPairs, formatTable, summarise, type LoadResult, type Turn } from './table.js';

const here = dirname(fileURLToPath(import.meta.url));

interface Running {
  readonly system: System;
  readonly started: Started;
  readonly url: string;
}

function chooseSystems({ only, without, encodings, against }: BenchOptions): System[] {
  const known = new Set(systems.map(({ name }) => name));
  const unknown = only?.find((name) => !known.has(name));
  if (unknown)
    throw new UsageError(`Unknown system ${unknown}. Known are: ${[...known].join(', ')}.`);
  return [
    ...systems.filter(({ name }) => !only || only.includes(name)),
    ...without.map((guarantee) => hubSystem([guarantee])),
    ...encodings.map(compressedHub),
    ...(against ? [hubSystem([], against)] : []),
  ];
}

async function startSystems(chosen: readonly System[], bed: Bed): Promise<Running[]> {
  const running: Running[] = [];
  for (const system of chosen) {
    try {
      running.push({ system, ...(await system.start(bed)) });
    } catch (error) {
      if (system.name.startsWith('hub')) throw error;
      // A peer that is unavailable here does not stop the others.
      bed.tell(
        error instanceof PeerError
          ? error.message
          : `${system.label} is left out: ${error instanceof Error ? error.message : ''}`,
      );
    }
  }
  return running;
}

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
        throw new Error(`${one.system.label} answers otherwise: ${text.slice(0, 400)}`);
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

/** The hubs to be profiled, and the files of their profiles. */
function profilesOf(
  shape: string,
  running: readonly Running[],
  { cacheFolder }: Bed,
  { isProfiled }: BenchOptions,
): { readonly started: Started; readonly file: string }[] {
  const hubs = running.filter(({ system }) => isProfiled && system.name.startsWith('hub'));
  return hubs.map(({ started }, index) => ({
    started,
    file: join(cacheFolder, `${shape}-${index + 1}.cpuprofile`),
  }));
}

async function measureShape(
  shape: string,
  running: readonly Running[],
  load: Started,
  bed: TokenBed,
  options: BenchOptions,
): Promise<Turn[]> {
  const { rounds, seconds, warmUpSeconds, connections } = options;
  const different = readRequests(bed.graphFolder, bed.graph, shape);
  const requests = options.isSame ? different.slice(0, 1) : different;
  const bytes = await compareResponses(running, requests, bed.token);
  bed.tell(
    `${shape}: different requests: ${requests.length}, all responses equal, ${(bytes / 1_024).toFixed(1)} KB`,
  );
  const requestsFile = join(bed.folder, `${shape}.json`);
  writeFileSync(requestsFile, JSON.stringify(requests));
  for (const { started } of running) forgetPeak(started.child.pid);
  const turns: Turn[] = [];
  const profiles = profilesOf(shape, running, bed, options);
  for (let round = 0; round <= rounds; round += 1) {
    if (round === 1)
      for (const { started } of profiles) await orderProfile(started, { profile: 'begin' });
    for (const { system, started, url } of turned(running, round)) {
      const before = readUsage(started.child.pid);
      const result = await makeTurn(load, {
        url,
        token: bed.token,
        requestsFile,
        seconds: round === 0 ? warmUpSeconds : seconds,
        connections,
        acceptEncoding: system.acceptEncoding,
      });
      const after = readUsage(started.child.pid);
      if (result.failures > 0)
        throw new Error(`${system.label}: ${result.failures} requests failed.`);
      if (round === 0) continue;
      const cpuMs = before && after && after.cpuMs - before.cpuMs;
      turns.push({
        shape,
        system: system.name,
        round,
        ...result,
        cpuMs,
        peakBytes: after?.peakBytes,
      });
    }
  }
  for (const { started, file } of profiles) await orderProfile(started, { profile: 'end', file });
  return turns;
}

/** Measures, and prints tables or JSON. */
export async function runBench(
  options: BenchOptions,
  say: (text: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  const known = Object.keys(readGraph(options.graphFolder).settings.operations);
  const shapes = options.shapes ?? known;
  const unknown = shapes.find((shape) => !known.includes(shape));
  if (unknown) throw new UsageError(`Unknown shape ${unknown}. Known are: ${known.join(', ')}.`);
  const chosen = chooseSystems(options);
  const processes: Started[] = [];
  const begin = (script: string, ...args: string[]) => {
    const started = startProcess(process.execPath, [join(here, script), ...args], {
      core: cores.others,
    });
    processes.push(started);
    return started;
  };
  try {
    const subgraphUrls = await whenReady(begin('servers/serve-subgraphs.js', options.graphFolder));
    const load = begin('load.js');
    await whenReady(load);
    const bed = await layBed(options, subgraphUrls, tell);
    const running = await startSystems(chosen, bed);
    processes.unshift(...running.map(({ started }) => started));
    const labels = new Map(running.map(({ system: { name, label } }) => [name, label]));
    const base = labels.has(baseline) ? baseline : (running[0]?.system.name ?? '');
    if (!options.isJson) say(describeMachine(options));
    const all: Turn[] = [];
    for (const shape of shapes) {
      const turns = await measureShape(shape, running, load, bed, options);
      all.push(...turns);
      if (options.isJson) continue;
      say(`\n${shape}\n${formatTable(summarise(turns, labels, base))}`);
      if (base !== baseline) say(`\n${formatPairs(turns, labels, base)}`);
      for (const { file } of profilesOf(shape, running, bed, options)) {
        say(`\n${file}\n${summariseProfile(file)}`);
      }
    }
    if (options.isJson) say(JSON.stringify(all, null, 2));
  } finally {
    await Promise.all(processes.map(stopProcess));
  }
}

function describeMachine({ rounds, seconds, connections }: BenchOptions): string {
  const [cpu] = cpus();
  const where = arePinned ? 'the gateway on one core, partners and load on another' : 'not pinned';
  return `${new Date().toISOString().slice(0, 10)}, ${cpu?.model.trim() ?? ''}, ${availableParallelism()} cores (${where}), Node ${process.version}; ${rounds} rounds of ${seconds} s, ${connections} connections`;
}
