import 'reflect-metadata';

import { silentLogger } from '@hub/shared/system';
import { createPostgresDatabase, inner } from '@hub/shared/testing';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import {
  asTexts,
  oldDatabases,
  readTables,
  readWritten,
  unpack,
  type OldDatabase,
  type Row,
} from './old-databases.js';

/** All tables of an old database with rows, and the migrations that it has. */
async function readEverything(old: OldDatabase) {
  using place = unpack(old);
  const source = await inner.openPartnerDatabase(old.definition, `sqlite:${place.file}`, {
    only: [],
  });
  try {
    const tables = await source.query<{ name: string }[]>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
       AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_search%' AND name <> 'migrations'`,
    );
    const rows = new Map<string, Row[]>();
    for (const { name } of tables)
      rows.set(name, await source.query<Row[]>(`SELECT * FROM "${name}"`));
    const done = await source.query<{ name: string }[]>('SELECT name FROM migrations');
    return { rows, migrations: done.map(({ name }) => name) };
  } finally {
    await source.destroy();
  }
}

/** A value as text, which is the same in both kinds of database. PostgreSQL reads it as any type. */
function toText(value: unknown): string | null {
  if (value === null) return null;
  return String(typeof value === 'boolean' ? Number(value) : value);
}

const toTexts = (row: Row) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toText(value)]));

/**
 * The same database as the earlier version had it in PostgreSQL: migrations do not change after a
 * release, so that its own create its tables.
 */
async function createOld(old: OldDatabase) {
  const { rows, migrations } = await readEverything(old);
  const database = await createPostgresDatabase();
  const source = await inner.openPartnerDatabase(old.definition, database.url, {
    only: migrations,
  });
  await source.query('CREATE TABLE IF NOT EXISTS "loads" ("name" varchar PRIMARY KEY)');
  await source.destroy();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // No foreign key is checked meanwhile, so that the tables can come in any order.
  await client.query('SET session_replication_role = replica');
  for (const [table, some] of rows) {
    await client.query(`DELETE FROM "${table}"`);
    for (const row of some) {
      const columns = Object.keys(row).map((name) => `"${name}"`);
      const places = columns.map((_, index) => `$${index + 1}`);
      await client.query(
        `INSERT INTO "${table}" (${columns.join()}) OVERRIDING SYSTEM VALUE VALUES (${places.join()})`,
        Object.values(row).map(toText),
      );
    }
  }
  await client.end();
  return database;
}

/** Opens a database as a server does that starts. Disposing of it closes it. */
async function open(
  { definition, partner, content }: OldDatabase,
  databaseUrl: string,
  file: string,
) {
  const source = await inner.openFilledDatabase(definition, {
    partner,
    databaseUrl,
    content,
    logger: silentLogger,
    recognition: { file, mayBeFirst: true, isNew: false },
  });
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}

/** The statements that would still be needed for the entities. */
async function readDrift(source: DataSource): Promise<string[]> {
  const { upQueries } = await source.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

const withContent = (content: OldDatabase['content']) =>
  oldDatabases.filter((old) => old.content === content);

describe.each(oldDatabases)('the database $name in PostgreSQL', (old) => {
  it('is accepted, gets all tables of this version, and is recognised at the next start', async () => {
    using place = unpack(old);
    await using database = await createOld(old);
    await using empty = await createPostgresDatabase();
    await using fresh = await open(old, empty.url, `${place.identity}.new`);
    const drift = await readDrift(fresh.source);
    for (let start = 0; start < 2; start += 1) {
      await using upgraded = await open(old, database.url, place.identity);
      expect(await upgraded.source.showMigrations(), 'migrations are left').toBe(false);
      expect(await readDrift(upgraded.source)).toEqual(drift);
      expect(await inner.checkDatabase(upgraded.source)).toBeUndefined();
    }
  });
});

describe.each(withContent('facts'))('the facts of $name in PostgreSQL', (old) => {
  it('become those of this version, in every table', async () => {
    using place = unpack(old);
    await using database = await createOld(old);
    await using upgraded = await open(old, database.url, place.identity);
    await using empty = await createPostgresDatabase();
    await using fresh = await open(old, empty.url, `${place.identity}.new`);
    const expected = await readTables(fresh.source);
    const found = await readTables(upgraded.source);
    expect([...found.keys()]).toEqual([...expected.keys()]);
    for (const [table, rows] of found)
      expect(asTexts(rows), table).toEqual(asTexts(expected.get(table) ?? []));
  });
});

describe.each(withContent('demonstration'))('what people wrote into $name in PostgreSQL', (old) => {
  it('is kept', async () => {
    using place = unpack(old);
    await using database = await createOld(old);
    await using upgraded = await open(old, database.url, place.identity);
    const tables = await readTables(upgraded.source);
    for (const [table, written] of await readWritten(old)) {
      const kept = (tables.get(table) ?? []).map(toTexts);
      for (const row of written.map(toTexts)) {
        const columns = Object.entries(row).filter(([name]) => name in (kept[0] ?? {}));
        expect(kept, table).toContainEqual(expect.objectContaining(Object.fromEntries(columns)));
      }
    }
  });
});
