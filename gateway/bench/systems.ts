import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workerFlags } from '../process/workers/worker-flags.js';
import type { BenchGraph } from './graph.js';
import { ensurePeer } from './peers.js';
import {
  cores,
  startProcess,
  takeFreePort,
  whenReady,
  whenResponding,
  type Started,
} from './processes.js';

/** What all systems run over. */
export interface Bed {
  readonly graph: BenchGraph;
  readonly graphFolder: string;
  /** The folder with the network, the keys and the supergraph of this run. */
  readonly folder: string;
  readonly cacheFolder: string;
  readonly supergraphFile: string;
  /** The URLs of the subgraphs, by name. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly tell: (line: string) => void;
}

/** A system that serves the bench’s requests. */
export interface System {
  readonly name: string;
  /** Its name in the table. */
  readonly label: string;
  /** The compression that its clients accept. @default none */
  readonly acceptEncoding?: string;
  start(bed: Bed): Promise<{ readonly started: Started; readonly url: string }>;
}

/** The hub, whose clients accept this compression. */
export const compressedHub = (encoding: string): System => ({
  ...hubSystem(),
  name: `hub+${encoding}`,
  label: `the hub, ${encoding}`,
  acceptEncoding: encoding,
});

const here = dirname(fileURLToPath(import.meta.url));
const startMs = 60_000;

function own(name: string, label: string, script: string, argsOf: (bed: Bed) => string[]): System {
  return {
    name,
    label,
    async start(bed) {
      const started = startProcess(
        process.execPath,
        [join(here, 'servers', script), ...argsOf(bed)],
        { core: cores.gateway },
      );
      const { url = '' } = await whenReady(started);
      return { started, url };
    },
  };
}

/** The hub with all its guarantees, or without some; of this build, or of another `dist`. */
export function hubSystem(without: readonly string[] = [], dist?: string): System {
  const name = `hub${dist ? `@${dist}` : ''}${without.map((one) => `-${one}`).join('')}`;
  const label = dist
    ? `the hub of ${dist}`
    : without.length > 0
      ? `the hub without ${without.join(', ')}`
      : 'the hub';
  // Not in `servers/`: an older build has it here too.
  const script = join(dist ? resolve(dist, 'bench') : here, 'serve-hub.js');
  return {
    name,
    label,
    async start({ folder, supergraphFile }) {
      const started = startProcess(
        process.execPath,
        [...workerFlags, script, folder, supergraphFile, ...without],
        { core: cores.gateway },
      );
      const { url = '' } = await whenReady(started);
      return { started, url };
    },
  };
}

function hive(name: string, label: string, ...flags: string[]): System {
  return {
    name,
    label,
    async start({ cacheFolder, folder, supergraphFile, tell }) {
      const peer = ensurePeer(cacheFolder, 'hive', tell);
      const port = await takeFreePort();
      const url = `http://127.0.0.1:${port}/graphql`;
      const script = join(peer, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
      const args = ['supergraph', supergraphFile, '--host', '127.0.0.1', '--port', String(port)];
      const started = startProcess(process.execPath, [script, ...args, ...flags], {
        core: cores.gateway,
        folder,
        environment: { LOG_LEVEL: 'error' },
      });
      await whenResponding(started, url, startMs);
      return { started, url };
    },
  };
}

/** Grafbase composes by itself: it gets the subgraphs instead of the supergraph. */
const grafbase: System = {
  name: 'grafbase',
  label: 'Grafbase 0.103 (Rust)',
  async start({ cacheFolder, folder, graphFolder, graph, subgraphUrls, tell }) {
    const peer = ensurePeer(cacheFolder, 'grafbase', tell);
    const port = await takeFreePort();
    const sections = graph.subgraphs.map(
      ({ name }) =>
        `[subgraphs.${name}]\nurl = ${JSON.stringify(subgraphUrls[name])}\nschema_path = ${JSON.stringify(join(graphFolder, `${name}.graphql`))}\n`,
    );
    const home = join(folder, 'grafbase');
    mkdirSync(home, { recursive: true });
    const config = join(home, 'grafbase.toml');
    writeFileSync(config, sections.join('\n'));
    const binary = join(
      peer,
      'node_modules',
      '@grafbase',
      'cli-x86_64-unknown-linux-musl',
      'grafbase',
    );
    const started = startProcess(binary, ['dev', '--config', config, '--port', String(port)], {
      core: cores.gateway,
      folder: home,
    });
    const url = `http://127.0.0.1:${port}/graphql`;
    await whenResponding(started, url, startMs);
    return { started, url };
  },
};

/** The others are compared with plain Apollo. */
export const baseline = 'plain';

export const systems: readonly System[] = [
  hubSystem(),
  own(baseline, 'plain @apollo/gateway + @apollo/server', 'serve-plain.js', (bed) => [
    bed.supergraphFile,
  ]),
  hive('hive', 'Hive Gateway 2.15'),
  hive('hive-rust', 'Hive Gateway 2.15, Rust planner', '--hive-router-runtime'),
  grafbase,
  own('graphql-js', 'floor: graphql-js, all data in memory', 'serve-floor.js', (bed) => [
    'graphql-js',
    bed.graphFolder,
    bed.supergraphFile,
  ]),
  own('relay', 'floor: node http and undici, calls alone', 'serve-relay.js', (bed) => [
    'relay',
    bed.graphFolder,
    bed.supergraphFile,
  ]),
  own('bare', 'floor: node http, answers ready', 'serve-floor.js', (bed) => [
    'bare',
    bed.graphFolder,
    bed.supergraphFile,
  ]),
];
