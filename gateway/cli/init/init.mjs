// `npm run hub -- partner init`: makes a new partner’s folder, from the police’s or from `kind/`.
import * as fs from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  copyFolder,
  extractPartner,
  findFolder,
  makeFolder,
  makeWhole,
  rewrite,
} from '../extract.mjs';
import { nextSteps, writeDockerfile, writeReadme } from '../extracted-files.mjs';
import { root, setUp, SetUpError } from '../set-up.mjs';

const usage = `Usage: npm run hub -- partner init CODE --kind national-police [--to FOLDER]
       npm run hub -- partner init CODE --kind new [--entity NAME] [--to FOLDER]

  CODE               the partner’s code: all its ids begin with it
  --kind             national-police: another country’s police, in the schema of all police forces
                     new: an organisation of a new kind, with a small schema of its own to begin with
  --entity NAME      what it has, in one English word. From the code: Shelter for shelters
  --to FOLDER        @default ../CODE, beside this clone`;

const refuse = (reason) => new SetUpError(`${reason}\n\n${usage}`);

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** A country’s English name. Undefined for a code that no country has. */
function nameCountry(code) {
  if (!/^[a-z]{2}$/.test(code)) return undefined;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const name = names.of(code.toUpperCase());
  // ZZ stands for a region that is not known. EU, UN and EZ are no countries.
  return ['zz', 'eu', 'un', 'ez', 'xa', 'xb'].includes(code) ? undefined : name;
}

const kinds = new Map([
  ['national-police', initPolice],
  ['new', initKind],
]);

function readArguments(argv) {
  try {
    const text = { type: 'string' };
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { kind: text, entity: text, to: text },
    });
    const [code = '', ...others] = positionals;
    if (others.length > 0) throw new Error('Give one code.');
    return { ...values, code };
  } catch (error) {
    throw refuse(error.message);
  }
}

/** The clone’s data folder, or that of the environment. */
const dataFolder = () => resolve(root, process.env.HUB_DATA_DIR || '.data');

/** The codes that are taken: those of the network file, and of partners that a command has added. */
function readTakenCodes() {
  const network = resolve(root, process.env.HUB_NETWORK || 'gateway/network.json');
  const members = join(dataFolder(), 'registry', 'members.json');
  const added = fs.existsSync(members) ? readJson(members).added : [];
  return [...readJson(network).partners, ...added].map(({ code }) => code);
}

/** The names of all types of the contracts. */
function readTakenTypes() {
  const folders = [
    join(root, 'gateway', 'contracts'),
    join(dataFolder(), 'registry', 'contracts'),
  ].filter((folder) => fs.existsSync(folder));
  const texts = folders.flatMap((folder) =>
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => fs.readFileSync(join(folder, name), 'utf8')),
  );
  const definition = /^\s*(?:type|interface|enum|input|union|scalar)\s+(\w+)/gm;
  return new Set(texts.flatMap((text) => [...text.matchAll(definition)].map(([, name]) => name)));
}

/** Puts the hub’s public keys into the folder, if they are here. */
function addHubKeys(folder) {
  const file = join(dataFolder(), 'keys', 'hub.public.json');
  if (!fs.existsSync(file)) return;
  fs.mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  fs.copyFileSync(file, join(folder, 'keys', 'hub.public.json'));
}

/** Another country’s police: the folder of all police forces, with its code. */
async function initPolice({ code, folder, entity }) {
  const country = nameCountry(code);
  if (entity !== undefined) throw refuse('--entity goes with --kind new.');
  if (country === undefined || code === 'ru')
    throw refuse(
      `${code} is not the code of a country whose police can join: two letters, as in ISO 3166.`,
    );
  await extractPartner('national-police', folder, code);
  return { name: `National police of ${country}`, port: 4110 };
}

