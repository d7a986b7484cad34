import 'reflect-metadata';

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { sqliteDriver } from '../database/sqlite/sqlite-driver.js';
import { thingTables } from '../database/test-things.js';
import { openFilledDatabase } from '../partner/partner-database.js';
import type { PartnerDefinition } from '../partner/partner-definition.js';
import { silentLogger } from '../system/logger.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
};

/** A folder with the database of each partner, opened as its process does. */
async function createFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-foreign-'));
  const open = (partner: string, isNew = false) =>
    openFilledDatabase(definition, {
      partner,
      databaseUrl: `sqlite:${join(folder, `${partner}.sqlite`)}`,
      content: 'nothing',
      logger: silentLogger,
      recognition: { file: join(folder, `${partner}.json`), mayBeFirst: true, isNew },
    });
  return {
    folder,
    path: join(folder, 'dk.sqlite'),
    open,
    async use(partner: string) {
      await (await open(partner)).destroy();
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Another program’s database. */
async function writeForeign(path: string, ...statements: string[]): Promise<void> {
  await rm(path, { force: true });
  const source = new DataSource({ type: 'sqlite', database: path, driver: sqliteDriver });
  await source.initialize();
  for (const text of ['CREATE TABLE bookmarks (url text)', ...statements]) await source.query(text);
  await source.destroy();
}

describe('openKeptDatabase with another owner’s file', () => {
  it.each([false, true])('reports the database of another application (new: %s)', async (isNew) => {
    await using place = await createFolder();
    await place.use('dk');
    await writeForeign(place.path);
    await chmod(place.path, 0o644);
    const before = readFileSync(place.path);
    const opening = place.open('dk', isNew);
    await expect(opening).rejects.toThrow(
      /dk\.sqlite is the database of another application\. Check DATABASE_URL, or put .* back/,
    );
    expect(readFileSync(place.path)).toEqual(before);
    expect(statSync(place.path).mode & 0o777).toBe(0o644);
    expect(await readdir(place.folder)).toEqual(['dk.json', 'dk.sqlite']);
  });

  it('reports it if the partner had no database yet', async () => {
    await using place = await createFolder();
    await writeForeign(place.path);
    await expect(place.open('dk')).rejects.toThrow(/is the database of another application/);
  });

  it('reports a database that has the same table of migrations', async () => {
    await using place = await createFolder();
    await writeForeign(
      place.path,
      'CREATE TABLE migrations (id integer, timestamp integer, name text)',
      `INSERT INTO migrations VALUES (1, 1, 'CreateBookmarks1')`,
    );
    await expect(place.open('dk')).rejects.toThrow(/is the database of another application/);
  });

  it('reports a database that names its application in its header', async () => {
    await using place = await createFolder();
    await writeForeign(place.path, 'PRAGMA application_id = 0x12345678');
    await expect(place.open('dk')).rejects.toThrow(/is the database of another application/);
  });

  it.each([false, true])(
    'names the partner of another partner’s database (new: %s)',
    async (isNew) => {
      await using place = await createFolder();
      for (const partner of ['dk', 'fi']) await place.use(partner);
      await copyFile(join(place.folder, 'fi.sqlite'), place.path);
      await expect(place.open('dk', isNew)).rejects.toThrow(
        /belongs to fi, not to dk\. Check DATABASE_URL, or put the partner’s own database back\.$/,
      );
    },
  );

  it('reports another database of the same partner, which may be used', async () => {
    await using place = await createFolder();
    await place.use('dk');
    const known = readFileSync(join(place.folder, 'dk.json'));
    for (const name of ['dk.sqlite', 'dk.json']) await rm(join(place.folder, name));
    await place.use('dk');
    writeFileSync(join(place.folder, 'dk.json'), known);
    await expect(place.open('dk')).rejects.toThrow(
      /is another one of dk\. dk last used its database at .* HUB_NEW_DATABASE=true/,
    );
    await (await place.open('dk', true)).destroy();
  });
});
