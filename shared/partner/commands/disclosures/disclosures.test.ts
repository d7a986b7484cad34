import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../database/data-source.js';
import { readHead } from '../../../records/chain/append-rows.js';
import { disclosureEntities } from '../../../records/chain/stored.entity.js';
import { disclosureMigrations } from '../../../records/disclosure/disclosure-migrations.js';
import { recordDisclosures } from '../../../records/disclosure/record.js';
import { UsageError } from '../../../system/settings/read-environment.js';
import { testDatabases, type TestDatabaseKind } from '../../../testing/databases.js';
import { DisclosuresError } from './disclosures-error.js';
import { runRecordCommand, type LocatePartner } from './disclosures.js';

/** No partner is named on these command lines. */
const nobody: LocatePartner = (partner) => {
  throw new UsageError(partner);
};

const [sqlite] = testDatabases as [TestDatabaseKind];

async function fill(url: string, count: number) {
  const source = await openDatabase({
    url,
    entities: disclosureEntities,
    migrations: disclosureMigrations,
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
  it('prints the length and the last hash of a complete record', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    const { hash } = await readHead(source.manager);
    await source.destroy();
    expect(await runRecordCommand(['verify', '--database', database.url], nobody)).toBe(
      `whole: 3 links, the last has the hash ${hash}`,
    );
  });

  it('names the first broken link', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    await source.query('UPDATE disclosure_readings SET at = 0 WHERE sequence >= 2');
    await source.destroy();
    const verified = runRecordCommand(['verify', '--database', database.url], nobody);
    await expect(verified).rejects.toThrow(DisclosuresError);
    await expect(verified).rejects.toThrow('broken at link 2: its content was changed');
  });
});

describe.each(testDatabases)('hub disclosures verify --at-least on $name', ({ create }) => {
  it('finds that the end was cut off', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    const { hash } = await readHead(source.manager);
    const noted = ['--at-least', '3', '--hash', hash];
    const verify = () => runRecordCommand(['verify', '--database', database.url, ...noted], nobody);
    expect(await verify()).toMatch(/^whole: 3 links/);
    await source.query('DELETE FROM disclosure_readings WHERE sequence = 3');
    await source.destroy();
    await expect(verify()).rejects.toThrow(
      'broken at link 3: its end is missing: the record had 3 links or more.',
    );
  });
});

describe.each(testDatabases)('hub disclosures close on $name', ({ create }) => {
  it('moves a period into an archive, which can be verified alone and with the rest', async () => {
    await using database = await create();
    const source = await fill(database.url, 3);
    await source.destroy();
    const folder = await mkdtemp(join(tmpdir(), 'hub-disclosures-'));
    try {
      const file = join(folder, 'archive');
      const where = ['--database', database.url];
      const closed = await runRecordCommand(
        ['close', ...where, '--until', '2100-01-01', '--to', file],
        nobody,
      );
      expect(closed).toMatch(/ends with link 3, which has the hash [0-9a-f]{64}$/);
      expect(await runRecordCommand(['verify', ...where], nobody)).toMatch(
        /^whole: 3 links, 3 of them archived \(not read\), the last/,
      );
      expect(await runRecordCommand(['verify', ...where, '--archive', file], nobody)).toMatch(
        /^whole: 3 links, 3 of them archived, the last/,
      );
      expect(await runRecordCommand(['verify', '--archive', file], nobody)).toMatch(
        /^whole: 3 links/,
      );
      await writeFile(file, (await readFile(file, 'utf8')).replace('"records":1', '"records":2'));
      await expect(runRecordCommand(['verify', '--archive', file], nobody)).rejects.toThrow(
        'broken at link 1: its content was changed',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('disclosures verify', () => {
  it('rejects a database without a record', async () => {
    await using database = await sqlite.create();
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    await source.destroy();
    await expect(runRecordCommand(['verify', '--database', database.url], nobody)).rejects.toThrow(
      'no readable record of disclosures',
    );
  });

  it('prints its usage', async () => {
    for (const argv of [
      [],
      ['verify'],
      ['check', '--partner', 'dk'],
      ['verify', '--partner', 'dk', '--database', 'sqlite:x'],
      ['verify', '--who', 'dk'],
      ['verify', '--partner', 'dk', '--at-least', '3'],
      ['verify', '--partner', 'dk', '--hash', 'f'.repeat(64)],
      ['verify', '--partner', 'dk', '--at-least', '-1', '--hash', 'f'.repeat(64)],
      ['verify', '--partner', 'dk', '--at-least', '3', '--hash', 'x'],
      ['verify', '--partner', 'dk', '--until', '2026-01-01'],
      ['close', '--partner', 'dk', '--to', 'x'],
      ['close', '--partner', 'dk', '--until', '2026-01-01'],
      ['close', '--until', '2026-01-01', '--to', 'x'],
      ['close', '--partner', 'dk', '--until', '1/2/2026', '--to', 'x'],
      ['close', '--partner', 'dk', '--until', '2026-13-01', '--to', 'x'],
    ]) {
      await expect(runRecordCommand(argv, nobody), argv.join(' ')).rejects.toThrow(UsageError);
    }
  });
});