const plural = (word) => (word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`);

function readEntity(code, given) {
  const word = given ?? code.replace(/^./, (letter) => letter.toUpperCase()).replace(/s$/, '');
  if (!/^[A-Z][a-z]{1,30}$/.test(word))
    throw refuse('Give --entity NAME: one English word with a capital letter, such as Shelter.');
  const taken = readTakenTypes();
  const own = [word, plural(word), `${word}Filter`, `${word}Connection`, `${word}Edge`];
  const known = own.find((name) => taken.has(name));
  if (known) throw refuse(`The graph has a type ${known} already. Give another --entity NAME.`);
  return word;
}

/** All names that the folder `kind` uses for its example, and what they become. */
function createRename(code, entity) {
  const small = entity.toLowerCase();
  const names = {
    'new-kind': code,
    Shelters: plural(entity),
    shelters: plural(small),
    Shelter: entity,
    shelter: small,
  };
  return (text) => text.replace(/new-kind|[Ss]helters?/g, (name) => names[name]);
}

/** An organisation of a new kind: the folder `kind`, with its names. */
async function initKind({ code, folder, entity: given }) {
  // Two letters are the code of a country’s police.
  if (!/^[a-z][a-z0-9-]{2,31}$/.test(code) || code === 'hub')
    throw refuse(`The code ${code} must have 3 to 32 small letters, digits or hyphens.`);
  const entity = readEntity(code, given);
  await setUp({ projects: ['shared'], forTests: true });
  const port = 4200;
  await makeFolder(folder, () =>
    writeKind({ code, folder, port, rename: createRename(code, entity) }),
  );
  return { name: entity, port };
}

async function writeKind({ code, folder, port, rename }) {
  copyFolder(join(root, 'gateway', 'cli', 'init', 'kind'), folder);
  renameAll(folder, rename);
  const offices = join(root, 'subgraphs', 'ncm-offices');
  const withOwn = (text) =>
    text
      .replaceAll('4101', String(port))
      .replace("The offices' database", 'The database')
      .replace('Cooperation Hub: offices', `Cooperation Hub: ${code}`)
      .replace(
        'The server of the offices of the Nordic Council of Ministers',
        `The server of ${code}`,
      );
  for (const file of ['Dockerfile', '.env.example'])
    fs.writeFileSync(join(folder, file), withOwn(fs.readFileSync(join(offices, file), 'utf8')));
  rewrite(join(folder, 'Dockerfile'), writeDockerfile);
  rewrite(join(folder, 'README.md'), (text) => writeReadme(text, code, code));
  await makeWhole(folder, code);
}

/** Renames files, folders and what is in them. */
function renameAll(folder, rename) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const renamed = join(folder, rename(entry.name));
    fs.renameSync(join(folder, entry.name), renamed);
    if (entry.isDirectory()) renameAll(renamed, rename);
    else rewrite(renamed, rename);
  }
}

/** What to do next, at the partner’s and at the hub’s. */
function describeNext({ code, name, port, folder }) {
  const keys = join(folder, 'keys', `${code}.public.json`);
  return `The server of ${code} is in ${folder}. It is its own, and works alone. Continue there:
${nextSteps(folder)}

Then, at the hub:
  npm run hub -- partner check http://127.0.0.1:${port}/graphql --partner ${code} --contract CONTRACT --keys ${keys}
  npm run hub -- partner add http://127.0.0.1:${port}/graphql --partner ${code} --name "${name}" --keys ${keys}

Its settings are in its file .env. Who sends what to whom: its README.md.
`;
}

/**
 * The command `partner init`.
 * @param {readonly string[]} argv what follows `partner init`
 * @throws SetUpError
 */
export async function initPartner(argv) {
  const { code, kind, entity, to } = readArguments(argv);
  const init = kinds.get(kind);
  if (code === '' || !init) throw refuse('Give a code, and --kind national-police or new.');
  if (readTakenCodes().includes(code))
    throw refuse(`${code} is in the network. npm run extract takes the folder of a member away.`);
  const folder = findFolder(to ?? join(root, '..', code));
  const { name, port } = await init({ code, folder, entity });
  addHubKeys(folder);
  process.stdout.write(describeNext({ code, name, port, folder }));
}
