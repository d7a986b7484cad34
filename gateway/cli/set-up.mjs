// Plain JavaScript with Node’s own modules only: this runs on a fresh clone, before anything is
// installed or built.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { holdLock } from './hold-lock.mjs';

const oldestNode = [20, 19];

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The native compiler takes a third of the CPU of the one in JavaScript, which tools of the tests still need. */
export const compiler = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc');

const stampFile = join(root, 'node_modules', '.hub-installed');
const lockFile = join(root, 'package-lock.json');
/** Is there until packages that were installed have been compiled. npm empties its own folder. */
const compilingFile = join(root, '.data', 'compiling');

/** A failed step. Its own output has already been shown. */
export class SetUpError extends Error {
  /** @param {number} [exitCode] 2 for an invalid command line */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Progress goes to standard error, so that the output of a command can be piped. */
export function tell(line) {
  process.stderr.write(`${line}\n`);
}

/** @throws SetUpError */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetUpError(
    `Node ${oldestNode.join('.')} or newer is required. This is ${process.versions.node}. ` +
      'See https://nodejs.org for a newer one.',
  );
}

/** Node opens many modules at once when it loads them. `shared/system/open-files.ts` says the same. */
const fewestOpenFiles = 1_024;

function checkOpenFiles() {
  const limit = process.report.getReport().userLimits?.open_files.soft;
  if (typeof limit !== 'number' || limit >= fewestOpenFiles) return;
  throw new SetUpError(
    `This process may open ${limit} files, and needs at least ${fewestOpenFiles}. ` +
      'Raise the limit: ulimit -n 16384.',
  );
}

/**
 * npm passes its own options to scripts in the environment. The npm that we run must not inherit
 * them.
 */
function readEnvironment() {
  const inherited = /^npm_config_(workspaces?|include_workspace_root|omit|loglevel|local_prefix)$/i;
  const kept = Object.entries(process.env).filter(([key]) => !inherited.test(key));
  // node-gyp reads `JOBS`. Without it, it compiles on one core. For SQLite, which one core compiles, its own -O3 takes a
  // minute longer than -O1: single statements took the same CPU, sums over whole tables a quarter more. Who has a
  // prebuilt driver or sets `CFLAGS` is not concerned.
  return { JOBS: 'max', CFLAGS: '-O1', ...Object.fromEntries(kept) };
}

/** Runs a program and returns its exit code. Every ten seconds, prints that it is still running. */
export function run(program, args, { label, cwd = root, quiet = false, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const started = Date.now();
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 2, 2] : 'inherit',
      shell: process.platform === 'win32' && program === 'npm',
    });
    const beat = setInterval(() => {
      if (label) tell(`  … ${label}, ${Math.round((Date.now() - started) / 1000)} s`);
    }, 10_000);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearInterval(beat);
      resolve(code === null ? 1 : code);
    });
  });
}

/** Runs npm: the one that runs this script, if there is one. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm && /\.c?js$/.test(npm)
    ? run(process.execPath, [npm, ...args], options)
    : run('npm', args, options);
}

const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const hash = (text) => createHash('sha256').update(text).digest('hex');

/**
 * Whether npm’s record of installed packages matches the lock file, for example after a manual `npm
 * ci`.
 */
