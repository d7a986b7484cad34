import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { UsageError } from '../config.js';
import type { Bed } from './bed.js';
import { cores, startProcess, whenResponding, type Started } from './processes.js';

/** What serves the bench’s requests. */
export interface System {
  readonly name: string;
  /** Its name in the table. */
  readonly label: string;
  start(bed: Bed): Promise<{ readonly started: Started; readonly url: string }>;
}

/** Packages from npm that are only measured, and never a dependency. */
interface Peer {
  readonly name: string;
  readonly label: string;
  /** With their versions. */
  readonly packages: Readonly<Record<string, string>>;
  /** The program and its arguments. Relative paths are of the folder of the packages. */
  readonly command: (bed: Bed, port: number) => readonly [program: string, ...args: string[]];
}

const grafbasePackage = '@grafbase/cli-x86_64-unknown-linux-musl';

const known: readonly Peer[] = [
  {
    name: 'hive',
    label: 'Hive Gateway 2.15.1, Rust planner (MIT)',
    packages: {
      '@graphql-hive/gateway': '2.15.1',
      '@graphql-hive/router-runtime': '1.4.23',
      graphql: '16.15.0',
    },
    command: ({ supergraphFile }, port) => [
      process.execPath,
      join('node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js'),
      'supergraph',
      supergraphFile,
      '--host=127.0.0.1',
      `--port=${port}`,
      '--hive-router-runtime',
    ],
  },
  {
    name: 'grafbase',
    label: 'Grafbase 0.103.0, in Rust (MPL-2.0)',
    packages: { [grafbasePackage]: '0.103.0' },
    command(bed, port) {
      const config = join(bed.folder, 'grafbase.toml');
      writeFileSync(config, describeSubgraphs(bed));
      const program = join('node_modules', ...grafbasePackage.split('/'), 'grafbase');
      return [program, 'dev', '--config', config, '--port', String(port)];
    },
  },
];

/** Grafbase composes by itself. It gets the subgraphs instead of the supergraph. */
function describeSubgraphs({ folder, graph, subgraphUrls }: Bed): string {
  const sections = graph.subgraphs.map(({ name, sdl }) => {
    const schema = join(folder, `${name}.graphql`);
    writeFileSync(schema, sdl);
    const lines = { url: subgraphUrls[name], schema_path: schema };
    const written = Object.entries(lines).map(
      ([key, value]) => `${key} = ${JSON.stringify(value)}`,
    );
    return [`[subgraphs.${name}]`, ...written, ''].join('\n');
  });
  return sections.join('\n');
}

const startMs = 60_000;

/** Other gateways. The first start installs their packages. */
export const peers: readonly System[] = known.map((peer) => ({
  name: peer.name,
  label: peer.label,
  async start(bed) {
    const folder = install(bed.cacheFolder, peer);
    const port = await takeFreePort();
    const [program, ...args] = peer.command(bed, port);
    const started = startProcess(
      program.includes('node_modules') ? join(folder, program) : program,
      args,
      {
        core: cores.gateway,
        folder,
        environment: { LOG_LEVEL: 'error' },
      },
    );
    const url = `http://127.0.0.1:${port}/graphql`;
    await whenResponding(started, url, startMs);
    return { started, url };
  },
}));

/**
 * Installs the packages of a peer without their install scripts, unless they are there.
 * @returns their folder
 * @throws UsageError if npm cannot
 */
function install(cacheFolder: string, { name, label, packages }: Peer): string {
  const folder = join(cacheFolder, name);
  const isThere = ([id, version]: readonly [string, string]) => {
    const file = join(folder, 'node_modules', id, 'package.json');
    return existsSync(file) && readFileSync(file, 'utf8').includes(`"version": "${version}"`);
  };
  const wanted = Object.entries(packages);
  if (wanted.every(isThere)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const ids = wanted.map(([id, version]) => `${id}@${version}`);
  const flags = ['--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', ['install', ...flags, ...ids], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    env: withoutNpmSettings(),
  });
  if (status === 0) return folder;
  const reason = stderr.trim().split('\n')[0] ?? '';
  throw new UsageError(`npm cannot install ${label}. Leave out --peers. ${reason}`);
}

/** npm passes its settings for this clone, such as workspaces, to child processes. */
const withoutNpmSettings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));

function takeFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
