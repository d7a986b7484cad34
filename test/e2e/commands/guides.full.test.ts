import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetworkToken } from '../../../gateway/cli/commands.js';
import { explain } from '../../../gateway/cli/explain/explain.js';
import { readNetwork } from '../../../gateway/registry/network.js';
import { sampleOf } from '../../sample.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { cloneFolder } from '../network/running-command.js';

/** Which test runs a command that the guides show. What begins alike is run alike. */
const ranBy: readonly (readonly [string, string])[] = [
  ['npm run hub -- explain ', 'test/e2e/commands/guides.full.test.ts'],
  ['npm run hub -- doctor', 'test/e2e/commands/doctor.process.full.test.ts'],
  ['npm run hub -- serve', 'test/e2e/commands/hub.process.full.test.ts'],
  ['npm run hub -- backup', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run hub -- restore', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run hub -- partner init', 'test/e2e/registry/join.long.test.ts'],
  ...[
    'npm install',
    'npm run keys -- make',
    'npm run db:migrate',
    'npm run db:seed',
    'npm run import',
  ].map((command) => [command, 'test/e2e/registry/join.long.test.ts'] as const),
  ['npm run hub -- partner check', 'test/e2e/trust/partner-check.full.test.ts'],
  ...['add', 'suspend', 'resume', 'remove'].map(
    (name) =>
      [`npm run hub -- partner ${name}`, 'test/e2e/registry/joining.process.full.test.ts'] as const,
  ),
  ['npm run hub -- contract', 'test/e2e/registry/contracts.full.test.ts'],
  ['npm run --silent hub -- contract show', 'test/e2e/registry/contracts.full.test.ts'],
  ['npm run hub -- release', 'gateway/cli/graph/releases.test.ts'],
  ['npm run hub -- administration', 'test/e2e/registry/joining.process.full.test.ts'],
  ['npm run hub -- deploy compose', 'gateway/cli/deploy/site.test.ts'],
  ['npm run hub -- keys', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run keys -w ', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run backup -w ', 'test/e2e/commands/operate.long.test.ts'],
  ['npm run restore -w ', 'test/e2e/commands/operate.long.test.ts'],
  ['npm run retention -w ', 'test/e2e/commands/operate.long.test.ts'],
  ['npm run schema:emit -w ', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run docs:emit', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run db:migrate -w ', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run db:seed -w ', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm run extract -- ', 'test/contract/standalone.long.test.ts'],
  ['npm start -w ', 'test/e2e/commands/guide-commands.long.test.ts'],
  ['npm start', 'test/e2e/commands/start.process.test.ts'],
  // The checks themselves.
  ['npm test', '.ci/run'],
  ['npm run check', '.ci/run'],
];

async function readCommands(): Promise<string[]> {
  const folders = ['gateway/docs', 'shared/docs'];
  const texts = await Promise.all(
    folders.map(async (folder) => {
      const names = (await readdir(join(cloneFolder, folder))).filter((name) =>
        name.endsWith('.md'),
      );
      return Promise.all(names.map((name) => readFile(join(cloneFolder, folder, name), 'utf8')));
    }),
  );
  const blocks = texts.flat().flatMap((text) => [...text.matchAll(/```sh\n([^]*?)```/g)]);
  // A command may go on in the next line.
  return blocks.flatMap(([, block = '']) =>
    block
      .trim()
      .replaceAll(/\\\n\s*/g, '')
      .split('\n'),
  );
}

/** The words of a command, as a shell reads its quotes. */
const readWords = (command: string): string[] =>
  [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );

describe('the commands of the guides', () => {
  let network: OpenNetwork;
  let environment: Record<string, string>;
  beforeAll(async () => {
    network = await openNetwork('demonstration');
    const folder = dirname(network.keys);
    const { partners } = readNetwork(join(cloneFolder, 'gateway', 'network.json'));
    const placed = partners.map((partner) => ({ ...partner, url: network.urlOf(partner.code) }));
    const file = join(folder, 'network.json');
    await writeFile(file, JSON.stringify({ port: 4000, partners: placed }));
    environment = { HUB_NETWORK: file, HUB_DATA_DIR: folder, INIT_CWD: cloneFolder };
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it('are each run by a test', async () => {
    // What is not npm’s is the operator’s system.
    const commands = (await readCommands()).filter((command) => command.startsWith('npm '));
    expect(commands.length).toBeGreaterThan(15);
    const known = (command: string) => ranBy.some(([beginning]) => command.startsWith(beginning));
    expect(commands.filter((command) => !known(command))).toEqual([]);
    for (const [, file] of ranBy) await readFile(join(cloneFolder, file));
  });

  it('run, where they are queries of the network’s own contracts', async () => {
    const names = await readdir(join(cloneFolder, 'gateway/docs'));
    const texts = await Promise.all(
      [
        'README.md',
        ...names.filter((name) => name.endsWith('.md')).map((name) => `gateway/docs/${name}`),
      ].map((name) => readFile(join(cloneFolder, name), 'utf8')),
    );
    const queries = texts
      .flatMap((text) => [...text.matchAll(/```graphql\n(\{[^]*?)```/g)])
      .map(([, query = '']) => query)
      // Those of a new kind are run by join.long.test.ts and other-parties.process.test.ts.
      .filter((query) => !/shelters|prosecution/.test(query));
    expect(queries.length).toBeGreaterThan(2);
    for (const query of queries) {
      const { data, errors } = await network.ask(query);
      expect(errors ?? [], query).toEqual([]);
      expect(Object.values(data ?? {}), query).not.toContain(null);
    }
  });

  it('explain queries of the real schema', async () => {
    const prefix = 'npm run hub -- explain ';
    const commands = (await readCommands()).filter((command) => command.startsWith(prefix));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of sampleOf(4, commands)) {
      const token = /"\$\(npm run --silent token -- ([^)]*)\)"/.exec(command);
      const signed = token && (await createNetworkToken(readWords(token[1] ?? ''), environment));
      const text = signed ? command.replace(token[0], signed) : command;
      const said: string[] = [];
      const argv = readWords(text.slice(prefix.length));
      const code = await explain(argv, (line) => said.push(line), environment);
      expect(code, `${command}\n${said.join('\n')}`).toBe(0);
      expect(said.join('\n')).toContain('Plan: ');
      if (argv.includes('--run')) expect(said.join('\n')).toContain('"complete":true');
    }
  });
});
