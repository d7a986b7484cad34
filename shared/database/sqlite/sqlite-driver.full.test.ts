import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { describe, expect, it, vi } from 'vitest';
import { checkSqliteVersion, readSqliteVersion, sqliteDriver } from './sqlite-driver.js';

/** A database file with one table. It is deleted with its folder. */
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

/** Reads one value with a statement and a parameter, or returns its error. */
const readerOf =
  (database: InstanceType<typeof sqliteDriver.Database>, text: string) =>
  (...parameters: unknown[]): Promise<unknown> =>
    new Promise((resolve) =>
      database.all(text, parameters, (error: Error | null, rows: unknown) =>
        resolve(error?.message ?? rows),
      ),
    );

async function close(database: InstanceType<typeof sqliteDriver.Database>): Promise<void> {
  expect(await new Promise((resolve) => database.close(resolve))).toBeNull();
}

const byId = 'SELECT * FROM things WHERE id = ?';

describe('sqliteDriver', () => {
  it('executes one statement with other parameters, also while it is being prepared', async () => {
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

  it('prepares a statement once for sequential callers, and at most eight times for simultaneous ones', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const prepare = vi.spyOn(database, 'prepare');
    const read = readerOf(database, 'SELECT ? AS value');
    const values = Array.from({ length: 20 }, (_, index) => index);
    const rows = values.map((value) => [{ value }]);
    for (const value of values) expect(await read(value)).toEqual([{ value }]);
    expect(prepare).toHaveBeenCalledTimes(1);
    const readAtOnce = async () => {
      expect(await Promise.all(values.map((value) => read(value)))).toEqual(rows);
      return prepare.mock.calls.length;
    };
    // If the machine was busy, the driver took the statement for a slow one.
    await expect.poll(readAtOnce).toBe(8);
    expect(await readAtOnce()).toBe(8);
    await close(database);
  });

  it('prepares a new statement once for many simultaneous callers', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const prepare = vi.spyOn(database, 'prepare');
    const read = readerOf(database, 'SELECT ? AS value');
    const values = Array.from({ length: 40 }, (_, index) => index);
    expect(await Promise.all(values.map((value) => read(value)))).toEqual(
      values.map((value) => [{ value }]),
    );
    expect(prepare).toHaveBeenCalledTimes(1);
    await close(database);
  });

  it('leaves threads to others while many callers execute a slow statement', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const count = `SELECT max(n) AS most FROM (WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?) SELECT n FROM numbers)`;
    const read = readerOf(database, count);
    await read(1_000_000);
    const ended: string[] = [];
    const slow = Array.from({ length: 5 }, () => read(1_000_000).then(() => ended.push('slow')));
    await Promise.all([...slow, stat('.').then(() => ended.push('other'))]);
    expect(ended[0]).toBe('other');
    await close(database);
  });

  it('reads a table after a change of its schema', async () => {
    await using file = await openFile();
    await file.source.query(byId, ['a']);
    await file.source.query('ALTER TABLE things ADD COLUMN colour varchar');
    expect(await file.source.query(byId, ['a'])).toEqual([
      { id: 'a', name: 'first', colour: null },
    ]);
  });

  it('rejects an invalid statement each time, for all simultaneous callers', async () => {
    await using file = await openFile();
    const ask = () =>
      file.source.query('SELECT * FROM absent').catch((error: Error) => error.message);
    const refusal = 'SQLITE_ERROR: no such table: absent';
    expect(await Promise.all([ask(), ask(), ask(), ask()])).toEqual(Array(4).fill(refusal));
    expect(await ask()).toBe(refusal);
  });

  it('serves callers that wait behind a failed read, and later ones', async () => {
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

  it('closes after more statements than it caches, while some are still in use', async () => {
    await using file = await openFile();
    const texts = Array.from({ length: 600 }, (_, number) => `SELECT ${number} AS number`);
    const asked = texts.map((text) => file.source.query<unknown[]>(text));
    expect((await Promise.all(asked)).flat()).toHaveLength(600);
    await expect(file.source.destroy()).resolves.toBeUndefined();
  });

  it('closes while statements are being prepared, and completes them', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const asked = Promise.all(
      [1, 2, 3, 3].map((number) => readerOf(database, `SELECT ${number} AS number`)()),
    );
    await close(database);
    expect((await asked).flat()).toHaveLength(4);
  });

  it('closes while statements are executed for the first time, and others come later', async () => {
    const database = new sqliteDriver.Database(':memory:');
    const ask = (text: string) => readerOf(database, text)();
    await ask('SELECT 0 AS number');
    const early = ask('SELECT 1 AS number');
    const closed = close(database);
    const late = ask('SELECT 2 AS number');
    expect(await Promise.all([early, late])).toEqual([[{ number: 1 }], [{ number: 2 }]]);
    await closed;
  });

  it('holds no lock on a table', async () => {
    await using file = await openFile();
    await file.source.query('PRAGMA journal_mode = WAL');
    await file.source.query(byId, ['a']);
    expect(await file.source.query('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject([{ busy: 0 }]);
    await file.source.query('DROP TABLE things');
  });
});

describe('checkSqliteVersion', () => {
  it.each(['3.51.3', '3.52.1', '3.53.0', '3.100.0', '4.0.0'])('accepts %s', (version) => {
    expect(checkSqliteVersion(version)).toBeUndefined();
  });

  it('warns of a version that was withdrawn', () => {
    expect(checkSqliteVersion('3.52.0')).toMatch(/^SQLite 3\.52\.0 was withdrawn/);
  });

  it.each(['3.46.1', '3.51.2', '3.9.4', '2.99.99', ''])('refuses %j', (version) => {
    expect(() => checkSqliteVersion(version)).toThrow(`SQLite ${version} may damage a database`);
  });

  it('does not refuse the version that is installed', async () => {
    const version = await readSqliteVersion();
    expect(version).toMatch(/^3\.\d+\.\d+$/);
    expect(() => checkSqliteVersion(version)).not.toThrow();
  });
});
