import 'reflect-metadata';

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DataSource, type EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { silentLogger } from '../system/logger.js';
import { DatabaseRefused } from './refuse-database.js';

/** Another program that reads a new database while it is created, so that its log stays. */
async function openReader({ connection }: EntityManager): Promise<DataSource> {
  const { database } = connection.options as { readonly database: string };
  const reader = await new DataSource({ type: 'sqlite', database }).initialize();
  await reader.query('BEGIN');
  await reader.query('SELECT * FROM "migrations"');
  return reader;
}

/** A partner’s new database. The first attempts to create it have such a reader. */
async function createNew(disturbedAttempts: number) {
  const folder = await mkdtemp(join(tmpdir(), 'hub-new-'));
  const path = join(folder, 'databases', 'dk.sqlite');
  const readers: DataSource[] = [];
  const definition: PartnerDefinition = {
    subgraph: 'things',
    ...thingTables,
    createSubgraph: () => Promise.reject(new Error('it is not served')),
    loadFacts: (database) =>
      database.transaction(async (manager) => {
        if (readers.length < disturbedAttempts) readers.push(await openReader(manager));
        await manager.insert(Thing, thing({ id: 'dk:1' }));
      }),
    loadDemonstration: () => Promise.resolve(),
  };
  return {
    path,
    open: () =>
      openFilledDatabase(definition, {
        partner: 'dk',
        databaseUrl: `sqlite:${path}`,
        content: 'facts',
        logger: silentLogger,
        recognition: { file: undefined, mayBeFirst: true, isNew: false },
      }),
    async [Symbol.asyncDispose]() {
      for (const reader of readers) await reader.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

describe('openKeptDatabase on a new database', () => {
  it('creates it again if another program kept its log from being merged', async () => {
    await using database = await createNew(1);
    const source = await database.open();
    expect(await source.manager.count(Thing)).toBe(1);
    await source.destroy();
  });

  it('refuses it, and leaves nothing, if that happens twice', async () => {
    await using database = await createNew(2);
    const opening = database.open();
    await expect(opening).rejects.toBeInstanceOf(DatabaseRefused);
    await expect(opening).rejects.toThrow(/its log was not merged.*start again/);
    expect(await readdir(dirname(database.path))).toEqual([]);
  });
});
