import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Thing, thing } from '../../database/test-things.js';
import { inTransaction } from '../../database/transaction.js';
import { nameMigrations } from '../../partner/partner-database.js';
import { closePeriod } from '../../records/disclosure/close-period.js';
import { verifyDisclosures } from '../../records/disclosure/verify.js';
import { createPostgresDatabase } from '../../testing/databases.js';
import { backUpPostgres } from './back-up-postgres.js';
import {
  at,
  backUp,
  createFolder,
  definition,
  kinds,
  openAt,
  read,
  readAll,
  restore,
} from './test-back-ups.js';
import { verifyBackUp } from './verify-back-up.js';

describe('backUpPostgres', () => {
  it('copies every table, and restorePostgres brings every row back into an empty database', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase({ locale: 'sv' });
    const source = await openAt(database);
    await source.query(kinds);
    await source.query(`SELECT setval(pg_get_serial_sequence('kinds', 'drawn'), 4711)`);
    for (const subject of ['fi:a', 'fi:b', 'fi:ü\u2028']) await read(source, subject);
    const made = await backUp(database, folder.file);
    expect(made).toMatchObject({
      partner: 'dk',
      links: 3,
      rows: { kinds: 3, things: 1, loads: 1 },
    });
    await source.destroy();
    if (process.platform !== 'win32') expect(statSync(folder.file).mode & 0o077).toBe(0);
    expect(await readdir(dirname(folder.file))).toEqual(['dk.backup']);
    const target = { from: folder.file, partner: 'dk', migrations: nameMigrations(definition) };
    expect(await verifyBackUp(target)).toEqual(made);

    await using other = await createPostgresDatabase();
    const { file, identityFile } = folder;
    expect(await restore(other, file, { identityFile })).toEqual(made);
    expect(await readAll(other)).toEqual(await readAll(database));
    const restored = await openAt(other, { file: identityFile });
    const [drawn] = await restored.query(
      `INSERT INTO "kinds" ("id") VALUES ('n') RETURNING "drawn"`,
    );
    expect(drawn).toEqual({ drawn: '4712' });
    await expect(
      restored.query(`INSERT INTO "kinds" ("id", "parent") VALUES ('o', 'nobody')`),
    ).rejects.toThrow(/fk_kinds_parent/);
    await restored.destroy();
  });

  it('copies one state while the partner writes: transactions are complete or missing, and the record is valid', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    let isDone = false;
    let written = 0;
    const write = async (writer: number) => {
      for (let turn = 0; !isDone; turn += 1) {
        await inTransaction(source, async (manager) => {
          await manager.insert(Thing, thing({ id: `dk:${writer}-${turn}` }));
          await manager.query(`INSERT INTO "kinds" ("id") VALUES ($1)`, [`${writer}-${turn}`]);
        });
        await read(source, `fi:${writer}`);
        written += 1;
      }
    };
    const writing = Promise.all([0, 1, 2, 3].map(write));
    try {
      const files: string[] = [];
      while (files.length < 5) {
        const before = written;
        const file = `${folder.file}-${files.length}`;
        const { rows, links } = await backUp(database, file);
        expect(rows['things']).toBe((rows['kinds'] ?? NaN) + 1);
        expect(rows['disclosure_readings']).toBe(links);
        // The writers add a link after each pair of rows.
        expect((rows['kinds'] ?? NaN) - links).toBeGreaterThanOrEqual(0);
        expect((rows['kinds'] ?? NaN) - links).toBeLessThanOrEqual(4);
        if (written > before) files.push(file);
      }
      await using other = await createPostgresDatabase();
      const last = files.at(-1) ?? '';
      const { rows, links } = await restore(other, last);
      const restored = await openAt(other);
      expect(await restored.manager.count(Thing)).toBe(rows['things']);
      expect(await verifyDisclosures(restored)).toMatchObject({ isWhole: true, links });
      await restored.destroy();
    } finally {
      isDone = true;
      await writing;
      await source.destroy();
    }
  });

  it('keeps archives verifiable', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await read(source, 'fi:a', new Date('2025-05-01T00:00:00Z'));
    await read(source, 'fi:b', new Date('2025-06-01T00:00:00Z'));
    await read(source, 'fi:c');
    const archive = join(folder.path, '2025.archive');
    await closePeriod(source, new Date('2026-01-01T00:00:00Z'), archive);
    await backUp(database, folder.file);
    await source.destroy();
    await using other = await createPostgresDatabase();
    expect(await restore(other, folder.file)).toMatchObject({ links: 3 });
    const restored = await openAt(other);
    expect(await verifyDisclosures(restored, { archives: [archive] })).toMatchObject({
      isWhole: true,
      links: 3,
      archived: 2,
    });
    await read(restored, 'fi:d');
    expect(await verifyDisclosures(restored, { archives: [archive] })).toMatchObject({ links: 4 });
    await restored.destroy();
  });

  it('replaces no file, and rejects another partner’s database and a broken record', async () => {
    await using folder = await createFolder();
    await using database = await createPostgresDatabase();
    const source = await openAt(database);
    await read(source, 'fi:a');
    await read(source, 'fi:b');
    await backUp(database, folder.file);
    await expect(backUp(database, folder.file)).rejects.toThrow(/exists already/);
    const to = join(folder.path, 'back-ups', 'other');
    await expect(backUpPostgres({ url: database.url, to, partner: 'fi', at })).rejects.toThrow(
      /belongs to dk, not to fi/,
    );
    await source.query('UPDATE disclosure_readings SET at = 0 WHERE sequence = 2');
    await expect(backUp(database, to)).rejects.toThrow(/record is broken at 2/);
    await source.destroy();
    await using empty = await createPostgresDatabase();
    await expect(backUp(empty, to)).rejects.toThrow(/has no mark/);
    expect(await readdir(dirname(folder.file))).toEqual(['dk.backup']);
  });
});
