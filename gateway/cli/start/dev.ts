import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageFolder } from '../../registry/package-folder.js';
import { StartError } from './child.js';
import type { RunningNetwork } from './start.js';

const explorer = join(packageFolder, 'explorer');

/** The sources of the pages. What the build itself writes is in other folders. */
const sources = ['frame', 'graph', 'pages', 'parts', 'styles', 'words'];

/** An editor writes several files at once. */
const pauseMs = 200;

/** Returns whether the pages could be built. */
type Build = () => Promise<boolean>;

const runBuild: Build = () =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(explorer, 'build.mjs')], { stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });

interface WatchPagesOptions {
  readonly tell: (line: string) => void;
  readonly folder?: string;
  readonly build?: Build;
}

/** Does the work again when such a file changes, once after the other, until it is closed. */
function workOnChange(
  folders: readonly { readonly path: string; readonly recursive: boolean }[],
  concerns: RegExp,
  work: () => Promise<void>,
): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const workSoon = (_event: string, file: string | null) => {
    if (file !== null && !concerns.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => (last = last.then(work)), pauseMs);
  };
  const watchers = folders.map(({ path, recursive }) => watch(path, { recursive }, workSoon));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Builds the pages again when their sources change. */
export function watchPages({ tell, folder = explorer, build = runBuild }: WatchPagesOptions): {
  close(): void;
} {
  const folders = sources
    .map((source) => ({ path: join(folder, source), recursive: true }))
    .filter(({ path }) => existsSync(path));
  return workOnChange(folders, /./, async () => {
    tell('dev: building the pages');
    const isBuilt = await build();
    tell(isBuilt ? 'dev: the pages are ready, reload them' : 'dev: the pages cannot be built');
  });
}

const clone = dirname(packageFolder);

/** Files besides its code that the hub reads at its start. */
const readByHub = ['network.json', 'contracts', 'plugins/exports/documents'];

/**
 * Watches the sources, and restarts the parts of the network whose compiled code has changed. Ends
 * with the network.
 * @param print prints a line
 */
export async function develop(
  network: RunningNetwork,
  tell: (line: string) => void,
): Promise<void> {
  let known = readCode(network.folders);
  let turn: Promise<void> = Promise.resolve();
  /** One after the other: changes during a restart are checked afterwards. */
  const inTurn = (work: () => Promise<void>) => {
    turn = turn.then(work).catch((error: unknown) => {
      if (!(error instanceof StartError)) throw error;
      tell(`dev: ${error.message} Change a file to start it again.`);
    });
    return turn;
  };
  const restartChanged = async () => {
    const code = readCode(network.folders);
    const parts = [...code.keys()].filter((part) => code.get(part) !== known.get(part));
    known = code;
    for (const part of parts) {
      const name = part === 'hub' ? 'the hub' : part;
      tell(`dev: restarting ${name}`);
      await network.restart(part);
      tell(`dev: ${name} is ready`);
    }
    if (parts.length === 0) tell('dev: compiled, nothing to restart');
  };
  let timer: NodeJS.Timeout | undefined;
  const reloadSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      tell('dev: reloading the hub’s network file and contracts');
      network.reload();
    }, 200);
  };
  const { signal } = new AbortController();
  const watchers = readByHub.map((path) =>
    watch(join(packageFolder, path), { signal }, reloadSoon),
  );
  // The compiler's own watch mode looks at what it finds for most of a minute before it sees a change.
  const code = workOnChange(listSources(), /\.ts$/, async () => {
    const isCompiled = await compile(tell);
    if (isCompiled && !network.stop.aborted) void inTurn(restartChanged);
  });
  const pages = watchPages({ tell });
  tell('dev: watching for changes. Press Ctrl-C to stop.');
  try {
    if (!network.stop.aborted) await once(network.stop, 'abort');
  } finally {
    clearTimeout(timer);
    for (const watcher of [...watchers, code, pages]) watcher.close();
  }
}

/** What is compiled to serve: the folder of each package, and those in it. */
function listSources(): { path: string; recursive: boolean }[] {
  const inside = (folder: string) =>
    readdirSync(join(clone, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(dist|node_modules|explorer)$/.test(entry.name))
      .map(({ name }) => join(folder, name));
  const packages = ['gateway', 'shared', ...inside('subgraphs')];
  return [
    ...packages.map((folder) => ({ path: join(clone, folder), recursive: false })),
    ...packages.flatMap(inside).map((folder) => ({ path: join(clone, folder), recursive: true })),
  ];
}

/** Compiles what has changed, and prints each error. Returns whether it could. */
async function compile(tell: (line: string) => void): Promise<boolean> {
  const compiler = join(clone, 'node_modules', 'typescript-native', 'bin', 'tsc');
  const args = [compiler, '-b', '--pretty', 'false', 'gateway', 'subgraphs'];
  const child = spawn(process.execPath, args, { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let errors = 0;
  for await (const line of createInterface(child.stdout)) {
    if (!/\berror TS\d+/.test(line)) continue;
    errors += 1;
    tell(line);
  }
  const [code] = (await ended) as [number | null];
  if (code === 0) return true;
  const fault = errors === 0 ? 'The compiler failed' : `${errors} error${errors === 1 ? '' : 's'}`;
  tell(`dev: ${fault}. Nothing is restarted.`);
  return false;
}

/** A hash of the code of the hub, and of each folder of partners. */
function readCode(folders: readonly string[]): ReadonlyMap<string, string> {
  const ofPartner = (folder: string) => hashCode(clone, ['subgraphs', join('subgraphs', folder)]);
  return new Map([
    ...folders.map((folder) => [folder, ofPartner(folder)] as const),
    ['hub', hashCode(clone, ['gateway'])],
  ]);
}

/** Commands, benchmarks and tests are compiled with the servers but do not belong to them. */
const notServed = /(^|[\\/])(testing[\\/]|test-)|^(cli|bench)[\\/]|\.test\.js$/;

/** What compiled code imports or starts: `'./fold.js'`, `'@hub/shared/graphql'`. */
const imported = /'(\.{1,2}\/[^'\n]+\.js|@hub\/shared\/[a-z-]+)'/g;

/**
 * A hash of compiled code that changes when a server with it has to be restarted.
 * @param folders all their code counts. Of the kit, what it imports counts.
 */
export function hashCode(clone: string, folders: readonly string[]): string {
  const files = new Set(folders.flatMap((folder) => listFiles(join(clone, folder, 'dist'))));
  const kit = join(clone, 'shared', 'dist');
  const hash = createHash('sha256');
  // Files that are added meanwhile are visited too.
  for (const file of files) {
    const code = readFileSync(file, 'utf8');
    hash.update(file.slice(clone.length)).update(code);
    for (const [, target = ''] of code.matchAll(imported)) {
      const path = target.startsWith('.')
        ? join(dirname(file), target)
        : join(kit, target.slice('@hub/shared/'.length), 'index.js');
      if (path.startsWith(kit) && existsSync(path)) files.add(path);
    }
  }
  return hash.digest('hex');
}

const listFiles = (dist: string): string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js') && !notServed.test(name))
    .toSorted()
    .map((name) => join(dist, name));
