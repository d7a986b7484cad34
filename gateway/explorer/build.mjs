// Plain JavaScript: the set-up of a fresh clone runs it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = dirname(fileURLToPath(import.meta.url));
const clone = join(folder, '..', '..');
const generated = join(folder, 'generated');
const output = join(folder, 'dist');
const stampFile = join(output, '.stamp');
const placesFile = join(folder, '..', 'plugins', 'exports', 'documents', 'places.json');
const made = new Set(['dist', 'generated', 'node_modules']);

/** All source files, in a stable order. */
function listSources(at = folder) {
  return fs
    .readdirSync(at, { withFileTypes: true })
    .filter(({ name }) => !made.has(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? listSources(join(at, entry.name)) : [join(at, entry.name)],
    );
}

function hashFiles(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    if (fs.existsSync(file)) hash.update(file.slice(clone.length)).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

/** Changes with each source, with the schema and with the packages. */
function hashSources() {
  // All that the pages take of the kit is in these.
  const kit = ['graphql/scalars', 'database/search', 'programme/visits'].map((room) =>
    join(clone, 'shared', room),
  );
  const emitted = ['schema.graphql', 'examples.json'].map((name) => join(generated, name));
  const lockFile = join(clone, 'package-lock.json');
  return hashFiles([
    ...listSources(),
    ...kit.flatMap(listSources),
    ...emitted,
    placesFile,
    lockFile,
  ]);
}

/** Changes with what the hub publishes of the contracts and of the partners’ own files. */
function hashPublished() {
  const gateway = join(clone, 'gateway');
  const code = ['cli/reference', 'registry'].flatMap((room) =>
    listSources(join(gateway, 'dist', room)),
  );
  const subgraphs = fs
    .readdirSync(join(clone, 'subgraphs'))
    .flatMap((name) =>
      ['schema.graphql', 'examples.graphql', 'access.md'].map((file) =>
        join(clone, 'subgraphs', name, file),
      ),
    );
  return hashFiles([
    ...listSources(join(gateway, 'contracts')),
    join(gateway, 'network.json'),
    // The recorded levels.
    join(clone, 'shared', 'dist', 'policy', 'levels.js'),
    ...subgraphs,
    ...code.filter((file) => file.endsWith('.js')),
  ]);
}

const readStamp = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);

/** Writes the schema for clients, its descriptions, owners and readers of its fields, and the examples. */
function emitPublished() {
  const file = join(generated, '.published');
  if (readStamp(file) === hashPublished()) return;
  // The schema has the descriptions that the first one writes among the contracts.
  for (const emit of ['cli/reference/emit.js', 'registry/emit-api-schema.js']) {
    const script = join(clone, 'gateway', 'dist', emit);
    execFileSync(process.execPath, [script], { stdio: 'inherit' });
  }
  fs.writeFileSync(file, hashPublished());
}

/** Writes the types of the operations, from the schema. */
async function writeTypes() {
  const { generateTypes } = await import('./generate-types.mjs');
  const sources = listSources().filter((file) => /\.tsx?$/.test(file));
  const { describeForms } = await import('./describe-forms.mjs');
  const schema = fs.readFileSync(join(generated, 'schema.graphql'), 'utf8');
  const texts = sources.map((file) => fs.readFileSync(file, 'utf8'));
  const { operations, inputs, mutations } = describeForms(schema, texts);
  await generateTypes(sources, operations, generated);
  fs.writeFileSync(join(generated, 'inputs.ts'), inputs);
  fs.writeFileSync(join(generated, 'mutations.ts'), mutations);
}

/** Cuts the map of the region, and adds the hub’s positions of cities. */
async function generateMap() {
  const { cutRegion } = await import('./region-map.mjs');
  const region = { ...cutRegion(), cities: JSON.parse(fs.readFileSync(placesFile, 'utf8')) };
  fs.writeFileSync(join(generated, 'region.json'), JSON.stringify(region));
}

/** The hub sends these instead of compressing them for each request. */
function compressAssets() {
  const assets = join(output, 'assets');
  for (const name of fs.readdirSync(assets)) {
    if (!/\.(js|css|json|svg)$/.test(name)) continue;
    const content = fs.readFileSync(join(assets, name));
    fs.writeFileSync(join(assets, `${name}.br`), brotliCompressSync(content));
    fs.writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

/** The page for travellers, and what it loads when it is opened or asked for a map. */
const journeyParts = [
  'index.html',
  'pages/my-journey/my-journey.tsx',
  'parts/map/day-map.tsx',
  ...fs
    .readdirSync(join(folder, 'words'))
    .flatMap((name) => (name.endsWith('.json') ? [`words/${name}`] : [])),
];

/** Writes the worker that serves these files, and no other, without a connection. */
function writeWorker() {
  const manifestFile = join(output, '.vite', 'manifest.json');
  const manifest = JSON.parse(fs.readFileSync(manifestFile, 'utf8'));
  const found = new Set();
  const add = (key) => {
    const { file, imports = [], css = [], assets = [] } = manifest[key];
    const isNew = !found.has(file);
    for (const one of [file, ...css, ...assets]) found.add(one);
    if (isNew) imports.forEach(add);
  };
  journeyParts.forEach(add);
  const paths = [...found].toSorted().map((path) => `/${path}`);
  const worker = fs.readFileSync(join(folder, 'pages/my-journey/offline/worker.js'), 'utf8');
  const build = createHash('sha256').update(paths.join()).update(worker).digest('hex');
  const head = `const files = ${JSON.stringify(paths)};\nconst build = '${build.slice(0, 16)}';\n`;
  fs.writeFileSync(join(output, 'my-journey-worker.js'), head + worker);
  fs.rmSync(join(output, '.vite'), { recursive: true });
}

async function buildPages() {
  const { build } = await import('vite');
  await build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
  compressAssets();
  writeWorker();
  // For the hub, which trusts the pages’ own operations.
  fs.copyFileSync(
    join(generated, 'persisted-documents.json'),
    join(output, 'persisted-documents.json'),
  );
}

emitPublished();
const stamp = hashSources();
if (readStamp(stampFile) !== stamp || process.argv.includes('--force')) {
  await writeTypes();
  await generateMap();
  if (!process.argv.includes('--types-only')) {
    await buildPages();
    fs.writeFileSync(stampFile, stamp);
  }
}
