// Plain JavaScript, node's own modules alone: this runs on a fresh clone, before anything is installed or built.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { holdLock } from './hold-lock.mjs';

const oldestNode = [20, 19];

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const stampFile = join(root, 'node_modules', '.hub-installed');
const lockFile = join(root, 'package-lock.json');

/** A step that failed, told in a sentence; its own output has been shown. */
export class SetUpError extends Error {}

/** Progress goes to the error output, so that what a command prints can be piped. */
export function tell(line) {
  process.stderr.write(`${line}\n`);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetUpError(
    `This needs Node ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. ` +
      'See https://nodejs.org for a newer one.',
  );
}

/** npm tells its scripts by the environment how it was called itself; what we call must not inherit that. */
function readEnvironment() {
  const inherited = /^npm_config_(workspaces?|include_workspace_root|omit|loglevel|local_prefix)$/i;
  const kept = Object.entries(process.env).filter(([key]) => !inherited.test(key));
  // Read by node-gyp, which compiles with one core otherwise.
  return { JOBS: 'max', ...Object.fromEntries(kept) };
}

/** Runs a program to its end and returns its exit code. Says every ten seconds that it still runs. */
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

/** Runs npm, the one that runs this script if there is one. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  return npm && /\.c?js$/.test(npm)
    ? run(process.execPath, [npm, ...args], options)
    : run('npm', args, options);
}

const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const hash = (text) => createHash('sha256').update(text).digest('hex');

/** Whether npm’s own record of what it installed has all that the lock file names, where somebody ran npm by hand. */
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

async function install() {
  const locked = hash(readText(lockFile));
  if (readText(stampFile) === locked) return;
  // npm ci begins by deleting what others may be running: not where npm install has done its work already.
  if (hasLockedPackages()) {
    fs.writeFileSync(stampFile, locked);
    return;
  }
  tell(
    'Installing the packages. This is done once, and takes a minute or two: SQLite’s driver may be compiled.',
  );
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runNpm(args, { label: 'installing', quiet: true, env: readEnvironment() });
  if (code !== 0)
    throw new SetUpError(`The packages cannot be installed: npm ci ended with ${code}.`);
  fs.writeFileSync(stampFile, locked);
}

async function build(projects) {
  if (projects.length === 0) return;
  const built = projects.every((project) => fs.existsSync(join(root, project, 'dist')));
  if (!built) tell('Building.');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const code = await run(process.execPath, [tsc, '-b', ...projects], {
    label: 'building',
    quiet: true,
  });
  if (code !== 0) throw new SetUpError('The build failed: see the messages above.');
}

/**
 * Makes a clone ready to run: checks Node, installs what package-lock.json names if that is not there, and builds what
 * has changed. Calls at one time wait for each other. Takes under a second or two when there is nothing to do.
 * @param {{ projects?: string[] }} [options] what to build. Default: all that is started, but no tests of the whole.
 * @throws SetUpError
 */
export async function setUp({ projects = ['gateway', 'subgraphs'] } = {}) {
  checkNode();
  const release = await holdLock(join(root, '.data', 'set-up.lock'), () =>
    tell('Waiting for another command that is setting up this clone.'),
  );
  try {
    await install();
    await build(projects);
  } finally {
    release();
  }
}

/** Runs a command’s main function; a failed set-up is told in its own words, and ends with 1. */
export async function runCommand(main) {
  try {
    const code = await main(process.argv.slice(2));
    process.exitCode = code === undefined ? 0 : code;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    tell(error.message);
    process.exitCode = 1;
  }
}

/** Whether a module is what node was started with. */
export const isMain = (url) =>
  process.argv[1] !== undefined && url === pathToFileURL(fs.realpathSync(process.argv[1])).href;

if (isMain(import.meta.url)) {
  await runCommand((args) => setUp(args.includes('--no-build') ? { projects: [] } : {}));
}
