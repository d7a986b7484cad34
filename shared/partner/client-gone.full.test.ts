import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import pg from 'pg';
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { anonymous } from '../identity/reader.js';
import { noHub } from '../policy/context/ask-hub.js';
import { open, type Policies } from '../policy/type-policy.js';
import { silentLogger } from '../system/logger.js';
import { createPostgresDatabase } from '../testing/databases.js';
import { createPartnerServer } from './partner-server.js';

const policies: Policies = {
  Query: { fields: { locked: open, free: open }, decide: () => false },
  Mutation: { fields: { add: open }, decide: () => false },
};

/** Without PostgreSQL’s timeouts, which would free a connection after a while. */
async function queryWithoutLimit(source: DataSource, text: string): Promise<number> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await runner.query(text);
    return 1;
  } finally {
    await runner.release();
  }
}

/** A partner whose table `things` is locked by another session. */
async function openLocked(url: string) {
  const source = await openDatabase({ url, entities: [], migrations: [] });
  await source.query('CREATE TABLE things (id int)');
  const schema = buildSubgraphSchema({
    typeDefs: parse('type Query { locked: Int free: Int } type Mutation { add: Int }'),
    resolvers: {
      Query: {
        locked: () => queryWithoutLimit(source, 'SELECT * FROM things'),
        free: async () => (await source.query<{ one: number }[]>('SELECT 1 AS one'))[0]?.one,
      },
      Mutation: { add: () => queryWithoutLimit(source, 'INSERT INTO things VALUES (1)') },
    },
  });
  const server = await createPartnerServer({
    partner: 'dk',
    schema,
    policies,
    source,
    logger: silentLogger,
    clock: () => new Date(),
    authenticate: () => Promise.resolve({ reader: anonymous }),
    askHub: noHub,
  });
  const [other, watcher] = [url, url].map(
    (connectionString) => new pg.Client({ connectionString }),
  ) as [pg.Client, pg.Client];
  await Promise.all([other.connect(), watcher.connect()]);
  await other.query('BEGIN; LOCK TABLE things IN ACCESS EXCLUSIVE MODE');
  const address = await server.listen(0);
  const countWaiting = async () => {
    const { rows } = await watcher.query<{ count: string }>(
      `SELECT COUNT(*) AS count FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return Number(rows[0]?.count);
  };
  return {
    other,
    ask: (query: string, signal?: AbortSignal) =>
      fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          connection: 'close',
        },
        body: JSON.stringify({ query }),
        signal: signal ?? null,
      }).then((response) => response.json()),
    async untilWaiting(count: number) {
      while ((await countWaiting()) !== count);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([other.end(), watcher.end()]);
      await server.close();
    },
  };
}

/** The number of connections of a partner. */
const connections = 10;

describe('a client that goes away, on PostgreSQL', () => {
  it('frees its connection, also if its query waits for a lock', async () => {
    await using database = await createPostgresDatabase();
    await using partner = await openLocked(database.url);
    const leaving = new AbortController();
    const gone = Promise.allSettled(
      Array.from({ length: 20 }, () => partner.ask('{ locked }', leaving.signal)),
    );
    await partner.untilWaiting(connections);
    leaving.abort();
    expect(await partner.ask('{ free }')).toEqual({ data: { free: 1 } });
    await partner.untilWaiting(0);
    for (const { status } of await gone) expect(status).toBe('rejected');
    expect(await partner.ask('{ free }')).toEqual({ data: { free: 1 } });
  });

  it('does not stop a write', async () => {
    await using database = await createPostgresDatabase();
    await using partner = await openLocked(database.url);
    const leaving = new AbortController();
    const isGone = expect(partner.ask('mutation { add }', leaving.signal)).rejects.toThrow();
    await partner.untilWaiting(1);
    leaving.abort();
    await isGone;
    // By now the server has noticed that the client disconnected.
    expect(await partner.ask('{ free }')).toEqual({ data: { free: 1 } });
    await partner.other.query('COMMIT');
    const read = () => partner.other.query('SELECT id FROM things');
    while ((await read()).rows.length === 0);
    expect((await read()).rows).toEqual([{ id: 1 }]);
  });
});
