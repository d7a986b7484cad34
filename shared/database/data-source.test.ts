import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { openDatabase } from './data-source.js';
import { openThings, Thing, thing, thingTables } from './test-things.js';

const [sqlite] = bothDatabases;

describe.each(bothDatabases)('openDatabase on $name', (kind) => {
  it('creates the tables of the entities, and keeps existing rows', async () => {
    await using database = await kind.create();
    const first = await openDatabase({ url: database.url, ...thingTables });
    await first.manager.insert(Thing, thing({ id: 'dk:1' }));
    await first.destroy();
    const second = await openDatabase({ url: database.url, ...thingTables });
    expect(await second.manager.count(Thing)).toBe(1);
    expect((await second.driver.createSchemaBuilder().log()).upQueries).toEqual([]);
    await second.destroy();
  });
});

describe('openDatabase', () => {
  it('makes SQLite durable, and enforces foreign keys', async () => {
    await using things = await openThings(sqlite!, []);
    const ask = async (pragma: string) =>
      Object.values((await things.source.query(`PRAGMA ${pragma}`))[0])[0];
    expect(await ask('journal_mode')).toBe('wal');
    expect(await ask('synchronous')).toBe(2);
    expect(await ask('foreign_keys')).toBe(1);
    expect(await ask('busy_timeout')).toBe(3_000);
  });

  it('waits while another process creates the same database', async () => {
    await using database = await sqlite!.create();
    const other = new DataSource({
      type: 'sqlite',
      database: database.url.slice('sqlite:'.length),
    });
    await other.initialize();
    await other.query('BEGIN EXCLUSIVE');
    // The driver itself waits for a second.
    const opening = openDatabase({ url: database.url, ...thingTables });
    const [source] = await Promise.all([opening, delay(1_300).then(() => other.query('COMMIT'))]);
    expect(await source.manager.count(Thing)).toBe(0);
    await source.destroy();
    await other.destroy();
  });

  it('rejects the URL of another kind of database without repeating it', async () => {
    const url = 'mysql://user:secret@host/db';
    const opening = openDatabase({ url, ...thingTables });
    await expect(opening).rejects.toThrow('DATABASE_URL must be');
    await expect(opening).rejects.not.toThrow('secret');
  });

  it('closes a database that it cannot migrate', async () => {
    await using database = await sqlite!.create();
    class Breaks1764000000009 {
      readonly name = 'Breaks1764000000009';
      up = () => Promise.reject(new Error('the migration breaks'));
      down = () => Promise.resolve();
    }
    const broken = { url: database.url, entities: [], migrations: [Breaks1764000000009] };
    await expect(openDatabase(broken)).rejects.toThrow('the migration breaks');
  });
});
