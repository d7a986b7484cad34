import 'reflect-metadata';

import { buildSchema } from 'graphql';
import { appendFile, copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { Thing, thing } from '../../database/test-things.js';
import { erase, writeAtOnce, writeInTurn } from '../../database/transaction.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { guardSchema } from '../../policy/guard-schema.js';
import type { Policies } from '../../policy/type-policy.js';
import { isReading } from '../../records/chain/chain.js';
import { walkReadings } from '../../records/chain/stored-form.js';
import { silentLogger } from '../../system/logger.js';
import type { PartnerDefinition } from '../partner-definition.js';
import { openPartner } from '../partner.js';
import { defineThings, type Resolver } from '../test-things-partner.js';

const sdl = 'type Query { things: Int } type Mutation { addThing(id: ID!): Boolean }';

const addThing: Resolver = (_, { id }: { id: string }, context) =>
  writeInTurn((context as PartnerContext).source, async (manager) => {
    await manager.insert(Thing, thing({ id }));
    return true;
  });

const definition = defineThings(sdl, addThing);

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function createServerFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'hub-lost-'));
  const file = join(folder, 'identities', 'dk.json');
  /** A partner with its database in the folder, called over HTTP. */
  const start = async (name = 'dk', recognition = { file, mayBeFirst: true, isNew: false }) => {
    const server = await openPartner(definition, {
      partner: name,
      databaseUrl: `sqlite:${join(folder, `${name}.sqlite`)}`,
      content: 'nothing',
      logger: silentLogger,
      recognition,
    });
    const url = await server.listen(0);
    const ask = async (query: string): Promise<Answer> => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Answer;
    };
    return {
      source: server.source,
      add: (id: string) => ask(`mutation { addThing(id: "${id}") }`),
      count: () => ask('{ things }'),
      ready: async () => (await fetch(new URL('/health/ready', url))).json(),
      [Symbol.asyncDispose]: () => server.close(),
    };
  };
  return {
    path: join(folder, 'dk.sqlite'),
    start,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

type ServerFolder = Awaited<ReturnType<typeof createServerFolder>>;
type Started = Awaited<ReturnType<ServerFolder['start']>>;

const added = { data: { addThing: true } };

async function expectRefused(partner: Started, reason: RegExp): Promise<void> {
  for (const answer of [await partner.add('dk:refused'), await partner.count()]) {
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual([
      'PARTNER_UNAVAILABLE',
    ]);
  }
  expect(JSON.stringify(await partner.ready())).toMatch(reason);
}

/** Replaces a file that is open. Windows does not allow that. */
describe('PARTNER_UNAVAILABLE for a SQLite file', { skip: process.platform === 'win32' }, () => {
  it('is raised after an older copy replaced it', async () => {
    await using folder = await createServerFolder();
    {
      await using before = await folder.start();
      expect(await before.add('dk:1')).toEqual(added);
    }
    const older = `${folder.path}.older`;
    await copyFile(folder.path, older);
    await using partner = await folder.start();
    expect(await partner.add('dk:2')).toEqual(added);
    const aside = `${folder.path}.aside`;
    await copyFile(folder.path, aside);
    await rename(older, folder.path);
    await expectRefused(partner, /The file of the database was replaced while it was open/);
  });

  it('is raised after another partner’s file replaced it', async () => {
    await using folder = await createServerFolder();
    {
      const unknown = { file: `${folder.path}.fi.json`, mayBeFirst: true, isNew: false };
      await using other = await folder.start('fi', unknown);
      expect(await other.add('fi:1')).toEqual(added);
    }
    await using partner = await folder.start();
    await rename(folder.path.replace('dk.sqlite', 'fi.sqlite'), folder.path);
    await expectRefused(partner, /The file of the database was replaced/);
  });

  it('ends when the file is back, with everything that was acknowledged', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    await partner.add('dk:1');
    const aside = `${folder.path}.aside`;
    await rename(folder.path, aside);
    await expectRefused(partner, /The file of the database was removed while it was open/);
    await rename(aside, folder.path);
    expect(await partner.add('dk:2')).toEqual(added);
    expect(await partner.count()).toEqual({ data: { things: 2 } });
  });

  it('is raised after its log was removed, and the shutdown saves the log', async () => {
    await using folder = await createServerFolder();
    {
      await using partner = await folder.start();
      expect(await partner.add('dk:1')).toEqual(added);
      await rm(`${folder.path}-wal`);
      await expectRefused(partner, /The file of the log was removed while it was open/);
    }
    await using again = await folder.start();
    expect(await again.count()).toEqual({ data: { things: 1 } });
  });

  it('is raised for a write if the file was replaced before the commit', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    const writing = writeInTurn(partner.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
      await rename(folder.path, `${folder.path}.aside`);
    });
    await expect(writing).rejects.toThrow('The file of the database was removed.');
    const insert = `INSERT INTO "loads" ("name") VALUES ('x')`;
    await expect(writeAtOnce(partner.source, insert, [])).rejects.toThrow('was removed');
  });

  it.each([
    ['an older copy', (older: Buffer) => older],
    ['another partner’s file', (_: Buffer, foreign: Buffer) => foreign],
    ['something else', () => Buffer.from('a letter '.repeat(2_000))],
  ])('is raised after %s was written into it, also at the next start', async (_, choose) => {
    await using folder = await createServerFolder();
    const foreignPath = folder.path.replace('dk.sqlite', 'fi.sqlite');
    {
      await using before = await folder.start();
      await before.add('dk:1');
      const unknown = { file: `${folder.path}.fi.json`, mayBeFirst: true, isNew: false };
      await using other = await folder.start('fi', unknown);
      await other.add('fi:1');
    }
    const copy = choose(await readFile(folder.path), await readFile(foreignPath));
    {
      await using partner = await folder.start();
      // The first write begins a log, which is counted after the response, and before the second write.
      for (const id of ['dk:2', 'dk:3']) expect(await partner.add(id)).toEqual(added);
      await writeFile(folder.path, copy);
      await expectRefused(partner, /The file of the database was overwritten while it was open/);
    }
    await expect(folder.start()).rejects.toThrow(
      /was overwritten while dk had it open|is not a SQLite database|belongs to fi/,
    );
  });

  it('is raised for a write if the file was overwritten before the commit', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    const writing = writeInTurn(partner.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
    });
    await writing;
    await appendFile(folder.path, Buffer.alloc(4_096));
    const insert = `INSERT INTO "loads" ("name") VALUES ('x')`;
    await expect(writeAtOnce(partner.source, insert, [])).rejects.toThrow('was overwritten');
  });

  it('is raised for reads after at most a second, and from the next write on', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      vi.advanceTimersByTime(1_000);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      await rename(folder.path, `${folder.path}.aside`);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      vi.advanceTimersByTime(999);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      vi.advanceTimersByTime(1);
      await expectRefused(partner, /was removed/);
      await rename(`${folder.path}.aside`, folder.path);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      await rename(folder.path, `${folder.path}.aside`);
      await expectRefused(partner, /was removed/);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not raised while others write and merge the log into the file', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    const url = `sqlite:${folder.path}`;
    const other = await openDatabase({ url, entities: [], migrations: [] });
    const change = 'UPDATE "database_mark" SET "logs_begun" = "logs_begun"';
    for (let round = 0; round < 5; round += 1) {
      const writing = other.query(change);
      expect(await partner.add(`dk:${round}`)).toEqual(added);
      await writing;
      for (let time = 0; time < 2; time += 1) {
        await other.query(change);
        await other.query('PRAGMA wal_checkpoint(TRUNCATE)');
        expect(JSON.stringify(await partner.ready())).not.toMatch(/The file of/);
      }
    }
    await other.destroy();
    expect(await partner.add('dk:last')).toEqual(added);
  });

  it('is not raised when SQLite merges or truncates its log', async () => {
    await using folder = await createServerFolder();
    await using partner = await folder.start();
    for (let round = 0; round < 3; round += 1) {
      expect(await partner.add('dk:1')).toEqual(added);
      await erase(partner.source, (manager) => manager.delete(Thing, { id: 'dk:1' }));
    }
    const url = `sqlite:${folder.path}`;
    const other = await openDatabase({ url, entities: [], migrations: [] });
    await other.query('PRAGMA wal_checkpoint(TRUNCATE)');
    await other.destroy();
    expect(await partner.add('dk:last')).toEqual(added);
    expect(JSON.stringify(await partner.ready())).not.toMatch(/The file of/);
  });
});

