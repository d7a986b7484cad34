import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printCollection } from './print-collection.js';
import { printDescriptions } from './read-descriptions.js';

// From `dist/reference`. What the partners of this clone publish is text to the hub, never code.
const gateway = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const subgraphs = join(dirname(gateway), 'subgraphs');
const names = readdirSync(subgraphs)
  .filter((name) => existsSync(join(subgraphs, name, 'schema.graphql')))
  .toSorted();
const read = (name: string, file: string): string =>
  readFileSync(join(subgraphs, name, file), 'utf8');

for (const name of names) {
  const file = join(gateway, 'contracts', `${name}.descriptions.json`);
  writeFileSync(file, printDescriptions(read(name, 'schema.graphql')));
}
const examples = names.map((name) => ({ name, text: read(name, 'examples.graphql') }));
writeFileSync(
  join(gateway, 'reference', 'examples.postman_collection.json'),
  printCollection(examples),
);
