// `npm run extract -- nbnp ../nbnp`: copies a partner’s folder out of the clone, with everything
// that it needs.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import {
  describeKit,
  describePartner,
  dockerIgnored,
  ignored,
  nextSteps,
  tsconfig,
  vitestConfig,
  writeDockerfile,
  writeEnvFile,
  writeGuide,
  writeReadme,
} from './extracted-files.mjs';
import { isMain, root, run, runCommand, setUp, SetUpError } from './set-up.mjs';

const usage = `Usage: npm run extract -- <partner folder> <target folder> [code]
  npm run extract -- nbnp ../nbnp
  npm run extract -- national-police ../police no   (a folder that serves several needs the code)`;

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const writeJson = (file, value) => fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** The partners’ folders below `subgraphs`. */
export const partnerFolders = fs
  .readdirSync(join(root, 'subgraphs'))
  .filter((name) => fs.existsSync(join(root, 'subgraphs', name, 'package.json')));

/** The codes of the folders that serve one partner. */
const codes = new Map([
  ['nbnp', 'nbnp'],
  ['ncm-offices', 'ncm'],
]);

function readCode(partner, given) {
  const code = given ?? codes.get(partner);
  if (code && /^[a-z][a-z0-9-]{1,31}$/.test(code)) return code;
  throw new SetUpError(`Give the partner’s code.\n${usage}`);
}

function readTarget(partner, target) {
  if (!partner || !target) throw new SetUpError(usage);
  if (!partnerFolders.includes(partner)) {
    throw new SetUpError(`${partner} must be one of ${partnerFolders.join(', ')}.\n${usage}`);
  }
  return findFolder(target);
}

/**
 * The full path of a folder to make.
 * @throws SetUpError if it is inside the clone, or not empty
 */
export function findFolder(target) {
  // npm runs scripts in the root. A relative target starts where the command was given.
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), target);
  if (!relative(root, folder).startsWith('..'))
    throw new SetUpError(`${folder} is inside this clone.`);
  if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
    throw new SetUpError(`${folder} is not empty.`);
  }
  return folder;
}

const isMade = (path) =>
  /(^|\/)(node_modules|dist|\.data|\.env|[^/]*\.tsbuildinfo)$/.test(path.split(sep).join('/'));

/**
 * Packs the built kit without its tests into a tarball in the target’s `vendor`, and returns the
 * file name.
 */
async function packKit(kit, target) {
  const from = join(root, 'shared');
  const stage = fs.mkdtempSync(join(tmpdir(), 'hub-kit-'));
  const belongs = (path) => {
    const inside = relative(from, path).split(sep).join('/');
    if (/(^|\/)node_modules$|\.tsbuildinfo$|\.map$|\.test\.(js|d\.ts)$/.test(inside)) return false;
    return inside.startsWith('dist/') || !/\.ts$|^tsconfig\.json$/.test(inside);
  };
  try {
    fs.cpSync(from, stage, { recursive: true, filter: belongs });
    writeJson(join(stage, 'package.json'), describeKit(kit));
    const vendor = join(target, 'vendor');
    fs.mkdirSync(vendor, { recursive: true });
    const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', vendor];
    const code = await run('npm', args, { cwd: stage, quiet: true });
    if (code !== 0) throw new SetUpError(`The kit cannot be packed: npm pack ended with ${code}.`);
    return fs.readdirSync(vendor).find((name) => name.endsWith('.tgz'));
  } finally {
    fs.rmSync(stage, { recursive: true, force: true });
  }
}

/**
 * Copies a partner’s folder to a new or empty folder outside the clone, which then works alone.
 * @param {string} partner the name of the folder below `subgraphs`
 * @param {string} target
 * @param {string} [given] the partner’s code, if the folder serves several
 * @returns {Promise<string>} the target’s full path
 * @throws SetUpError
 */
export async function extractPartner(partner, target, given) {
  const folder = readTarget(partner, target);
  const code = readCode(partner, given);
  await setUp({ projects: ['shared'], forTests: true });
  const from = join(root, 'subgraphs', partner);
  return makeFolder(folder, async () => {
    copyFolder(from, folder);
    rewrite(join(folder, 'Dockerfile'), writeDockerfile);
    rewrite(join(folder, 'README.md'), (text) => writeReadme(text, partner, code));
    rewrite(join(folder, 'seed', 'README.md'), (text) => writeGuide(text, partner, code));
    await makeWhole(folder, code);
    return folder;
  });
}

