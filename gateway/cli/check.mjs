// Plain JavaScript: `npm run check` sets up a fresh clone by itself.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { selectNewCommits } from './new-commits.mjs';
import { compiler, isMain, optimiseLate, root, runCommand, setUp, tell } from './set-up.mjs';

const bin = (name, ...path) => join(root, 'node_modules', name, ...path);

/** Tools keep here what they know of files that have not changed. */
const cache = join(root, 'node_modules', '.cache');

/**
 * What must be true of every file. The tests in `test/architecture` check the boundaries between
 * folders.
 */
const checksOfBuild = [
  { name: 'types', args: [compiler, '-b'] },
  { name: 'pages', args: [join(root, 'gateway', 'explorer', 'build.mjs')] },
];

/** These need what is built. */
const checksOfCode = [
  {
    name: 'types of the pages',
    args: [compiler, '-p', join(root, 'gateway', 'explorer')],
  },
  { name: 'lint', args: [bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet'] },
  {
    name: 'unused files, exports and dependencies',
    args: [bin('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'],
  },
];

/** These need nothing that is built. */
const checksOfTexts = [
  {
    name: 'format (npm run format corrects it)',
    args: [bin('oxfmt', 'bin', 'oxfmt'), '--check'],
  },
  {
    name: 'order of imports (npm run format corrects it)',
    args: [join(root, 'gateway', 'cli', 'check-imports.mjs')],
  },
  {
    name: 'spelling (add names and technical terms to .cspell-words.txt)',
    args: [
      bin('cspell', 'bin.mjs'),
      ...'lint --no-progress --no-summary --dot --cache --cache-strategy=content'.split(' '),
      `--cache-location=${join(cache, 'spelled')}`,
    ],
  },
];

/** Checks the messages of the commits, if there is a Git repository. */
function describeCommitCheck() {
  const commits = selectNewCommits(root);
  if (!commits) return [];
  return [{ name: 'commit messages', args: [bin('@commitlint', 'cli', 'cli.js'), ...commits] }];
}

const flags = optimiseLate();

/** Runs a check, and prints its output when it has ended: another one runs beside it. */
const runCheck = ({ name, args }) =>
  new Promise((resolve) => {
    const options = { cwd: root, maxBuffer: Infinity };
    execFile(process.execPath, [...flags, ...args], options, (error, stdout, stderr) => {
      tell(`check: ${name}\n${stdout}${stderr}`.trimEnd());
      resolve(error ? [name] : []);
    });
  });

async function runInTurn(checks) {
  const failed = [];
  for (const check of checks) failed.push(...(await runCheck(check)));
  return failed;
}

/** Runs the checks that need nothing built, and returns the names of those that failed. */
export const checkTexts = () => runInTurn([...checksOfTexts, ...describeCommitCheck()]);

/**
 * Runs all checks, two at a time, and returns the names of those that failed.
 * @param {() => void} [onBuilt] called as soon as everything is built, or its check has failed
 * @param {Promise<string[]>} [texts] those of texts, if they are under way
 */
export async function check(onBuilt = () => undefined, texts = checkTexts()) {
  const ofCode = async () => {
    const failed = await runInTurn(checksOfBuild);
    onBuilt();
    return [...failed, ...(await runInTurn(checksOfCode))];
  };
  const failed = (await Promise.all([ofCode(), texts])).flat();
  if (failed.length > 0) tell(`check: failed: ${failed.join(', ')}`);
  return failed;
}

async function main() {
  await setUp({ projects: [], forTests: true });
  return (await check()).length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runCommand(main);
