import 'reflect-metadata';

import { buildSchema } from 'graphql';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { ensureKeyFiles } from '../identity/keys/key-file.js';
import { testDatabases } from '../testing/databases.js';
import type { PartnerConfig } from './config/partner-config.js';
import type { PartnerDefinition } from './partner-definition.js';
import { runPartner } from './run-partner.js';

/** A partner with one table and one row of facts. */
const definition: PartnerDefinition = {
  subgraph: 'things',
  entities: [],
  migrations: [],
  createSubgraph: async () => ({
    schema: buildSchema('type Query { is: Boolean }'),
    sdl: '',
    policies: {},
  }),
  loadFacts: (database) =>
    database.transaction(async (manager) => {
      await manager.query('CREATE TABLE facts (fact varchar)');
      await manager.query(`INSERT INTO facts VALUES ('one')`);
    }),
  loadDemonstration: async () => undefined,
};

const config = (databaseUrl: string, task: PartnerConfig['task'], port = 0): PartnerConfig => ({
  partner: 'nbnp',
  task,
  host: '127.0.0.1',
  port,
  databaseUrl,
  content: 'facts',
  logLevel: 'silent',
  privateKeys: 'none',
  hubKeys: 'none',
  keyFolder: undefined,
  hubUrl: 'http://127.0.0.1:1/graphql',
});

describe.each(testDatabases)('runPartner on $name', ({ create }) => {
  it('loads the first content once, however often it is told to', async () => {
    await using database = await create();
    expect(await runPartner(definition, config(database.url, 'seed'))).toBe(0);
    expect(await runPartner(definition, config(database.url, 'seed'))).toBe(0);
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    expect(await source.query('SELECT fact FROM facts')).toEqual([{ fact: 'one' }]);
    await source.destroy();
  });

  it('creates tables without content', async () => {
    await using database = await create();
    expect(await runPartner(definition, config(database.url, 'migrate'))).toBe(0);
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    await expect(source.query('SELECT fact FROM facts')).rejects.toThrow();
    await source.destroy();
  });

  it('exits with 1 if its port is in use', async () => {
    await using database = await create();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await runPartner(definition, config(database.url, 'serve', port))).toBe(1);
    await new Promise((resolve) => other.close(resolve));
  });
});

describe('runPartner', () => {
  it('serves until it is told to stop, and exits with 0', async () => {
    await using database = await testDatabases[0]!.create();
    const before = process.listenerCount('SIGTERM');
    const running = runPartner(definition, config(database.url, 'serve'));
    expect(process.listenerCount('SIGTERM')).toBe(before + 1);
    process.emit('SIGTERM');
    expect(await running).toBe(0);
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });

  it('exits with 1 without a database', async () => {
    expect(await runPartner(definition, config('mysql://nowhere', 'serve'))).toBe(1);
  });

  /**
   * Serves with a folder of keys until it is told to stop, and returns the files that exist then.
   */
  async function serveIn(prepare: (keyFolder: string) => Promise<void>) {
    await using database = await testDatabases[0]!.create();
    const keyFolder = await mkdtemp(join(tmpdir(), 'hub-run-'));
    try {
      await prepare(keyFolder);
      const running = runPartner(definition, { ...config(database.url, 'serve'), keyFolder });
      process.emit('SIGTERM');
      return { code: await running, files: await readdir(keyFolder) };
    } finally {
      await rm(keyFolder, { recursive: true });
    }
  }
  const own = ['nbnp.private.json', 'nbnp.public.json'];

  it('creates the hub’s keys with its own if there are none', async () => {
    const hubKeys = ['hub.private.json', 'hub.public.json'];
    expect(await serveIn(async () => undefined)).toEqual({ code: 0, files: [...hubKeys, ...own] });
  });

  it.each(['private', 'public'] as const)(
    'leaves the hub’s keys to the hub if the %s half exists',
    async (half) => {
      const kept = `hub.${half}.json`;
      const served = await serveIn(async (folder) => {
        await ensureKeyFiles(folder, 'hub');
        await rm(join(folder, `hub.${half === 'private' ? 'public' : 'private'}.json`));
      });
      expect(served).toEqual({ code: 0, files: [kept, ...own] });
    },
  );

  it('exits with 1 if its own private keys are lost, and creates no others', async () => {
    const served = await serveIn(async (folder) => {
      await ensureKeyFiles(folder, 'nbnp');
      await rm(join(folder, 'nbnp.private.json'));
    });
    expect(served).toMatchObject({ code: 1 });
    expect(served.files).not.toContain('nbnp.private.json');
  });
});
