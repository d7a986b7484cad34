import { openDatabase } from '@hub/shared/database';
import {
  CreateDisclosures1764000001000,
  DisclosureRecord,
  recordDisclosures,
} from '@hub/shared/disclosure';
import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../config.js';
import { DisclosuresError, verifyRecord } from './disclosures.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

async function fill(url: string, count: number) {
  const source = await openDatabase({
    url,
    entities: [DisclosureRecord],
    migrations: [CreateDisclosures1764000001000],
  });
  for (let link = 0; link < count; link += 1) {
    await recordDisclosures({
      source,
      reader: {
        kind: 'person',
        organisation: 'dk',
        subject: 'dk:anna',
        role: 'coordinator',
        purpose: undefined,
      },
      operationName: null,
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at: new Date(),
    });
  }
  return source;
}

describe.each(testDatabases)('hub disclosures verify on $name', ({ create }) => {
  it('says how long a whole record is, and how it ends', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    const [last] = await source.manager.find(DisclosureRecord, { order: { sequence: 'DESC' } });
    await source.destroy();
    expect(await verifyRecord(['verify', '--database', database.url])).toBe(
      `whole: 3 links, the last has the hash ${last?.hash}`,
    );
  });

  it('names the first link that does not fit', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    await source.query('UPDATE disclosures SET records = 0 WHERE sequence >= 2');
    await source.destroy();
    const verified = verifyRecord(['verify', '--database', database.url]);
    await expect(verified).rejects.toThrow(DisclosuresError);
    await expect(verified).rejects.toThrow('broken at link 2: its content was changed');
  });
});

describe('hub disclosures verify', () => {
  it('finds a partner’s database in the data folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hub-disclosures-'));
    try {
      await mkdir(join(dataDir, 'databases'));
      const source = await fill(`sqlite:${join(dataDir, 'databases', 'dk.sqlite')}`, 1);
      await source.destroy();
      const verify = (code: string) =>
        verifyRecord(['verify', '--partner', code], { HUB_DATA_DIR: dataDir });
      expect(await verify('dk')).toMatch(/^whole: 1 links/);
      await expect(verify('no')).rejects.toThrow('There is no such database.');
      await expect(verify('ru')).rejects.toThrow(/--partner is one of ncm/);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it('reads no database that has no record', async () => {
    await using database = await sqlite.create();
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    await source.destroy();
    await expect(verifyRecord(['verify', '--database', database.url])).rejects.toThrow(
      'no record of disclosures',
    );
  });

  it('says how it is called', async () => {
    for (const argv of [
      [],
      ['verify'],
      ['check', '--partner', 'dk'],
      ['verify', '--partner', 'dk', '--database', 'sqlite:x'],
      ['verify', '--who', 'dk'],
    ]) {
      await expect(verifyRecord(argv), argv.join(' ')).rejects.toThrow(UsageError);
    }
  });
});
