import 'reflect-metadata';

import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { DatabaseMark } from '../database/database-mark.entity.js';
import { writerOf } from '../database/sqlite/connections.js';
import { bothDatabases, createPostgresDatabase } from '../testing/databases.js';
import { AddLogsBegun1764000006000 } from './add-logs-begun.migration.js';
import { checkDatabase } from './check-database.js';
import { CreateDatabaseMark1764000005000 } from './create-database-mark.migration.js';

async function openMarked(url: string) {
  const tables = {
    entities: [DatabaseMark],
    migrations: [CreateDatabaseMark1764000005000, AddLogsBegun1764000006000],
  };
  const source = await openDatabase({ url, ...tables });
  await source.manager.insert(DatabaseMark, { id: 'x', partner: 'dk', createdAt: '2026' });
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}

describe.each(bothDatabases)('checkDatabase on $name', ({ create }) => {
  it('reports nothing for a database that can be read and written', async () => {
    await using database = await create();
    await using marked = await openMarked(database.url);
    expect(await checkDatabase(marked.source)).toBeUndefined();
  });

  it('reports that newer code has opened it', async () => {
    await using database = await create();
    await using marked = await openMarked(database.url);
    await marked.source.query(
      `INSERT INTO migrations ("timestamp", "name") VALUES (9, 'FromTomorrow9')`,
    );
    expect(await checkDatabase(marked.source)).toMatch(/newer than this code/);
  });
});

describe('checkDatabase', () => {
  it('reports a read-only SQLite database', async () => {
    await using database = await bothDatabases[0]!.create();
    await using marked = await openMarked(database.url);
    await (await writerOf(marked.source)).query('PRAGMA query_only = ON');
    expect(await checkDatabase(marked.source)).toBe('The database is read-only.');
  });

  it('reports a removed file', async () => {
    await using database = await bothDatabases[0]!.create();
    await using marked = await openMarked(database.url);
    await rm(database.url.slice('sqlite:'.length));
    expect(await checkDatabase(marked.source)).toMatch(/was removed/);
  });

  it('reports a read-only PostgreSQL database', async () => {
    await using database = await createPostgresDatabase();
    await using marked = await openMarked(database.url);
    const [, name] = new URL(database.url).pathname.split('/');
    await marked.source.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await using again = await openReadOnly(database.url);
    expect(await checkDatabase(again.source)).toBe('The database is read-only.');
  });
});

async function openReadOnly(url: string) {
  const tables = {
    entities: [DatabaseMark],
    migrations: [CreateDatabaseMark1764000005000, AddLogsBegun1764000006000],
  };
  const source = await openDatabase({ url, ...tables });
  return { source, [Symbol.asyncDispose]: () => source.destroy() };
}
