// Plain JavaScript: `npm test` sets up a fresh clone by itself.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { check, checkTexts } from './check.mjs';
import { askGit } from './new-commits.mjs';
import { root, run, runCommand, setUp, tell } from './set-up.mjs';

const usage = `Usage: npm test [-- [--all] [--tests-only] [--long] [path …]]
  path …         only the tests whose path contains one of these words
  --all          also the tests that start the network’s processes or a browser
  --tests-only   without the checks of types, lint, format, unused code and spelling; files outside test
                 also without a build
  --long         the long tests instead, without the checks; without a path first all others, on both
                 databases and with all generated cases
`;

const runTests = (config, paths, options = {}) =>
  run(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', config, ...paths],
    options,
  );

/**
 * Real browsers, processes and clocks share two cores with others where `.ci/run` runs. More files than
 * these do not fail because a machine is slow.
 */
const mostRepeated = 5;

const results = join(root, 'node_modules', '.cache', 'tests.json');
const reported = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];
const readResults = async () => JSON.parse(await readFile(results, 'utf8'));

/**
 * Runs the tests. Files in which one failed run once more, each in a process that has nothing else to
 * do. What passes only then is printed, so that nobody takes it for good.
 */
async function runTwice(config, paths) {
  await rm(results, { force: true });
  const code = await runTests(config, [...paths, ...reported]);
  // A run that was killed leaves no results.
  if (code === 0 || !existsSync(results)) return code;
  const first = await readResults();
  const failed = first.testResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0 || failed.length > mostRepeated) return code;
  const files = failed.map(({ name }) => relative(root, name));
  const second = await runTests(config, [...files, '--maxWorkers=1', ...reported]);
  const repeated = await readResults();
  for (const { name, message, assertionResults } of failed) {
    const faults = assertionResults.filter(({ status }) => status === 'failed');
    const reasons = faults.map((fault) => `${fault.fullName}\n${fault.failureMessages.join('\n')}`);
    tell(`REPEATED: ${relative(root, name)}: ${[...reasons, message].join('\n')}`);
  }
  const passed = (of) => of.filter(({ status }) => status === 'passed').length;
  const before = passed(failed.flatMap(({ assertionResults }) => assertionResults));
  const total = first.numPassedTests - before + repeated.numPassedTests;
  process.stdout.write(`${total} passed, ${repeated.numFailedTests} failed\n`);
  return second;
}

const inProcess = ['--project=tests', '--project=emitted'];

/** Usually, PostgreSQL runs only what differs between the databases, and of generated cases a sample. */
const runWhole = () =>
  runTests('test/vitest.config.ts', [], {
    env: { ...process.env, TEST_DATABASES: 'all', TEST_SAMPLES: 'all' },
  });

/** What git prints, a path a line; nothing where there is no git, or no such branch. */
const listPaths = (...args) =>
  askGit(root, ...args)
    ?.split('\n')
    .filter(Boolean) ?? [];

/** The full tests beside what differs from the branch on the server, or is not committed. */
function listFullOfChanges() {
  const base = askGit(root, 'merge-base', 'HEAD', '@{upstream}') ?? 'HEAD';
  const changed = [
    ...listPaths('diff', '--name-only', base),
    ...listPaths('ls-files', '--others', '--exclude-standard'),
  ];
  const folders = new Set(changed.map(dirname));
  return listPaths(
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '*.full.test.ts',
  ).filter(
    (path) =>
      folders.has(dirname(path)) &&
      !path.endsWith('.process.full.test.ts') &&
      existsSync(join(root, path)),
  );
}

/**
 * `npm test -- [path …]`: sets up, checks, and runs the tests, or those whose path contains one of
 * the words. Without a path, `*.process.test.ts` run only with `--all`, and `*.full.test.ts` only beside
 * what changed, and with `--long`: that runs all on both databases and with all generated cases, and then
 * the long tests.
 * `--tests-only` skips the checks, and for files outside `test` also the build.
 */
async function main(args) {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const flags = ['--all', '--tests-only', '--long'];
  const long = args.includes('--long');
  const skipsCheck = long || args.includes('--tests-only');
  const paths = args.filter((arg) => !flags.includes(arg));
  // Vitest reads the sources. What the tests of the whole network start and serve was built.
  const needsBuild = (path) => !path.endsWith('.test.ts') || /(^|\/)test\//.test(path);
  const isBuilt = skipsCheck && (long || paths.length === 0 || paths.some(needsBuild));
  let texts;
  await setUp({
    projects: isBuilt ? ['.'] : [],
    forTests: true,
    onInstalled: () => skipsCheck || (texts = checkTexts()),
  });
  let checked = Promise.resolve([]);
  // The other checks run beside the tests, which wait for servers and databases now and then.
  if (!skipsCheck) await new Promise((onBuilt) => (checked = check(onBuilt, texts)));
  const whole = long && paths.length === 0 ? await runWhole() : 0;
  const config = long ? 'test/vitest.long.config.ts' : 'test/vitest.config.ts';
  const isChosen = long || paths.length > 0;
  const processes = args.includes('--all') ? ['--project=processes'] : [];
  const projects = isChosen ? [] : [...inProcess, ...processes];
  const full = isChosen ? [] : listFullOfChanges();
  const codeOfChanges = full.length === 0 ? 0 : await runTests(config, ['--project=full', ...full]);
  const runAll = process.env.CI === 'true' ? runTwice : runTests;
  const code = await runAll(config, [...projects, ...paths]);
  const failed = await checked;
  if (failed.length === 0) return code || codeOfChanges || whole;
  tell(`check: failed: ${failed.join(', ')}`);
  return 1;
}

await runCommand(main);
