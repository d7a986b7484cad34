import 'reflect-metadata';

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, type GraphQLFieldResolver } from 'graphql';
import { appendFile, copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { PartnerContext } from '../context/index.js';
import { erase, openDatabase, writeAtOnce, writeInTurn } from '../database/index.js';
import { Thing, thing, thingTables } from '../database/test-things.js';
import { open } from '../policy/index.js';
import { silentLogger } from '../telemetry/index.js';
import type { PartnerDefinition } from './partner-definition.js';
import { openPartner } from './partner.js';

const sdl = 'type Query { things: Int } type Mutation { addThing(id: ID!): Boolean }';

type Resolver = GraphQLFieldResolver<unknown, unknown>;

const addThing: Resolver = (_, { id }: { id: string }, context) =>
  writeInTurn((context as PartnerContext).source, async (manager) => {
    await manager.insert(Thing, thing({ id }));
    return true;
  });

const countThings: Resolver = (_, __, context) =>
  (context as PartnerContext).source.manager.count(Thing);

const definition: PartnerDefinition = {
  subgraph: 'things',
  ...thingTables,
  createSubgraph: () =>
    Promise.resolve({
      sdl,
      policies: {
        Query: { fields: { things: open }, decide: () => false },
        Mutation: { fields: { addThing: open }, decide: () => false },
      },
      schema: buildSubgraphSchema({
        typeDefs: parse(sdl),
        resolvers: { Query: { things: countThings }, Mutation: { addThing } },
      }),
    }),
  loadFacts: () => Promise.resolve(),
  loadDemonstration: () => Promise.resolve(),
};

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

async function createPlace() {
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

type Place = Awaited<ReturnType<typeof createPlace>>;
type Started = Awaited<ReturnType<Place['start']>>;

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
    await using place = await createPlace();
    {
      await using before = await place.start();
      expect(await before.add('dk:1')).toEqual(added);
    }
    const older = `${place.path}.older`;
    await copyFile(place.path, older);
    await using partner = await place.start();
    expect(await partner.add('dk:2')).toEqual(added);
    const aside = `${place.path}.aside`;
    await copyFile(place.path, aside);
    await rename(older, place.path);
    await expectRefused(partner, /The file of the database was replaced while it was open/);
  });

  it('is raised after another partner’s file replaced it', async () => {
    await using place = await createPlace();
    {
      const unknown = { file: `${place.path}.fi.json`, mayBeFirst: true, isNew: false };
      await using other = await place.start('fi', unknown);
      expect(await other.add('fi:1')).toEqual(added);
    }
    await using partner = await place.start();
    await rename(place.path.replace('dk.sqlite', 'fi.sqlite'), place.path);
    await expectRefused(partner, /The file of the database was replaced/);
  });

  it('ends when the file is back, with everything that was acknowledged', async () => {
    await using place = await createPlace();
    await using partner = await place.start();
    await partner.add('dk:1');
    const aside = `${place.path}.aside`;
    await rename(place.path, aside);
    await expectRefused(partner, /The file of the database was removed while it was open/);
    await rename(aside, place.path);
    expect(await partner.add('dk:2')).toEqual(added);
    expect(await partner.count()).toEqual({ data: { things: 2 } });
  });

  it('is raised after its log was removed, and the shutdown saves the log', async () => {
    await using place = await createPlace();
    {
      await using partner = await place.start();
      expect(await partner.add('dk:1')).toEqual(added);
      await rm(`${place.path}-wal`);
      await expectRefused(partner, /The file of the log was removed while it was open/);
    }
    await using again = await place.start();
    expect(await again.count()).toEqual({ data: { things: 1 } });
  });

  it('is raised for a write if the file was replaced before the commit', async () => {
    await using place = await createPlace();
    await using partner = await place.start();
    const writing = writeInTurn(partner.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
      await rename(place.path, `${place.path}.aside`);
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
    await using place = await createPlace();
    const foreignPath = place.path.replace('dk.sqlite', 'fi.sqlite');
    {
      await using before = await place.start();
      await before.add('dk:1');
      const unknown = { file: `${place.path}.fi.json`, mayBeFirst: true, isNew: false };
      await using other = await place.start('fi', unknown);
      await other.add('fi:1');
    }
    const copy = choose(await readFile(place.path), await readFile(foreignPath));
    {
      await using partner = await place.start();
      // The first write begins a log, which is counted after the response, and before the second write.
      for (const id of ['dk:2', 'dk:3']) expect(await partner.add(id)).toEqual(added);
      await writeFile(place.path, copy);
      await expectRefused(partner, /The file of the database was overwritten while it was open/);
    }
    await expect(place.start()).rejects.toThrow(
      /was overwritten while dk had it open|is not a SQLite database|belongs to fi/,
    );
  });

  it('is raised for a write if the file was overwritten before the commit', async () => {
    await using place = await createPlace();
    await using partner = await place.start();
    const writing = writeInTurn(partner.source, async (manager) => {
      await manager.insert(Thing, thing({ id: 'dk:1' }));
    });
    await writing;
    await appendFile(place.path, Buffer.alloc(4_096));
    const insert = `INSERT INTO "loads" ("name") VALUES ('x')`;
    await expect(writeAtOnce(partner.source, insert, [])).rejects.toThrow('was overwritten');
  });

  it('is raised for reads after at most a second, and from the next write on', async () => {
    await using place = await createPlace();
    await using partner = await place.start();
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      vi.advanceTimersByTime(1_000);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      await rename(place.path, `${place.path}.aside`);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      vi.advanceTimersByTime(999);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      vi.advanceTimersByTime(1);
      await expectRefused(partner, /was removed/);
      await rename(`${place.path}.aside`, place.path);
      expect(await partner.count()).toEqual({ data: { things: 0 } });
      await rename(place.path, `${place.path}.aside`);
      await expectRefused(partner, /was removed/);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not raised while others write and merge the log into the file', async () => {
    await using place = await createPlace();
    await using partner = await place.start();
    const url = `sqlite:${place.path}`;
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
    await using place = await createPlace();
    await using partner = await place.start();
    for (let round = 0; round < 3; round += 1) {
      expect(await partner.add('dk:1')).toEqual(added);
      await erase(partner.source, (manager) => manager.delete(Thing, { id: 'dk:1' }));
    }
    const url = `sqlite:${place.path}`;
    const other = await openDatabase({ url, entities: [], migrations: [] });
    await other.query('PRAGMA wal_checkpoint(TRUNCATE)');
    await other.destroy();
    expect(await partner.add('dk:last')).toEqual(added);
    expect(JSON.stringify(await partner.ready())).not.toMatch(/The file of/);
  });
});
