import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { ConfigError } from '../system/settings/read-environment.js';
import { type TestDatabaseKind, testDatabases } from '../testing/databases.js';
import { runImport } from './run-import.js';
import { createFolder } from './test-files.js';
import { entities, migrations, people, Unit, units } from './test-people.js';

/** A partner that starts with one unit. */
const definition: PartnerDefinition = {
  subgraph: 'things',
  entities,
  migrations,
  createSubgraph: async () => ({
    schema: buildSchema('type Query { is: Boolean }'),
    sdl: '',
    policies: {},
  }),
  loadFacts: async (database) => {
    await database.getRepository(Unit).insert({ id: 'dk:root', name: 'Root', parentId: null });
  },
  loadDemonstration: async () => undefined,
};

async function openCommand({ create }: TestDatabaseKind) {
  const database = await create();
  const folder = await createFolder();
  return {
    folder,
    async run(...argv: string[]) {
      const written = { out: '', err: '' };
      const code = await runImport({
        definition,
        kinds: [people, units],
        argv,
        readConfig: (_, flags = []) => {
          if (flags.join(' ') !== '--partner dk') throw new ConfigError('--partner is dk.');
          return {
            partner: 'dk',
            task: 'serve',
            host: '127.0.0.1',
            port: 0,
            databaseUrl: database.url,
            content: 'facts',
            logLevel: 'silent',
            privateKeys: '',
            hubKeys: '',
            keyFolder: undefined,
            hubUrl: '',
          };
        },
        print: (text) => (written.out += text),
        tell: (text) => (written.err += text),
      });
      return { code, ...written };
    },
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const header = 'id,name,email,unit,sector,sinceOn,languages\n';
const row = 'a,A,,root,POLICE,,\n';

describe.each(testDatabases)('npm run import on $name', (kind) => {
  it('creates the database, imports the kind in the file’s name, and reports what it has done', async () => {
    await using command = await openCommand(kind);
    const path = await command.folder.write('People 2026 (1).csv', header + row);
    const run = (...flags: string[]) => command.run(path, '--partner', 'dk', ...flags);
    const told = (counts: string) => ({
      code: 0,
      out: `People 2026 (1).csv: 1 row: ${counts}\n`,
      err: '',
    });
    expect(await run('--dry-run')).toEqual(
      told('1 to add, 0 to change, 0 unchanged. Nothing was written: a dry run.'),
    );
    expect(await run()).toEqual(told('1 added, 0 changed, 0 unchanged.'));
    expect(await run()).toEqual(told('0 added, 0 changed, 1 unchanged.'));
  });
});

describe('npm run import', () => {
  const open = () => openCommand(testDatabases[0] as TestDatabaseKind);

  it('lists 100 errors, or 1,000 with --dry-run, counts all, and exits with 1', async () => {
    await using command = await open();
    const path = await command.folder.write('x.csv', header + 'a,,,,,,\n'.repeat(100));
    const flags = [path, '--kind', 'people', '--partner', 'dk'];
    const { code, out } = await command.run(...flags);
    expect(code).toBe(1);
    const lines = out.split('\n');
    expect(lines).toHaveLength(103);
    expect(lines[0]).toBe('row 2, column name: is empty');
    expect(lines.slice(-3)).toEqual([
      '… and more: --dry-run lists 1,000.',
      'x.csv: 399 errors. Nothing was written.',
      '',
    ]);
    const dry = await command.run(...flags, '--dry-run');
    expect(dry.code).toBe(1);
    expect(dry.out.split('\n')).toHaveLength(401);
    const many = await command.folder.write('y.csv', header + 'a,,,,,,\n'.repeat(20_000));
    const { out: counted } = await command.run(many, ...flags.slice(1), '--dry-run');
    expect(counted.split('\n').slice(-3)).toEqual([
      '… and more.',
      'y.csv: 79,999 errors. Nothing was written.',
      '',
    ]);
    expect(counted.split('\n')).toHaveLength(1_003);
  });

  it('prints the columns of each kind, and its usage', async () => {
    await using command = await open();
    const { out } = await command.run('--columns');
    expect(out).toContain('## people\nWho works somewhere. The first row: `id,name,email,unit,');
    expect(out).not.toContain('| `id` |');
    expect(out).toContain('| `email` |  | EmailAddress | the address |');
    expect((await command.run('--help')).out).toContain('people, units');
  });

  it.each([
    ['no file', [], 'Give exactly one file.'],
    ['two files', ['people.csv', 'units.csv'], 'Give exactly one file.'],
    [
      'a file name without a kind',
      ['x.csv'],
      'The file’s name does not begin with a kind. Use --kind one of',
    ],
    ['an unknown kind', ['people.csv', '--kind', 'cats'], '--kind must be one of people, units.'],
    ['an unknown flag', ['people.csv', '--force'], '--force'],
    ['no partner', ['people.csv'], '--partner is dk.'],
    ['no such file', ['people.csv', '--partner', 'dk'], 'people.csv: does not exist.'],
  ])('explains %s, and exits with 1', async (_, argv, words) => {
    await using command = await open();
    const { code, out, err } = await command.run(...argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(words);
  });

  it.each(['people.xls', 'people.ods'])('rejects %s', async (name) => {
    await using command = await open();
    const path = await command.folder.write(name, header);
    const { code, out } = await command.run(path, '--partner', 'dk');
    expect({ code, out }).toEqual({
      code: 1,
      out: `must be a .csv or .xlsx file\n${name}: 1 error. Nothing was written.\n`,
    });
  });
});
