// cspell:ignore polic
// Plain JavaScript: `npm run test:mutation [-- FOLDER-OR-FILE…]` needs no build of the tests.
import { Stryker } from '@stryker-mutator/core';

/** What is mutated. The mutants are held to the folder's own tests. */
const targets = {
  'shared/policy': ['**/*.ts'],
  'shared/identity': ['**/*.ts'],
  'shared/disclosure': ['**/*.ts'],
  'shared/mutations': ['**/*.ts'],
  'subgraphs/national-police': ['levels.ts', '**/*.policy.ts', 'access/decide-*.ts'],
  'subgraphs/nbnp': ['levels.ts', '**/*.policy.ts', 'access/decide-*.ts'],
  'subgraphs/ncm-offices': ['levels.ts', '**/*.policy.ts', 'access/decide-*.ts'],
};
/** Rules whose tests need another folder's parts stand there; they hold these mutants too. */
const testsElsewhere = { 'shared/identity': ['shared/partner/trust-faults.test.ts'] };
/** Of the mutants that change what the program does, so many percent have to be noticed. */
const goal = 92;
const notMutated = ['test.ts', 'migration.ts', 'entity.ts'].map((end) => `!**/*.${end}`);
const noticed = ['Killed', 'Timeout'];
const missed = ['Survived', 'NoCoverage'];

const folderOf = (place) =>
  Object.keys(targets).find((folder) => place === folder || place.startsWith(`${folder}/`));

/** @param place a folder of {@link targets}, or a file in one */
async function mutate(place) {
  const folder = folderOf(place);
  const files = place === folder ? targets[folder].map((end) => `${folder}/${end}`) : [place];
  const tests = [`${folder}/**/*.test.ts`, ...(testsElsewhere[folder] ?? [])];
  process.env.MUTATION_TESTS = tests.join(' ');
  const stryker = new Stryker({
    configFile: 'test/stryker.config.json',
    mutate: [...files, ...notMutated, '!**/index.ts', '!**/test-*.ts'],
  });
  const results = await stryker.runMutationTest();
  const count = (statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  return { place, killed: count(noticed), survived: count(missed) };
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((place) => !folderOf(place));
if (unknown.length > 0) {
  process.stderr.write(
    `Nothing is mutated there: ${unknown.join(', ')}. The folders are ${Object.keys(targets).join(', ')}.\n`,
  );
  process.exit(2);
}
const scores = [];
for (const place of chosen.length > 0 ? chosen : Object.keys(targets)) {
  scores.push(await mutate(place));
}
const total = scores.reduce(
  (sum, { killed, survived }) => ({
    place: 'all',
    killed: sum.killed + killed,
    survived: sum.survived + survived,
  }),
  { place: 'all', killed: 0, survived: 0 },
);
const percentOf = ({ killed, survived }) => (100 * killed) / (killed + survived || 1);
for (const score of [...scores, total]) {
  const { place, killed, survived } = score;
  process.stdout.write(
    `${place}: ${percentOf(score).toFixed(1)} % (${killed} killed, ${survived} survived)\n`,
  );
}
process.exit(percentOf(total) >= goal ? 0 : 1);
