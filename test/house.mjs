// Plain JavaScript: `npm run house` prints how large this repository is, beside the limits it keeps.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root, tell } from '../gateway/cli/set-up.mjs';

const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 2 ** 26 })
  .toString()
  .split('\0')
  .filter((file) => file && existsSync(join(root, file)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const countLines = (chosen) =>
  chosen.reduce((lines, file) => lines + read(file).split('\n').length - 1, 0);

const isCode = (file) => /\.tsx?$/.test(file);
const isTest = (file) => /\.test\.tsx?$|\/testing\/|^test\/|^gateway\/bench\//.test(file);
const code = files.filter(isCode);
const product = code.filter((file) => !isTest(file));
const rooms = code
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .map((file) => /^(?:gateway|shared)\/[^/]+(?=\/)/.exec(file)?.[0])
  .filter(Boolean);

/** The names that each door of the kit exports, types included, and those behind its subjects. */
function readDoors() {
  const { exports } = JSON.parse(read('shared/package.json'));
  const doors = Object.values(exports)
    .map(({ 'hub-source': door }) => door && join(root, 'shared', door))
    .filter(Boolean);
  const program = ts.createProgram(doors, {
    module: ts.ModuleKind.NodeNext,
    customConditions: ['hub-source'],
  });
  const checker = program.getTypeChecker();
  const listNames = (module) => checker.getExportsOfModule(module);
  const nameOf = ({ name }) => name;
  return doors.map((door) => {
    const symbols = listNames(checker.getSymbolAtLocation(program.getSourceFile(door)));
    // `export * as dates`: one name, with those of its module behind it.
    const subjects = symbols
      .filter(({ flags }) => flags & ts.SymbolFlags.Alias)
      .map((symbol) => checker.getAliasedSymbol(symbol))
      .filter(({ flags }) => flags & ts.SymbolFlags.ValueModule);
    return { names: symbols.map(nameOf), behind: subjects.flatMap(listNames).map(nameOf) };
  });
}

/** The names that the product code of a folder imports from the kit. */
function listUsedNames(folder) {
  const imports = product
    .filter((file) => file.startsWith(folder))
    .flatMap((file) => [
      ...read(file).matchAll(/import (?:type )?\{([^}]*)\} from '@hub\/shared\//g),
    ]);
  return imports
    .flatMap(([, names]) => names.split(','))
    .map((name) => name.trim().replace(/^type | as .*/g, ''))
    .filter(Boolean);
}

/** What a folder takes on the disk, in megabytes. A file with several names counts once. */
function measureFolder(folder) {
  const sizes = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    // What tools cache there was not installed, nor were our own folders.
    if (/^@hub\b|^\.(cache|vite)/.test(name)) continue;
    const { ino, blocks } = lstatSync(join(folder, name));
    sizes.set(ino, blocks * 512);
  }
  return Math.round([...sizes.values()].reduce((sum, size) => sum + size, 0) / 2 ** 20);
}

function readRunFiles() {
  tell('Opening a network, to see which files a request runs.');
  const args = [
    '--conditions=hub-source',
    '--import',
    './test/load-sources.mjs',
    'test/run-files.ts',
  ];
  try {
    return JSON.parse(execFileSync(process.execPath, args, { cwd: root }));
  } catch (error) {
    tell(`The network did not answer: ${error.message}`);
    return { policeUnits: unmeasured, acceptOfficer: unmeasured };
  }
}

const count = (names) => new Set(names).size;

/** What stands in place of a figure if its run failed. */
const unmeasured = 'unmeasured';

function* measure() {
  yield ['files in git', files.length, 2_000];
  yield ['lines in git', countLines(files), 240_000];
  yield ['lines of product', countLines(product), 98_000];
  yield ['lines of tests and benches', countLines(code.filter(isTest))];
  yield ['rooms of code in gateway/ and shared/', count(rooms), 25];
  const doors = readDoors();
  yield [
    `names that the kit exports, by ${doors.length} doors`,
    count(doors.flatMap(({ names }) => names)),
    320,
  ];
  yield [
    'names behind those that stand for a subject',
    doors.flatMap((door) => door.behind).length,
  ];
  for (const partner of ['nbnp', 'ncm-offices', 'national-police']) {
    yield [
      `names of the kit that ${partner} uses`,
      count(listUsedNames(`subgraphs/${partner}/`)),
      90,
    ];
  }
  yield [
    'packages installed here, in MB (by npm start: 400)',
    measureFolder(join(root, 'node_modules')),
  ];
  const { policeUnits, acceptOfficer } = readRunFiles();
  yield ['own files run by one policeUnits', policeUnits, 110];
  yield ['own files run by one acceptOfficer', acceptOfficer, 130];
}

const notCounted = `
Not counted here: the files that a nullable column, or a capability of the hub, changes (see the
commits that added one); and times, which need two idle cores: npm test, .ci/run, and npm start on
an empty clone until its first response.
`;

const show = (value) => (typeof value === 'number' ? value.toLocaleString('en') : (value ?? ''));
const print = (name, now, limit) =>
  process.stdout.write(`${name.padEnd(52)}${show(now).padStart(10)}${show(limit).padStart(10)}\n`);

print('', 'now', 'at most');
for (const figure of measure()) print(...figure);
process.stdout.write(notCounted);
