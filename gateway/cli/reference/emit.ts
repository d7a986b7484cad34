import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printCollection, printExamples } from './print-collection.js';
import { printSettings } from './print-settings.js';
import { printDescriptions } from './read-descriptions.js';
import { printFieldFacts } from './read-field-facts.js';
import { readRestrictedFields } from './read-restricted-fields.js';

// From `dist/cli/reference`. What the partners of this clone publish is text to the hub, never code.
const gateway = fileURLToPath(new URL('../../../', import.meta.url));
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
const pages = join(gateway, 'explorer', 'generated');
mkdirSync(pages, { recursive: true });
writeFileSync(join(pages, 'examples.json'), printExamples(examples));
writeFileSync(join(pages, 'examples.postman_collection.json'), printCollection(examples));

/** A contract and its additions. */
const readSdl = (name: string): string =>
  ['graphql', 'additions.graphql']
    .map((ending) => join(gateway, 'contracts', `${name}.${ending}`))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
const parts = [
  { name: 'hub', sdl: readSdl('hub') },
  ...names.map((name) => ({ name, sdl: readSdl(name), access: read(name, 'access.md') })),
];
writeFileSync(join(pages, 'field-facts.json'), printFieldFacts(parts));
const assistants = join(gateway, 'plugins', 'mcp', 'generated');
mkdirSync(assistants, { recursive: true });
const restricted = `${JSON.stringify(readRestrictedFields(parts), undefined, 2)}\n`;
writeFileSync(join(assistants, 'restricted-fields.json'), restricted);
// People review it. Only this needs the hub’s code, and with it SQLite, which a fresh clone is still compiling.
if (process.argv.includes('--committed')) {
  const { plugins } = await import('../../plugins/list.js');
  const settings = join(gateway, 'docs', 'settings.md');
  writeFileSync(settings, printSettings(readFileSync(settings, 'utf8'), plugins));
}
