import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { sqliteDriver } from './sqlite-driver.js';

/** A database file of one table, deleted with its folder. */
async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-driver-'));
  const database = join(folder, 'things.sqlite');
  const source = new DataSource({ type: 'sqlite', database, driver: sqliteDriver });
  await source.initialize();
  await source.query('CREATE TABLE things (id varchar PRIMARY KEY, name varchar)');
  await source.query(`INSERT INTO things VALUES ('a', 'first'), ('b', 'second')`);
  return {
    source,
    [Symbol.asyncDispose]: async () => {
      if (source.isInitialized) await source.destroy();
      await rm(folder, { recursive: true });
    },
  };
}

const byId = 'SELECT * FROM things WHERE id = ?';

describe('sqliteDriver', () => {
  it('answers one text with other parameters, also while it is being prepared', async () => {
    await using file = await openFile();
    const asked = ['a', 'b', 'none', 'a'];
    const answers = await Promise.all(asked.map((id) => file.source.query(byId, [id])));
    expect(answers).toEqual([
      [{ id: 'a', name: 'first' }],
      [{ id: 'b', name: 'second' }],
      [],
      [{ id: 'a', name: 'first' }],
    ]);
    expect(await file.source.query(byId, ['b'])).toEqual([{ id: 'b', name: 'second' }]);
  });

  it('prepares a text once for those who ask one after the other, and at most eight times for those at a time', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const prepare = vi.spyOn(database, 'prepare');
    const read = (value: number) =>
      new Promise<unknown>((resolve) =>
        database.all('SELECT ? AS value', [value], (_error: Error | null, rows: unknown) =>
          resolve(rows),
        ),
      );
    const burst = Array.from({ length: 20 }, (_, index) => index);
    for (const value of burst) expect(await read(value)).toEqual([{ value }]);
    expect(prepare).toHaveBeenCalledTimes(1);
    await Promise.all(burst.map(read));
    const prepared = prepare.mock.calls.length;
    expect(await Promise.all(burst.map(read))).toEqual(burst.map((value) => [{ value }]));
    expect(prepare).toHaveBeenCalledTimes(prepared);
    expect(await new Promise((resolve) => database.close(resolve))).toBeNull();
  });

  it('reads a table as it has become', async () => {
    await using file = await openFile();
    await file.source.query(byId, ['a']);
    await file.source.query('ALTER TABLE things ADD COLUMN colour varchar');
    expect(await file.source.query(byId, ['a'])).toEqual([
      { id: 'a', name: 'first', colour: null },
    ]);
  });

  it('refuses what is no statement each time, to all who ask it at once', async () => {
    await using file = await openFile();
    const ask = () =>
      file.source.query('SELECT * FROM absent').catch((error: Error) => error.message);
    const refusal = 'SQLITE_ERROR: no such table: absent';
    expect(await Promise.all([ask(), ask()])).toEqual([refusal, refusal]);
    expect(await ask()).toBe(refusal);
  });

  it('answers those who wait behind a reading that fails, and those who come later', async () => {
    await using file = await openFile();
    const text = `SELECT json_extract(?, '$.name') AS name`;
    const ask = (value: string) =>
      file.source.query(text, [value]).catch((error: Error) => error.message);
    await ask('{}');
    expect(await Promise.all([ask('{'), ask('{'), ask('{"name":"a"}')])).toEqual([
      'SQLITE_ERROR: malformed JSON',
      'SQLITE_ERROR: malformed JSON',
      [{ name: 'a' }],
    ]);
    expect(await ask('{"name":"b"}')).toEqual([{ name: 'b' }]);
  });

  it('closes after more texts than it keeps, while some are still asked', async () => {
    await using file = await openFile();
    const texts = Array.from({ length: 250 }, (_, number) => `SELECT ${number} AS number`);
    const asked = texts.map((text) => file.source.query<unknown[]>(text));
    expect((await Promise.all(asked)).flat()).toHaveLength(250);
    await expect(file.source.destroy()).resolves.toBeUndefined();
  });

  it('closes while readings are being prepared, and answers them', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const read = (number: number) =>
      new Promise((resolve) =>
        database.all(`SELECT ${number} AS number`, [], (_error: Error | null, rows: unknown) =>
          resolve(rows),
        ),
      );
    const asked = Promise.all([1, 2, 3, 3].map(read));
    const error = await new Promise((resolve) => database.close(resolve));
    expect(error).toBeNull();
    expect((await asked).flat()).toHaveLength(4);
  });

  it('closes while texts are asked for the first time, and others come later', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const ask = (text: string) =>
      new Promise<unknown>((resolve) =>
        database.all(text, [], (error: Error | null, rows: unknown) =>
          resolve(error?.message ?? rows),
        ),
      );
    await ask('SELECT 0 AS number');
    const early = ask('SELECT 1 AS number');
    const closed = new Promise((resolve) => database.close(resolve));
    const late = ask('SELECT 2 AS number');
    expect(await Promise.all([early, late])).toEqual([[{ number: 1 }], [{ number: 2 }]]);
    expect(await closed).toBeNull();
  });

  it('keeps nothing of a file from being changed', async () => {
    await using file = await openFile();
    await file.source.query('PRAGMA journal_mode = WAL');
    await file.source.query(byId, ['a']);
    expect(await file.source.query('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }]);
    await file.source.query('DROP TABLE things');
  });
});
