import 'reflect-metadata';

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Thing, thing, thingTables } from '../../database/test-things.js';
import { inTransaction } from '../../database/transaction.js';
import { openFilledDatabase } from '../../partner/partner-database.js';
import type { PartnerDefinition } from '../../partner/partner-definition.js';
import { closePeriod } from '../../records/disclosure/close-period.js';
import { recordDisclosures } from '../../records/disclosure/record.js';
import { verifyDisclosures } from '../../records/disclosure/verify.js';
import { silentLogger } from '../../system/logger.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { BackUpError } from './back-up-error.js';
import { backUpSqlite, restoreSqlite } from './back-up-sqlite.js';

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () => Promise.reject(new Error('it is not served')),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
};

async function createPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-back-up-'));
  const path = join(folder, 'databases', 'dk.sqlite');
  const identityFile = join(folder, 'identities', 'dk.json');
  return {
    path,
    identityFile,
    copy: join(folder, 'back-ups', 'dk.sqlite'),
    open: () =>
      openFilledDatabase(definition, {
        partner: 'dk',
        databaseUrl: `sqlite:${path}`,
        content: 'nothing',
        logger: silentLogger,
        recognition: { file: identityFile, mayBeFirst: true, isNew: false },
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const at = new Date('2026-11-25T12:00:00Z');

describe('backUpSqlite', () => {
  it('copies one state while the partner writes, and restores it as the partner’s own', async () => {
    await using place = await createPlace();
    const source = await place.open();
    await recordDisclosures({
      source,
      reader: readerOf('fi', 'coordinator'),
      operationName: 'Who',
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at,
    });
    await source.manager.insert(Thing, thing({ id: 'dk:1' }));
    const writing = Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        inTransaction(source, async (manager) => {
          await manager.insert(Thing, thing({ id: `dk:a${index}` }));
        }),
      ),
    );
    const summary = await backUpSqlite({ path: place.path, to: place.copy, partner: 'dk' });
    expect(summary).toMatchObject({ partner: 'dk', links: 1 });
    await writing;
    await source.destroy();
    if (process.platform !== 'win32') expect(statSync(place.copy).mode & 0o077).toBe(0);
    expect(await readdir(dirname(place.copy))).toEqual(['dk.sqlite']);

    await rm(place.path);
    await expect(place.open()).rejects.toThrow(/is empty/);
    const { path, identityFile } = place;
    await restoreSqlite({ from: place.copy, partner: 'dk', path, identityFile, at });
    const restored = await place.open();
    expect(await restored.manager.existsBy(Thing, { id: 'dk:1' })).toBe(true);
    await restored.destroy();
  });

  it('restores nothing while the partner has the database open', async () => {
    await using place = await createPlace();
    const source = await place.open();
    await backUpSqlite({ path: place.path, to: place.copy, partner: 'dk' });
    await source.manager.insert(Thing, thing({ id: 'dk:1' }));
    const { path, identityFile } = place;
    const restore = () =>
      restoreSqlite({ from: place.copy, partner: 'dk', path, identityFile, at });
    await expect(restore()).rejects.toThrow(/is in use. Stop the partner dk first/);
    expect(await source.manager.existsBy(Thing, { id: 'dk:1' })).toBe(true);
    await source.destroy();
    await restore();
    const restored = await place.open();
    expect(await restored.manager.existsBy(Thing, { id: 'dk:1' })).toBe(false);
    await restored.destroy();
  });

  it('explains a system error of a file', async () => {
    await using place = await createPlace();
    await (await place.open()).destroy();
    const { path, copy: to, identityFile } = place;
    const backUp = (from: string) => backUpSqlite({ path: from, to, partner: 'dk' });
    writeFileSync(dirname(to), 'a letter');
    await expect(backUp(path)).rejects.toThrow(/back-ups already exists as something else/);
    await expect(backUp(path)).rejects.toBeInstanceOf(BackUpError);
    const from = dirname(path);
    await expect(backUp(from)).rejects.toThrow(/is a folder, and a database is a file/);
    const restoring = restoreSqlite({ from, partner: 'dk', path, identityFile, at });
    await expect(restoring).rejects.toThrow(/is a folder, and a database is a file/);
  });

  it('replaces no file, and restores no damaged database and no other partner’s', async () => {
    await using place = await createPlace();
    await (await place.open()).destroy();
    await backUpSqlite({ path: place.path, to: place.copy, partner: 'dk' });
    await expect(backUpSqlite({ path: place.path, to: place.copy, partner: 'dk' })).rejects.toThrow(
      /exists already/,
    );
    const { path, identityFile } = place;
    const before = readFileSync(path);
    const restore = (partner: string) =>
      restoreSqlite({ from: place.copy, partner, path, identityFile, at });
    await expect(restore('fi')).rejects.toThrow(/a back-up of dk, not of fi/);
    writeFileSync(place.copy, 'no database'.repeat(1000));
    await expect(restore('dk')).rejects.toThrow(/is not a SQLite database/);
    expect(readFileSync(path)).toEqual(before);
  });

  it('keeps archives verifiable, and restores no back-up that is newer than the code', async () => {
    await using place = await createPlace();
    const source = await place.open();
    for (const day of ['2025-05-01', '2026-05-01']) {
      await recordDisclosures({
        source,
        reader: readerOf('fi', 'coordinator'),
        operationName: 'Who',
        readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
        at: new Date(day),
      });
    }
    const archive = `${place.path}.2025`;
    await closePeriod(source, new Date('2026-01-01'), archive);
    await backUpSqlite({ path: place.path, to: place.copy, partner: 'dk' });
    await source.destroy();
    const { path, identityFile } = place;
    const restore = (migrations?: readonly string[]) =>
      restoreSqlite({ from: place.copy, partner: 'dk', path, identityFile, migrations, at });
    await expect(restore([])).rejects.toThrow(/is newer than this code/);
    expect(await restore()).toMatchObject({ links: 2, rows: { disclosure_readings: 1 } });
    const restored = await place.open();
    expect(await verifyDisclosures(restored, { archives: [archive] })).toMatchObject({
      isWhole: true,
      links: 2,
      archived: 1,
    });
    await restored.destroy();
  });
});
