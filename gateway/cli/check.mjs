// Plain JavaScript: `npm run check` sets up a fresh clone by itself.
import { join } from 'node:path';
import { selectNewCommits } from './new-commits.mjs';
import { isMain, root, run, runCommand, setUp, tell } from './set-up.mjs';

const bin = (name, ...path) => join(root, 'node_modules', name, ...path);

/**
 * What must be true of every file. The tests in `test/architecture` check the boundaries between
 * folders.
 */
const checks = [
  { name: 'types', args: [bin('typescript', 'bin', 'tsc'), '-b'] },
  { name: 'pages', args: [join(root, 'gateway', 'explorer', 'build.mjs')] },
  {
    name: 'types of the pages',
    args: [bin('typescript', 'bin', 'tsc'), '-p', join(root, 'gateway', 'explorer')],
  },
  { name: 'lint', args: [bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--quiet'] },
  {
    name: 'format (npm run format corrects it)',
    args: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  {
    name: 'unused files, exports and dependencies',
    args: [bin('knip', 'bin', 'knip.js'), '--no-progress', '--no-config-hints'],
  },
  {
    name: 'spelling (add names and technical terms to .cspell-words.txt)',
    args: [bin('cspell', 'bin.mjs'), 'lint', '--no-progress', '--no-summary', '--dot'],
  },
];

/** Checks the messages of the commits, if there is a Git repository. */
function describeCommitCheck() {
  const commits = selectNewCommits(root);
  if (!commits) return [];
  return [{ name: 'commit messages', args: [bin('@commitlint', 'cli', 'cli.js'), ...commits] }];
}

/** Runs all checks, and returns the names of those that failed. */
export async function check() {
  const failed = [];
  for (const { name, args } of [...checks, ...describeCommitCheck()]) {
    tell(`check: ${name}`);
    if ((await run(process.execPath, args)) !== 0) failed.push(name);
  }
  if (failed.length > 0) tell(`check: failed: ${failed.join(', ')}`);
  return failed;
}

async function main() {
  await setUp({ projects: [] });
  return (await check()).length === 0 ? 0 : 1;
}

if (isMain(import.meta.url)) await runCommand(main);
