import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { Thing, thing } from '../../database/test-things.js';
import type { PartnerConfig } from '../../partner/config/partner-config.js';
import { openFilledDatabase } from '../../partner/partner-database.js';
import { defineThings } from '../../partner/test-things-partner.js';
import { silentLogger } from '../../system/logger.js';
import { bothDatabases } from '../../testing/databases.js';
import type { PrepareRemoval } from './removal.js';
import { runRehearsals } from './run-rehearsals.js';

const definition = defineThings('type Query { things: Int } type Mutation { addThing: ID }', () =>
  Promise.resolve(null),
);

const removeTwo: PrepareRemoval = () =>
  Promise.resolve((removal) => removal.remove(Thing, 'id', ['dk:1', 'dk:2', 'dk:4']));

const askFirst: PrepareRemoval = async ({ askHub }) => {
  await askHub('{ programmes { id } }');
  return () => Promise.reject(new Error('It must not be called.'));
};

async function prepare(databaseUrl: string) {
  const config = {
    partner: 'dk',
    databaseUrl,
    content: 'nothing',
    privateKeys: '/nowhere/dk.private.json',
    hubKeys: '/nowhere/hub.public.json',
    hubUrl: 'http://127.0.0.1:1/graphql',
  } as PartnerConfig;
  const open = () =>
    openFilledDatabase(definition, { ...config, databaseUrl, logger: silentLogger });
  const source = await open();
  await source.manager.insert(
    Thing,
    ['dk:1', 'dk:2', 'dk:3'].map((id) => thing({ id })),
  );
  await source.destroy();
  const told: string[] = [];
  return {
    told,
    run: (argv: string[], prepareRemoval = removeTwo) =>
      runRehearsals({
        definition,
        readConfig: () => config,
        prepare: prepareRemoval,
        argv,
        print: (text) => told.push(text),
        tell: (text) => told.push(text),
      }),
    async count() {
      const again = await open();
      const count = await again.manager.count(Thing);
      await again.destroy();
      return count;
    },
  };
}

describe.each(bothDatabases)('runRehearsals on $name', ({ create }) => {
  it('lists what it would remove, and removes it once', async () => {
    await using database = await create();
    const { told, run, count } = await prepare(database.url);
    expect(await run([])).toBe(0);
    expect(await count()).toBe(3);
    expect(await run(['--remove'])).toBe(0);
    expect(await count()).toBe(1);
    expect(await run(['--remove'])).toBe(0);
    expect(told).toEqual([
      'Nothing was removed. --remove removes:\n  things: 2\n',
      'Removed:\n  things: 2\n',
      'There is nothing to remove.\n',
    ]);
  });

  it('finds rows by more values than a statement can have', async () => {
    await using database = await create();
    const { told, run } = await prepare(database.url);
    const many = Array.from({ length: 40_000 }, (_, number) => `dk:${number}`);
    const removeMany: PrepareRemoval = () =>
      Promise.resolve(async (removal) => {
        const found = await removal.find(Thing, 'id', many);
        await removal.remove(
          Thing,
          'id',
          found.map(({ id }) => id),
        );
      });
    expect(await run([], removeMany)).toBe(0);
    expect(told).toEqual(['Nothing was removed. --remove removes:\n  things: 3\n']);
  });

  it('removes nothing with an unknown word, or without the hub, and says why', async () => {
    await using database = await create();
    const { told, run, count } = await prepare(database.url);
    expect(await run(['--erase'])).toBe(1);
    expect(await run(['--remove'], askFirst)).toBe(1);
    expect(told[0]).toContain('Usage:');
    expect(told[1]).toMatch(/nothing was removed: PARTNER_UNAVAILABLE\.$/m);
    expect(await count()).toBe(3);
  });
});
