import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
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

/** Builds the pages again when their sources change, one build after the other, until it is closed. */
export function watchPages({ tell, folder = explorer, build = runBuild }: WatchPagesOptions): {
  close(): void;
} {
  let timer: NodeJS.Timeout | undefined;
  let building: Promise<void> = Promise.resolve();
  const buildAgain = async () => {
    tell('dev: building the pages');
    const isBuilt = await build();
    tell(isBuilt ? 'dev: the pages are ready, reload them' : 'dev: the pages cannot be built');
  };
  const buildSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (building = building.then(buildAgain)), pauseMs);
  };
  const watchers = sources
    .map((source) => join(folder, source))
    .filter(existsSync)
    .map((path) => watch(path, { recursive: true }, buildSoon));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
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
  const pages = watchPages({ tell });
  try {
    await runCompiler(network.stop, tell, () => inTurn(restartChanged));
  } finally {
    clearTimeout(timer);
    for (const watcher of [...watchers, pages]) watcher.close();
  }
}

/**
 * Runs the TypeScript compiler in watch mode. Calls `onCompiled` after each build without errors.
 */
async function runCompiler(
  stop: AbortSignal,
  tell: (line: string) => void,
  onCompiled: () => Promise<void>,
): Promise<void> {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const args = [compiler, '-b', '--watch', '--preserveWatchOutput', 'gateway', 'subgraphs'];
  const child = spawn(process.execPath, args, { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => void child.kill('SIGTERM');
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) end();
  let isFirst = true;
  for await (const line of createInterface(child.stdout)) {
    const [, errors] = /Found (\d+) errors?\. Watching/.exec(line) ?? [];
    if (errors === '0') {
      // The first build does nothing, because the set-up has already compiled everything.
      if (isFirst) tell('dev: watching for changes. Press Ctrl-C to stop.');
      else void onCompiled();
      isFirst = false;
    } else if (errors !== undefined) {
      tell(`dev: ${errors} ${errors === '1' ? 'error' : 'errors'}. Nothing is restarted.`);
      isFirst = false;
    } else if (/\berror TS\d+/.test(line)) tell(line);
  }
  if (!stop.aborted) throw new StartError('The compiler ended unexpectedly.');
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