describe('a reading that an error takes out of the response', () => {
  const people = 'people { id name email friend { name email } }';
  const sdlOfPeople =
    'type Query { people: [Person] } type Person { id: ID name: String email: String! friend: Person }';
  const friend = { id: 'b', name: 'Berta', email: 'b@x' };
  const rows: Readonly<Record<string, unknown>>[] = [
    { id: 'a', name: 'Anna', email: 'a@x', friend },
    // Has no e-mail address, so the whole person is null.
    { id: 'c', name: 'Cecilia', email: null, friend },
    { id: 'd', name: () => Promise.reject(new Error('lost')), email: 'd@x', friend: null },
    { id: 'e', name: null, email: 'e@x', friend: { ...friend, id: 'f', email: null } },
  ];

  const ofPeople: PartnerDefinition = {
    ...definition,
    createSubgraph() {
      const schema = buildSchema(sdlOfPeople);
      const policies: Policies = {
        Query: { fields: { people: 'open' }, decide: () => false },
        Person: {
          fields: { id: 'open', name: 'identity', email: 'identity', friend: 'open' },
          personOf: (row) => (row as typeof friend).id,
          decide: () => true,
        },
      };
      schema.getQueryType()!.getFields()['people']!.resolve = () => rows;
      guardSchema(schema, policies);
      return Promise.resolve({ sdl: sdlOfPeople, schema, policies });
    },
  };

  it('is not recorded', async () => {
    await using server = await openPartner(ofPeople, {
      partner: 'dk',
      databaseUrl: 'sqlite::memory:',
      content: 'nothing',
      logger: silentLogger,
    });
    const response = await fetch(await server.listen(0), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ ${people} }` }),
    });
    const { data } = (await response.json()) as { data: { people: unknown } };
    expect(data.people).toEqual([
      { ...rows[0], friend: { name: 'Berta', email: 'b@x' } },
      null,
      { ...rows[2], name: null },
      { id: 'e', name: null, email: 'e@x', friend: null },
    ]);
    const found: unknown[] = [];
    for await (const { links } of walkReadings(server.source.manager, 0))
      found.push(...links.filter(isReading).map(({ fields, records }) => ({ fields, records })));
    // Anna, Berta and the last one, whose name is null without an error. Of one the address alone.
    expect(found).toEqual([
      { fields: ['email', 'name'], records: 3 },
      { fields: ['email'], records: 1 },
    ]);
  });
});
