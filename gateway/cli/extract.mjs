// `npm run extract -- nbnp ../nbnp`: copies a partner’s folder out of the clone, with everything
// that it needs.
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve, sep } from 'node:path';
import {
  describeKit,
  describePartner,
  ignored,
  tsconfig,
  vitestConfig,
  writeDockerfile,
  writeReadme,
} from './extracted-files.mjs';
import { isMain, root, run, runCommand, setUp, SetUpError, tell } from './set-up.mjs';

const usage =
  'Usage: npm run extract -- <partner folder> <target folder>   (npm run extract -- nbnp ../nbnp)';

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const writeJson = (file, value) => fs.writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);

/** The partners’ folders below `subgraphs`. */
export const partnerFolders = fs
  .readdirSync(join(root, 'subgraphs'))
  .filter((name) => fs.existsSync(join(root, 'subgraphs', name, 'package.json')));

function readTarget(partner, target) {
  if (!partner || !target) throw new SetUpError(usage);
  if (!partnerFolders.includes(partner)) {
    throw new SetUpError(`${partner} must be one of ${partnerFolders.join(', ')}.\n${usage}`);
  }
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
 * @returns {Promise<string>} the target’s full path
 * @throws SetUpError
 */
export async function extractPartner(partner, target) {
  const folder = readTarget(partner, target);
  await setUp({ projects: ['shared'] });
  const from = join(root, 'subgraphs', partner);
  fs.cpSync(from, folder, {
    recursive: true,
    filter: (path) => path === from || !isMade(relative(from, path)),
  });
  fs.copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));

  const kit = readJson(join(root, 'shared', 'package.json'));
  const tarball = await packKit(kit, folder);
  const own = readJson(join(from, 'package.json'));
  const manifest = { partner: own, kit, root: readJson(join(root, 'package.json')), tarball };
  writeJson(join(folder, 'package.json'), describePartner(manifest));
  writeJson(join(folder, 'tsconfig.json'), tsconfig);
  fs.writeFileSync(join(folder, 'vitest.config.mjs'), vitestConfig);
  fs.writeFileSync(join(folder, '.gitignore'), ignored);
  fs.writeFileSync(join(folder, '.dockerignore'), ignored);
  rewrite(join(folder, 'Dockerfile'), writeDockerfile);
  rewrite(join(folder, 'README.md'), (text) => writeReadme(text, basename(from)));
  const others = join(folder, 'seed', 'README.md');
  rewrite(others, (text) => text.replaceAll(` -w subgraphs/${basename(from)}`, ''));
  return folder;
}

function rewrite(file, write) {
  fs.writeFileSync(file, write(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''));
}

if (isMain(import.meta.url)) {
  await runCommand(async ([partner, target]) => {
    const folder = await extractPartner(partner, target);
    tell(
      `${partner} is in ${folder} and works alone. Continue there:\n  npm install\n  DATABASE_URL=sqlite:partner.sqlite HUB_NEW_DATABASE=true npm start`,
    );
  });
}
