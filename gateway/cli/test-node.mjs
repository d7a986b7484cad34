// `npm run test:node -- 24 [path …]`: runs the tests on another version of Node, which npm’s
// registry has.
import * as fs from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root, run, runCommand, runNpm, setUp, SetUpError, tell } from './set-up.mjs';

const usage = 'Usage: npm run test:node -- <version> [path …]   (npm run test:node -- 24 gateway)';

/**
 * The package with Node’s program for this platform. It has no install script, which npm might not
 * run.
 */
const platform = process.platform === 'win32' ? 'win' : process.platform;
const packageName = `node-${platform}-${process.arch}`;

/**
 * Installs a version of Node in a folder of its own, once. The native packages of the clone, such
 * as SQLite’s driver, use Node-API, so they work with every version.
 * @param {string} version
 * @returns {Promise<string>} the program
 * @throws SetUpError
 */
async function installNode(version) {
  const folder = join(root, 'node_modules', '.cache', 'node', version);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const program = join(folder, 'node_modules', packageName, 'bin', file);
  if (fs.existsSync(program)) return program;
  fs.mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--loglevel=error'];
  const code = await runNpm([...args, `${packageName}@${version}`], {
    label: `installing Node ${version}`,
    cwd: folder,
    quiet: true,
  });
  if (code !== 0 || !fs.existsSync(program)) {
    throw new SetUpError(`Node ${version} cannot be installed: npm install ended with ${code}.`);
  }
  return program;
}

await runCommand(async ([version, ...args]) => {
  if (!/^\d+(\.\d+){0,2}$/.test(version ?? '')) throw new SetUpError(usage);
  // First, because a set-up of the packages empties the folder that gets this version of Node.
  await setUp({ projects: [], forTests: true });
  const program = await installNode(version);
  // Programs that the tests start by name use this version too.
  const env = { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` };
  await run(program, ['--version'], { env });
  tell(`Running the tests on ${program}`);
  const test = join(root, 'gateway', 'cli', 'test.mjs');
  return run(program, [test, '--tests-only', '--all', ...args], { env });
});
