// cspell:ignore polic
// Plain JavaScript: `npm run test:mutation [-- --again FOLDER-OR-FILE…]` needs no build of the tests.
import { Stryker } from '@stryker-mutator/core';
import { parseArgs } from 'node:util';

/**
 * Of a partner: who may read and write what. Its tests of access hold these mutants. What is fixed
 * when the code is loaded stands in the emitted page of access, which `schema.test.ts` compares.
 */
const rules = {
  files: ['levels.ts', '**/*.policy.ts', 'access/decide-*.ts'],
  tests: ['**/*.access', 'access/*', 'experts/*', 'events/*'],
  ignoreStatic: true,
};
/** Of the kit: whole folders, with their own tests. */
const whole = { files: ['**/*.ts'], tests: ['**/*'] };
/** What is mutated, and by which tests the mutants have to be noticed. */
const targets = {
  'shared/policy': whole,
  'shared/programme/visits': whole,
  'shared/programme/statistics': whole,
  'shared/identity': { ...whole, elsewhere: ['shared/partner/trust-faults.test.ts'] },
  'gateway/registry/providers': whole,
  'shared/records/disclosure': whole,
  'shared/partner/mutations': whole,
  'subgraphs/national-police': rules,
  'subgraphs/nbnp': rules,
  'subgraphs/ncm-offices': rules,
};
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
  const { files, tests, elsewhere = [], ignoreStatic = false } = targets[folder];
  const own = tests.map((name) => `${folder}/${name}.test.ts`);
  process.env.MUTATION_TESTS = [...own, ...elsewhere].join(' ');
  const stryker = new Stryker({
    configFile: 'test/stryker.config.json',
    mutate: [
      ...(place === folder ? files.map((end) => `${folder}/${end}`) : [place]),
      ...notMutated,
      '!**/index.ts',
      '!**/test-*.ts',
    ],
    ignoreStatic,
    incremental: true,
    incrementalFile: `.data/mutation-results/${place.replaceAll('/', '-')}.json`,
    force: !onlyChanged,
  });
  const results = await stryker.runMutationTest();
  const count = (statuses) => results.filter(({ status }) => statuses.includes(status)).length;
  return { place, killed: count(noticed), survived: count(missed) };
}

const { values, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { again: { type: 'boolean', default: false } },
});
/** Takes the last run's result of each mutant whose file and tests have not changed since. */
const onlyChanged = values.again;
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
