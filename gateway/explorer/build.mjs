// Plain JavaScript: the set-up of a fresh clone runs it.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const folder = dirname(fileURLToPath(import.meta.url));
const output = join(folder, 'dist');
const stampFile = join(output, '.stamp');
const placesFile = join(folder, '..', 'exports', 'documents', 'places.json');
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

/** Changes with each source and with the packages. */
function hashSources() {
  const hash = createHash('sha256');
  const clone = join(folder, '..', '..');
  // All that the pages take of the kit is in these.
  const kit = ['scalars', join('database', 'search')].map((room) => join(clone, 'shared', room));
  const lockFile = join(clone, 'package-lock.json');
  for (const file of [...listSources(), ...kit.flatMap(listSources), placesFile, lockFile]) {
    if (fs.existsSync(file)) hash.update(file.slice(folder.length)).update(fs.readFileSync(file));
  }
  return hash.digest('hex');
}

const readStamp = () => (fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : undefined);

/** Writes the types of the operations, from the schema. */
async function generateTypes() {
  const { generate, loadCodegenConfig } = await import('@graphql-codegen/cli');
  const { config } = await loadCodegenConfig({
    configFilePath: join(folder, 'codegen.config.ts'),
  });
  await generate({ ...config, cwd: folder, errorsOnly: true }, true);
  const { describeInputs } = await import('./describe-inputs.mjs');
  const schema = fs.readFileSync(join(folder, 'schema.graphql'), 'utf8');
  fs.writeFileSync(join(folder, 'generated', 'inputs.ts'), describeInputs(schema));
}

/** Cuts the map of the region, and adds the hub’s positions of cities. */
async function generateMap() {
  const { cutRegion } = await import('./region-map.mjs');
  const region = { ...cutRegion(), cities: JSON.parse(fs.readFileSync(placesFile, 'utf8')) };
  fs.writeFileSync(join(folder, 'generated', 'region.json'), JSON.stringify(region));
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

async function buildPages() {
  const { build } = await import('vite');
  await build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
  compressAssets();
  // For the hub, which trusts the pages’ own operations.
  fs.copyFileSync(
    join(folder, 'generated', 'persisted-documents.json'),
    join(output, 'persisted-documents.json'),
  );
}

const stamp = hashSources();
if (readStamp() !== stamp || process.argv.includes('--force')) {
  await generateTypes();
  await generateMap();
  if (!process.argv.includes('--types-only')) {
    await buildPages();
    fs.writeFileSync(stampFile, stamp);
  }
}
