import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createPostgresDatabase } from '../testing/databases.js';
import { holdDatabase, type HoldOptions } from './hold-database.js';

async function tryAlone(url: string): Promise<boolean> {
  const hold = await holdDatabase({ url, as: 'alone' });
  await hold?.release();
  return hold !== undefined;
}

async function listHolders(admin: pg.Client): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
     WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
  );
  return rows.map(({ pid }) => pid);
}

/** The same database at the other end of a slow line. */
async function openSlowLine(url: string) {
  const { hostname, port } = new URL(url);
  const server = createServer((client) => {
    const database = connect(Number(port), hostname).on('error', () => client.destroy());
    database.pipe(client).on('error', () => database.destroy());
    client.on('data', (data) => setTimeout(() => database.write(data), 50));
    client.on('close', () => setTimeout(() => database.end(), 50));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = new URL(url);
  slow.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: slow.href, [Symbol.dispose]: () => void server.close() };
}

describe('holdDatabase', () => {
  it('lets many share a database, and gives exclusive use when they have ended', async () => {
    await using database = await createPostgresDatabase();
    const { url } = database;
    const shared = { url, as: 'shared' } satisfies HoldOptions;
    const holds = [await holdDatabase(shared), await holdDatabase(shared)];
    expect(await tryAlone(url)).toBe(false);
    for (const hold of holds) await hold?.release();
    const alone = await holdDatabase({ url, as: 'alone' });
    expect(await holdDatabase(shared)).toBeUndefined();
    await alone?.release();
    expect(await tryAlone(url)).toBe(true);
  });

  it.each(['alone', 'shared'] as const)('has no lock when it is released: %s', async (as) => {
    await using database = await createPostgresDatabase();
    using line = await openSlowLine(database.url);
    const admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    try {
      const hold = await holdDatabase({ url: line.url, as });
      expect(await listHolders(admin)).toHaveLength(1);
      await hold?.release();
      expect(await listHolders(admin)).toEqual([]);
    } finally {
      await admin.end();
    }
  });

  it('is taken again when its connection is cut', async () => {
    await using database = await createPostgresDatabase();
    const { url } = database;
    const hold = await holdDatabase({ url, as: 'shared' });
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const holders = () => listHolders(admin);
    try {
      const [first] = await holders();
      for (let cut = 0; cut < 3; cut += 1) {
        const before = await holders();
        await admin.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid', [before]);
        // A connection that is closing has its lock for another moment.
        const others = async () => (await holders()).filter((pid) => !before.includes(pid));
        await expect.poll(others).toHaveLength(1);
      }
      expect(await holders()).not.toContain(first);
      expect(await tryAlone(url)).toBe(false);
    } finally {
      await hold?.release();
      await admin.end();
    }
    expect(await tryAlone(url)).toBe(true);
  });
});