function hasLockedPackages() {
  const installed = readText(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  const there = JSON.parse(installed).packages;
  return Object.entries(JSON.parse(readText(lockFile)).packages).every(
    ([path, { version, link, optional, peer, devOptional }]) =>
      !path.startsWith('node_modules/') ||
      (link ? there[path] !== undefined : there[path] && there[path].version === version) ||
      (!there[path] && Boolean(optional || peer || devOptional)),
  );
}

/** Ends the stamp of a clone without what tests and checks need. */
const toStart = ' to start';

/** @throws SetUpError */
async function installPackages(command, ...args) {
  const common = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { label: 'installing', quiet: true, env: readEnvironment() };
  const code = await runNpm([command, ...args, ...common], options);
  if (code !== 0)
    throw new SetUpError(`The packages cannot be installed: npm ${command} ended with ${code}.`);
}

/**
 * @param {boolean} forTests whether also what tests and checks need, which the root’s package.json names
 * @returns {Promise<{ isWhole: boolean, compile?: () => Promise<void> }>} whether that is installed,
 * and what is left to do beside the build
 */
async function install(forTests) {
  const locked = hash(readText(lockFile));
  const stamp = readText(stampFile);
  if (stamp === locked) return { isWhole: true };
  const isStarted = stamp === locked + toStart;
  if (isStarted && !forTests) return { isWhole: false };
  // npm ci deletes packages that other processes may be using, so it is skipped after a complete
  // npm install.
  if (!fs.existsSync(compilingFile) && hasLockedPackages()) {
    fs.writeFileSync(stampFile, locked);
    return { isWhole: true };
  }
  tell(
    isStarted
      ? 'Installing what tests and checks need. This happens once.'
      : 'Installing the packages. This happens once and takes a minute or two, because SQLite’s driver may be compiled.',
  );
  // Until npm has ended well, the clone counts as not installed.
  fs.rmSync(stampFile, { force: true });
  // Unlike npm ci, npm install leaves alone what is there and what other processes may be using.
  if (isStarted) {
    await installPackages('install', '--no-save');
    fs.writeFileSync(stampFile, locked);
    return { isWhole: true };
  }
  // A clone in which tests have run keeps what they need.
  const isWhole = forTests || (stamp !== undefined && !stamp.endsWith(toStart));
  fs.writeFileSync(compilingFile, '');
  await installPackages('ci', '--ignore-scripts', ...(isWhole ? [] : ['--workspaces']));
  const compile = async () => {
    await installPackages('rebuild');
    fs.rmSync(compilingFile);
    fs.writeFileSync(stampFile, isWhole ? locked : locked + toStart);
  };
  return { isWhole, compile };
}

/**
 * Flags of Node for processes that live for seconds. Optimising code takes V8 a fifth of their CPU, so
 * it waits until code has run longer. The first flag is that of Node 20, the second that of later versions.
 */
export const optimiseLate = () =>
  ['--interrupt-budget=1000000', '--invocation-count-for-turbofan=100000'].filter(
    (flag) => spawnSync(process.execPath, [flag, '-e', '']).status === 0,
  );

async function build(projects, { isWhole, compile = () => Promise.resolve() }) {
  if (projects.length === 0) return compile();
  const built = projects.every((project) => fs.existsSync(join(root, project, 'dist')));
  if (!built) tell('Building.');
  // Without the packages of the tests, their types are not there.
  const args = [compiler, '-b', ...projects, ...(isWhole ? [] : ['--noCheck'])];
  const buildAll = async () => {
    const code = await run(process.execPath, args, { label: 'building', quiet: true });
    if (code !== 0) throw new SetUpError('The build failed. See the messages above.');
    await buildPages();
  };
  // SQLite is one file of C, so one core compiles it for a minute: the other builds. Both end before a failure is told.
  const steps = await Promise.allSettled([buildAll(), compile()]);
  const failed = steps.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
}

/** Builds the hub’s own pages, if they or their packages have changed. */
async function buildPages() {
  const code = await run(process.execPath, [join(root, 'gateway', 'explorer', 'build.mjs')], {
    label: 'building the pages',
    quiet: true,
  });
  if (code !== 0) throw new SetUpError('The pages cannot be built. See the messages above.');
}

/**
 * Makes a clone ready to run: checks Node, installs the packages of package-lock.json, and builds
 * what has changed. Parallel calls wait for each other. Takes a second or two if there is nothing
 * to do.
 * @param {{ projects?: string[], forTests?: boolean, onInstalled?: () => void }} [options] what to
 * build. Default: everything except the tests in `test/`. Whether to install also what tests and
 * checks need. Without that, types are not checked. What may begin while packages are compiled.
 * @throws SetUpError
 */
export async function setUp({
  projects = ['gateway', 'subgraphs'],
  forTests = false,
  onInstalled = () => undefined,
} = {}) {
  checkNode();
  const release = await holdLock(join(root, '.data', 'set-up.lock'), () =>
    tell('Waiting for another command that is setting up this clone.'),
  );
  try {
    const installed = await install(forTests);
    onInstalled();
    await build(projects, installed);
  } finally {
    release();
  }
}

/**
 * Lets this process and those that it starts keep the code that Node has compiled, which takes a tenth
 * of a start. Node 20 cannot.
 */
function keepCompiled() {
  if (!module.enableCompileCache) return;
  process.env.NODE_COMPILE_CACHE ||= join(root, 'node_modules', '.cache', 'compiled');
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/** Runs a command’s main function. If the set-up fails, prints its message and exits with its code. */
export async function runCommand(main) {
  try {
    checkOpenFiles();
    keepCompiled();
    const code = await main(process.argv.slice(2));
    process.exitCode = code === undefined ? 0 : code;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    tell(error.message);
    process.exitCode = error.exitCode;
  }
}

/** Whether Node was started with this module. */
export const isMain = (url) =>
  process.argv[1] !== undefined && url === pathToFileURL(fs.realpathSync(process.argv[1])).href;

if (isMain(import.meta.url)) {
  await runCommand((args) =>
    setUp({
      ...(args.includes('--no-build') && { projects: [] }),
      forTests: args.includes('--for-tests'),
    }),
  );
}
