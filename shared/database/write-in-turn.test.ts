import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases, type TestDatabaseKind } from '../testing/databases.js';
import { openThings, Thing, thing } from './test-things.js';
import { writeInTurn } from './transaction.js';

const postgres = bothDatabases.filter(({ name }) => name === 'PostgreSQL');

/** Resolves once a transaction waits for our lock in this database, or no lock is needed. */
async function waitForWaiting(source: DataSource, hasToWait: () => boolean): Promise<void> {
  const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  while (hasToWait() && (await source.query<unknown[]>(waiting)).length === 0);
}

describe.each(bothDatabases)('writeInTurn on $name', (kind: TestDatabaseKind) => {
  it('lets no write begin before the current one is committed', async () => {
    await using things = await openThings(kind, []);
    const { source } = things;
    const countAndInsert = () =>
      writeInTurn(source, async (manager) => {
        const before = await manager.count(Thing);
        await manager.insert(Thing, thing({ id: `dk:${before}` }));
      });
    await Promise.all(Array.from({ length: 5 }, countAndInsert));
    expect((await source.manager.find(Thing)).map(({ id }) => id).sort()).toEqual([
      'dk:0',
      'dk:1',
      'dk:2',
      'dk:3',
      'dk:4',
    ]);
  });
});

describe.each(postgres)('writeInTurn on $name', (kind) => {
  it('makes the second write wait, although it changes other rows', async () => {
    await using things = await openThings(kind, []);
    const { source } = things;
    const order: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    await writeInTurn(source, async () => {
      second = writeInTurn(source, () => Promise.resolve(order.push('second')));
      await waitForWaiting(source, () => order.length === 0);
      order.push('first');
    });
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  it('acknowledges only what is on disk, even if the server would acknowledge earlier', async () => {
    await using things = await openThings(kind, []);
    const { source } = things;
    const [{ name = '' } = {}] = await source.query<{ name?: string }[]>(
      'SELECT current_database() AS name',
    );
    await source.query(`ALTER DATABASE "${name}" SET synchronous_commit = off`);
    // New connections use a changed setting of the database.
    await source.destroy();
    await source.initialize();
    const setting = 'SHOW synchronous_commit';
    expect(await source.query(setting)).toEqual([{ synchronous_commit: 'off' }]);
    expect(await writeInTurn(source, (manager) => manager.query(setting))).toEqual([
      { synchronous_commit: 'on' },
    ]);
  });
});