/** Copies what belongs to a partner’s folder, and nothing that was built or is private. */
export function copyFolder(from, folder) {
  fs.cpSync(from, folder, {
    recursive: true,
    filter: (path) => path === from || !isMade(relative(from, path)),
  });
}

/**
 * Adds to a partner’s folder what it needs to work alone: the kit, its packages, and its settings.
 * @param {string} folder with a package.json as it is in the clone, and `.env.example`
 * @param {string} code the partner’s
 */
export async function makeWhole(folder, code) {
  fs.copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const kit = readJson(join(root, 'shared', 'package.json'));
  const tarball = await packKit(kit, folder);
  const own = readJson(join(folder, 'package.json'));
  const manifest = { partner: own, kit, root: readJson(join(root, 'package.json')), tarball };
  writeJson(join(folder, 'package.json'), describePartner(manifest));
  writeJson(join(folder, 'tsconfig.json'), tsconfig);
  const example = fs.readFileSync(join(folder, '.env.example'), 'utf8');
  fs.writeFileSync(join(folder, '.env'), writeEnvFile(example, code), { mode: 0o600 });
  fs.writeFileSync(join(folder, 'vitest.config.mjs'), vitestConfig);
  fs.writeFileSync(join(folder, '.gitignore'), ignored);
  fs.writeFileSync(join(folder, '.dockerignore'), dockerIgnored);
  await writeLockFile(folder);
}

/**
 * The clone’s locked versions, without what the folder does not need. So the folder installs what
 * was tested here.
 */
async function writeLockFile(folder) {
  const { lockfileVersion, packages } = readJson(join(root, 'package-lock.json'));
  const { name, version, license, ...own } = readJson(join(folder, 'package.json'));
  const isLocked = ([path, { link }]) => path.startsWith('node_modules/') && !link;
  writeJson(join(folder, 'package-lock.json'), {
    name,
    version,
    lockfileVersion,
    requires: true,
    packages: {
      '': { name, version, license, ...pickDependencies(own) },
      ...Object.fromEntries(Object.entries(packages).filter(isLocked)),
    },
  });
  const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
  // A registry that does not respond is not waited for.
  const soon = [
    '--prefer-offline',
    '--loglevel=error',
    '--fetch-retries=0',
    '--fetch-timeout=10000',
  ];
  const { status, stderr } = askNpm([...args, ...soon], folder);
  if (status === 0) return;
  const registry = askNpm(['config', 'get', 'registry'], folder).stdout.trim();
  const isThere = await fetch(registry, { signal: AbortSignal.timeout(5_000) }).catch(() => false);
  if (isThere) throw new SetUpError(`No lock file: npm install ended with ${status}.\n${stderr}`);
  throw new SetUpError(
    `npm cannot reach its registry, ${registry}, which it needs to lock the packages of the folder. ` +
      'Run the command where npm install works, or set the registry of npm.',
  );
}

/** Runs npm, and returns what it says. */
const askNpm = (args, cwd) =>
  spawnSync('npm', args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

/**
 * Makes a folder that is new or empty. If that fails, nothing is left in it.
 * @template Made
 * @param {string} folder
 * @param {() => Promise<Made>} make
 */
export async function makeFolder(folder, make) {
  const wasThere = fs.existsSync(folder);
  try {
    return await make();
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    if (wasThere) fs.mkdirSync(folder);
    throw error;
  }
}

const pickDependencies = ({ dependencies, devDependencies, engines }) => ({
  dependencies,
  devDependencies,
  engines,
});

/** Writes a file anew, from what is in it. */
export function rewrite(file, write) {
  fs.writeFileSync(file, write(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''));
}

if (isMain(import.meta.url)) {
  await runCommand(async ([partner, target, code]) => {
    const folder = await extractPartner(partner, target, code);
    process.stdout.write(
      `${partner} is in ${folder} and works alone. Continue there:\n${nextSteps(folder)}\n\nThe settings are in its file .env. Who sends what to whom: README.md.\n`,
    );
  });
}
