import pg from 'pg';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../../testing/databases.js';
import { openDatabase } from '../data-source.js';

/** A database with one connection: each statement meets what the ones before it have left. */
async function openOneConnection() {
  const database = await createPostgresDatabase();
  const source = await openDatabase({
    url: database.url,
    entities: [],
    migrations: [],
    connections: 1,
  });
  await source.query('CREATE TABLE things (id text, size int)');
  await source.query(`INSERT INTO things VALUES ('a', 1), ('b', 2)`);
  return {
    url: database.url,
    source,
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Changes the table from another connection, as a migration does beside a running partner. */
async function migrate(url: string, statement: string): Promise<void> {
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  await other.query(statement);
  await other.end();
}

/** The statements that PostgreSQL keeps for the connection. Those of the start have parameters too. */
async function listPrepared(source: DataSource): Promise<{ name: string; statement: string }[]> {
  const ofThings = `SELECT name, statement FROM pg_prepared_statements WHERE statement LIKE '% things %'`;
  return source.query(ofThings);
}

const sizeOf = 'SELECT size FROM things WHERE id = $1';
const all = 'SELECT * FROM things WHERE size < $1 ORDER BY id';

describe('a prepared statement on PostgreSQL', () => {
  it('is parsed once on a connection, and reads what was written since', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    expect(await source.query(sizeOf, ['a'])).toEqual([{ size: 1 }]);
    expect(await source.query(sizeOf, ['b'])).toEqual([{ size: 2 }]);
    await source.query('UPDATE things SET size = 3');
    expect(await source.query(sizeOf, ['a'])).toEqual([{ size: 3 }]);
    expect(await listPrepared(source)).toMatchObject([{ statement: sizeOf }]);
  });

  it('is not what writes, nor what reads in a transaction', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    await source.transaction(async (manager) => {
      expect(await manager.query(sizeOf, ['a'])).toEqual([{ size: 1 }]);
      await manager.query('UPDATE things SET size = $1', [5]);
    });
    expect(await listPrepared(source)).toEqual([]);
  });

  it('goes on when a migration changes the form of its result', async () => {
    await using opened = await openOneConnection();
    const { source, url } = opened;
    await source.query(all, [9]);
    await migrate(url, 'ALTER TABLE things ADD COLUMN colour text');
    const [first] = await source.query<unknown[]>(all, [9]);
    expect(first).toEqual({ id: 'a', size: 1, colour: null });
    expect(await source.query(all, [9])).toHaveLength(2);
  });

  it('goes on when the server no longer has it, as behind a pooler', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    await source.query(sizeOf, ['a']);
    await source.query('DEALLOCATE ALL');
    expect(await source.query(sizeOf, ['b'])).toEqual([{ size: 2 }]);
  });

  it('goes on when the server has it from somebody else, as behind a pooler', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    await source.query(sizeOf, ['a']);
    const [prepared] = await listPrepared(source);
    const name = prepared?.name ?? 'none';
    await using later = await openOneConnection();
    await later.source.query(`PREPARE "${name}" (text) AS ${sizeOf}`);
    expect(await later.source.query(sizeOf, ['b'])).toEqual([{ size: 2 }]);
  });

  it('keeps a bounded number of them, however many forms a caller asks for', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    for (let size = 0; size < 300; size += 1) {
      const text = `SELECT id FROM things WHERE size = ${size} OR id = $1`;
      expect(await source.query(text, ['a'])).toContainEqual({ id: 'a' });
    }
    expect((await listPrepared(source)).length).toBeLessThanOrEqual(100);
  });

  it('reports a fault of the statement itself as before', async () => {
    await using opened = await openOneConnection();
    const { source } = opened;
    const wrong = source.query('SELECT size FROM nothing WHERE id = $1', ['a']);
    await expect(wrong).rejects.toMatchObject({ driverError: { code: '42P01' } });
    await source.query('CREATE TABLE nothing (id text, size int)');
    expect(await source.query('SELECT size FROM nothing WHERE id = $1', ['a'])).toEqual([]);
  });
});
