import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases, type TestDatabaseKind } from '../testing/databases.js';
import { writerOf } from './sqlite/connections.js';
import { openThings, Thing, thing } from './test-things.js';
import { erase, inTransaction } from './transaction.js';

const [sqlite] = bothDatabases as [TestDatabaseKind];

const ids = (source: DataSource) =>
  source.manager.find(Thing, { order: { id: 'ASC' } }).then((rows) => rows.map(({ id }) => id));

describe.each(bothDatabases)('inTransaction on $name', (kind) => {
  it('commits everything, and returns the result of the work', async () => {
    await using things = await openThings(kind, []);
    const answer = await inTransaction(things.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
      await manager.insert(Thing, thing({ id: 'dk:2' }));
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await ids(things.source)).toEqual(['dk:1', 'dk:2']);
  });

  it('undoes everything if the work throws, and the next one runs', async () => {
    await using things = await openThings(kind, []);
    const failing = inTransaction(things.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
      throw new Error('no');
    });
    const next = inTransaction(things.source, (manager) =>
      manager.insert(Thing, thing({ id: 'dk:2' })),
    );
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(await ids(things.source)).toEqual(['dk:2']);
  });

  it('separates twenty simultaneous transactions', async () => {
    await using things = await openThings(kind, []);
    const numbers = Array.from(
      { length: 20 },
      (_, index) => `dk:${String(index).padStart(2, '0')}`,
    );
    const settled = await Promise.allSettled(
      numbers.map((id, index) =>
        inTransaction(things.source, async (manager) => {
          await manager.insert(Thing, thing({ id }));
          await manager.count(Thing);
          if (index % 2 === 1) throw new Error('no');
        }),
      ),
    );
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(await ids(things.source)).toEqual(numbers.filter((_, index) => index % 2 === 0));
  });
});

/** Another process’s connection to the same file. */
async function openOther(source: DataSource): Promise<DataSource> {
  const other = new DataSource({ type: 'sqlite', database: String(source.options.database) });
  return other.initialize();
}

describe('inTransaction beside another process on SQLite', () => {
  it('waits for the other’s write, and reads what it wrote', async () => {
    await using things = await openThings(sqlite, []);
    const other = await openOther(things.source);
    await other.query('BEGIN IMMEDIATE');
    const own = inTransaction(things.source, async (manager) => {
      const before = await manager.count(Thing);
      await manager.insert(Thing, thing({ id: `dk:${before}` }));
    });
    await other.query(
      `INSERT INTO things (id, country, name, search_text) VALUES ('dk:other', 'DK', 'other', '')`,
    );
    await other.query('COMMIT');
    await own;
    expect(await ids(things.source)).toEqual(['dk:1', 'dk:other']);
    await other.destroy();
  });

  it('fails if the other does not end, and succeeds afterwards', async () => {
    await using things = await openThings(sqlite, []);
    const writer = await writerOf(things.source);
    await writer.query('PRAGMA busy_timeout = 20');
    const other = await openOther(things.source);
    await other.query('BEGIN IMMEDIATE');
    const insert = () =>
      inTransaction(things.source, (manager) => manager.insert(Thing, thing({ id: 'dk:1' })));
    await expect(insert()).rejects.toThrow('SQLITE_BUSY');
    await other.query('ROLLBACK');
    await insert();
    expect(await ids(things.source)).toEqual(['dk:1']);
    await other.destroy();
  });
});

describe.each(bothDatabases)('erase on $name', (kind) => {
  it('commits the work, and undoes it if it throws', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:1' }), thing({ id: 'dk:2' })]);
    expect(await erase(things.source, (manager) => manager.delete(Thing, 'dk:1'))).toBeTruthy();
    const failing = erase(things.source, async (manager) => {
      await manager.delete(Thing, 'dk:2');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await ids(things.source)).toEqual(['dk:2']);
  });
});

describe('erase beside others on SQLite', () => {
  it('reports that the log is in use, and lets no write come between', async () => {
    await using things = await openThings(sqlite, [thing({ id: 'dk:1' })]);
    const writer = await writerOf(things.source);
    await writer.query('PRAGMA busy_timeout = 20');
    const other = await openOther(things.source);
    await other.query('BEGIN');
    await other.query('SELECT * FROM things');
    const erasing = erase(things.source, (manager) => manager.delete(Thing, 'dk:1'));
    const next = inTransaction(things.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:2' }));
      await erasing.catch(() => undefined);
    });
    await expect(erasing).rejects.toThrow('The log of the database is in use');
    await next;
    await other.query('COMMIT');
    await erase(things.source, (manager) => manager.delete(Thing, 'dk:2'));
    expect(await ids(things.source)).toEqual([]);
    await other.destroy();
  });
});
