import 'reflect-metadata';

import { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { writerOf } from '../database/sqlite/connections.js';
import { Thing, thing } from '../database/test-things.js';
import type { PartnerContext } from '../policy/context/partner-context.js';
import { silentLogger } from '../system/logger.js';
import {
  bothDatabases,
  createPostgresDatabase,
  type TestDatabaseKind,
} from '../testing/databases.js';
import { startPostgres } from '../testing/postgres-server.js';
import { findForChange } from './mutations/find-for-change.js';
import { perform } from './mutations/perform.js';
import { openPartner } from './partner.js';
import { defineThings, type Resolver } from './test-things-partner.js';

const sdl = 'type Query { things: Int } type Mutation { addThing(id: ID!, note: String): ID }';

/** A second row of each write, so that a write could be incomplete. */
const noteOf = (id: string) => `${id}:note`;

const addThing: Resolver = async (_, { id, note }: { id: string; note?: string }, context) => {
  const input: { readonly note?: string; readonly idempotencyKey: string } = {
    note,
    idempotencyKey: id,
  };
  const added = await perform(context as PartnerContext, {
    name: 'addThing',
    input,
    async write(manager) {
      await manager.insert(Thing, thing({ id }));
      await manager.insert(Thing, thing({ id: noteOf(id), name: note ?? '' }));
      return { id };
    },
    find: (manager, found) => findForChange(manager, Thing, found, 'id'),
  });
  return added.id;
};

const definition = defineThings(sdl, addThing);

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: object }[];
}

/** A partner over a database, called over HTTP. */
async function openThingsPartner(databaseUrl: string) {
  const server = await openPartner(definition, {
    partner: 'dk',
    databaseUrl,
    content: 'nothing',
    logger: silentLogger,
  });
  const url = await server.listen(0);
  const ask = async (query: string, variables = {}): Promise<Answer> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  return {
    source: server.source,
    add: (id: string, note?: string) =>
      ask('mutation ($id: ID!, $note: String) { added: addThing(id: $id, note: $note) }', {
        id,
        note,
      }),
    count: () => ask('{ things }'),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

const refused = {
  data: { added: null },
  errors: [
    {
      message: 'This partner is unavailable.',
      extensions: { code: 'PARTNER_UNAVAILABLE' },
    },
  ],
};

const [sqlite] = bothDatabases as [TestDatabaseKind];

describe('PARTNER_UNAVAILABLE on SQLite', () => {
  it('is raised for a full disk: nothing is written partly, and the partner recovers', async () => {
    await using database = await sqlite.create();
    await using partner = await openThingsPartner(database.url);
    const writer = await writerOf(partner.source);
    const [{ page_count: pages }] = (await writer.query('PRAGMA page_count')) as [
      { page_count: number },
    ];
    await writer.query(`PRAGMA max_page_count = ${pages}`);
    expect(await partner.add('dk:1', 'x'.repeat(20_000))).toMatchObject(refused);
    expect(await partner.count()).toEqual({ data: { things: 0 } });
    await writer.query('PRAGMA max_page_count = 1000000');
    expect(await partner.add('dk:1', 'x'.repeat(20_000))).toEqual({ data: { added: 'dk:1' } });
    expect(await partner.count()).toEqual({ data: { things: 2 } });
  });

  it('is raised while another process locks the database, and the partner recovers', async () => {
    await using database = await sqlite.create();
    await using partner = await openThingsPartner(database.url);
    await (await writerOf(partner.source)).query('PRAGMA busy_timeout = 50');
    const other = new DataSource({
      type: 'sqlite',
      database: String(partner.source.options.database),
    });
    await other.initialize();
    await other.query('BEGIN IMMEDIATE');
    expect(await partner.add('dk:1')).toMatchObject(refused);
    expect(await partner.count()).toEqual({ data: { things: 0 } });
    await other.query('ROLLBACK');
    await other.destroy();
    expect(await partner.add('dk:1')).toEqual({ data: { added: 'dk:1' } });
  });
});

describe('PARTNER_UNAVAILABLE on PostgreSQL', () => {
  it('is raised for a lost connection, and the partner recovers without a restart', async () => {
    await using probe = await createPostgresDatabase();
    expect(probe.url).toBeTruthy();
    await using postgres = await startPostgres();
    await using partner = await openThingsPartner(postgres.databaseUrl('postgres'));
    expect(await partner.add('dk:1')).toEqual({ data: { added: 'dk:1' } });
    const writing = Promise.all(
      Array.from({ length: 20 }, async (_, index) => ({
        id: `dk:during-${index}`,
        answer: await partner.add(`dk:during-${index}`),
      })),
    );
    await postgres.restart();
    const acknowledged = (await writing).filter(({ answer }) => !answer.errors);
    for (const { answer } of await writing) {
      if (answer.errors) expect(answer).toMatchObject(refused);
    }
    expect(await partner.add('dk:2')).toEqual({ data: { added: 'dk:2' } });
    const rows = await partner.source.manager.find(Thing);
    const ids = new Set(rows.map(({ id }) => id));
    for (const { id } of acknowledged) expect(ids).toContain(id);
    // Each write has both rows or none.
    for (const id of ids) {
      if (!id.endsWith(':note')) expect(ids).toContain(noteOf(id));
    }
    expect(rows.length % 2).toBe(0);
  });
});
