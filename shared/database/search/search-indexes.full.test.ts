// cspell:disable: letters of many scripts
import 'reflect-metadata';

import { array, assert, asyncProperty, constantFrom, oneof, string } from 'fast-check';
import { readFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases, createPostgresDatabase } from '../../testing/databases.js';
import { createDataSource, openDatabase } from '../data-source.js';
import { openThings, Thing, thing, thingTables } from '../test-things.js';
import { erase, inTransaction } from '../transaction.js';
import { searchesScan } from './search-indexes.js';
import { containsText, toSearchText } from './search.js';

/** Letters that databases treat in ways of their own: few, so that terms occur in texts. */
const letters = constantFrom(
  ...'abAB \n%_\\"\'*^-+():{}.,;/|&~0\u0301\u0130ßæØЙёς👮🏽\ud83d\udc6e\ud800\ufffe\u200b\uac00',
  'AND',
  'OR',
  'NOT',
  'NEAR(',
  '""',
  '👮🏽‍♀️',
  'e\u0301',
  'abc',
  'a'.repeat(50),
  'ab'.repeat(2_000),
);
const parts = array(oneof({ weight: 9, arbitrary: letters }, string({ unit: 'binary' })), {
  maxLength: 12,
});
const termsIn = (text: string): string[] => {
  const all = [...text];
  const from = Math.floor(all.length / 3);
  return [2, 3, 4, 9, 60, all.length].map((length) => all.slice(from, from + length).join(''));
};

const queryOf = (source: DataSource, term: string) =>
  containsText(source.getRepository(Thing).createQueryBuilder('thing'), 'searchText', term);

const search = async (source: DataSource, term: string): Promise<string[]> =>
  (await queryOf(source, term).orderBy('thing.id').getMany()).map(({ id }) => id);

/** What a search found before there was an index. */
async function scan(source: DataSource, term: string): Promise<string[]> {
  const find = source.options.type === 'postgres' ? 'strpos' : 'instr';
  const found = await source
    .getRepository(Thing)
    .createQueryBuilder('thing')
    .where(`${find}(thing.searchText, :term) > 0`, { term })
    .orderBy('thing.id')
    .getMany();
  return found.map(({ id }) => id);
}

async function explain(source: DataSource, term: string): Promise<string> {
  const [text, parameters] = queryOf(source, term).getQueryAndParameters();
  const isSqlite = source.options.type === 'sqlite';
  const plan = await source.query(`EXPLAIN ${isSqlite ? 'QUERY PLAN ' : ''}${text}`, parameters);
  return JSON.stringify(plan);
}

const usesIndex = /things_search/;

const many = Array.from({ length: 3_000 }, (_, index) =>
  thing({ id: `dk:${index}`, searchText: `${'seminar in some place '.repeat(8)}${index} end` }),
);

async function openMany(kind: (typeof bothDatabases)[number]) {
  const things = await openThings(kind, []);
  for (let at = 0; at < many.length; at += 500)
    await things.source.manager.insert(Thing, many.slice(at, at + 500));
  if (things.source.options.type === 'postgres') await things.source.query('VACUUM ANALYZE things');
  return things;
}

const databases = [
  ...bothDatabases,
  {
    name: 'PostgreSQL that sorts as Danish',
    create: () => createPostgresDatabase({ locale: 'da-DK' }),
  },
];

describe.each(databases)('an index on $name', (kind) => {
  const isPostgres = kind.name.startsWith('PostgreSQL');

  it('finds what a scan finds, for every text and every term', async () => {
    await using things = await openThings(kind, []);
    const { source } = things;
    // The tables of this test are so small that PostgreSQL would scan them.
    if (isPostgres) await source.query('SET enable_seqscan = off');
    expect(await explain(source, 'abc')).toMatch(usesIndex);
    const stored = (text: string) => (isPostgres ? text.replaceAll('\0', '') : text);
    const equal = asyncProperty(
      array(parts, { minLength: 1, maxLength: 5 }),
      parts,
      async (rows, other) => {
        const texts = rows.map((row) => stored(row.join('')));
        await source.getRepository(Thing).clear();
        await source.manager.insert(
          Thing,
          texts.map((text, index) => thing({ id: `${index}`, searchText: toSearchText(text) })),
        );
        for (const term of [...texts.flatMap(termsIn), other.join('')].map((text) =>
          toSearchText(text),
        ))
          if (!term.includes('\0'))
            expect(await search(source, term)).toEqual(await scan(source, term));
      },
    );
    await assert(equal, { numRuns: 60 });
  });
});

describe.each(bothDatabases)('searches on $name', (kind) => {
  it('use the index from three letters on', async () => {
    await using things = await openMany(kind);
    const { source } = things;
    expect(searchesScan(source)).toBe(false);
    expect(await explain(source, '2999')).toMatch(usesIndex);
    expect(await explain(source, 'in')).not.toMatch(usesIndex);
    expect(await search(source, '2999')).toEqual(['dk:2999']);
  });

  it('find what a transaction has written, and nothing of one that failed', async () => {
    await using things = await openThings(kind, [thing({ id: 'dk:a', searchText: 'klaipeda' })]);
    const { source } = things;
    const writing = inTransaction(source, async (manager) => {
      const { affected } = await manager.update(Thing, { id: 'dk:a' }, { searchText: 'bodo' });
      expect(affected).toBe(1);
      await manager.insert(Thing, thing({ id: 'dk:b', searchText: 'klaipeda' }));
      throw new Error('undone');
    });
    await expect(writing).rejects.toThrow('undone');
    expect(await search(source, 'bodo')).toEqual([]);
    expect(await search(source, 'klaip')).toEqual(['dk:a']);
    await inTransaction(source, async (manager) => {
      await manager.update(Thing, { id: 'dk:a' }, { searchText: 'bodo' });
      await manager.upsert(Thing, thing({ id: 'dk:b', searchText: 'new' }), ['id']);
      await manager.upsert(Thing, thing({ id: 'dk:b', searchText: 'newer' }), ['id']);
    });
    expect(await search(source, 'bodo')).toEqual(['dk:a']);
    expect(await search(source, 'newer')).toEqual(['dk:b']);
    await inTransaction(source, (manager) => manager.delete(Thing, { id: 'dk:a' }));
    expect(await search(source, 'bodo')).toEqual([]);
  });

  it('find the rows of a database that had no index', async () => {
    await using database = await kind.create();
    const { url } = database;
    const old = await openDatabase({ ...thingTables, url, entities: [] });
    await old.query(
      `INSERT INTO things (id, country, name, search_text) VALUES ('dk:a', 'DK', 'a', 'klaipeda')`,
    );
    await old.destroy();
    for (const _ of ['the first start', 'the second']) {
      const source = await openDatabase({ url, ...thingTables });
      expect(await search(source, 'klaip')).toEqual(['dk:a']);
      await source.destroy();
    }
  });
});

describe('an index on SQLite', () => {
  const [sqlite] = bothDatabases;
  if (!sqlite) throw new Error('There is no SQLite.');

  it('is complete again after a migration that made its table anew', async () => {
    await using database = await sqlite.create();
    const { url } = database;
    const before = await openDatabase({ url, ...thingTables });
    await before.manager.insert(
      Thing,
      ['a', 'b', 'c'].map((id) => thing({ id, searchText: `klaipeda ${id}` })),
    );
    await before.manager.delete(Thing, { id: 'a' });
    const runner = before.createQueryRunner();
    await runner.renameColumn('things', 'day', 'date');
    await runner.renameColumn('things', 'date', 'day');
    await runner.manager.insert(Thing, thing({ id: 'd', searchText: 'klaipeda d' }));
    await before.destroy();
    const source = await openDatabase({ url, ...thingTables });
    expect(await search(source, 'klaip')).toEqual(['b', 'c', 'd']);
    await source.query(
      `INSERT INTO things_search (things_search, rank) VALUES ('integrity-check', 1)`,
    );
    await source.destroy();
  });

  it('keeps its rows when the file is compacted', async () => {
    await using things = await openMany(sqlite);
    const { source } = things;
    await source.query(`DELETE FROM things WHERE search_text LIKE '%7 end'`);
    await source.query('VACUUM');
    await source.query(
      `INSERT INTO things_search (things_search, rank) VALUES ('integrity-check', 1)`,
    );
    expect(await search(source, '2998 end')).toEqual(['dk:2998']);
  });
});

describe('erase on SQLite', () => {
  it('leaves no trigram of a name in the file or its log', async () => {
    const [sqlite] = bothDatabases;
    if (!sqlite) throw new Error('There is no SQLite.');
    await using things = await openMany(sqlite);
    const { source } = things;
    const path = String(source.options.database);
    const isThere = async (letters: string) =>
      (await Promise.all([readFile(path), readFile(`${path}-wal`)])).some((bytes) =>
        bytes.includes(letters),
      );
    await source.manager.insert(Thing, [
      thing({ id: 'dk:x', searchText: 'ᚠᚢᚦ' }),
      thing({ id: 'dk:y', searchText: 'ᛈᛇᛉ' }),
    ]);
    expect([await isThere('ᚠᚢᚦ'), await isThere('ᛈᛇᛉ')]).toEqual([true, true]);
    await erase(source, async (manager) => {
      await manager.delete(Thing, { id: 'dk:x' });
      await manager.update(Thing, { id: 'dk:y' }, { searchText: '' });
    });
    expect([await isThere('ᚠᚢᚦ'), await isThere('ᛈᛇᛉ')]).toEqual([false, false]);
    expect([await isThere('ᚢᚦ'), await isThere('ᛇᛉ')]).toEqual([false, false]);
  });
});

describe('searchesScan', () => {
  it('is true of a database that does not allow the extension, whose searches scan', async () => {
    await using database = await createPostgresDatabase();
    const admin = createDataSource({ url: database.url, entities: [], migrations: [] }, 1);
    await admin.initialize();
    const user = `u_${new URL(database.url).pathname.slice(-8)}`;
    await admin.query(
      `CREATE ROLE ${user} LOGIN PASSWORD 'test'; CREATE SCHEMA own AUTHORIZATION ${user}; ALTER ROLE ${user} SET search_path = own`,
    );
    const url = Object.assign(new URL(database.url), { username: user, password: 'test' }).href;
    const source = await openDatabase({ url, ...thingTables });
    expect(searchesScan(source)).toBe(true);
    await source.manager.insert(Thing, thing({ id: 'dk:a', searchText: 'klaipeda' }));
    expect(await search(source, 'klaip')).toEqual(['dk:a']);
    await source.destroy();
    await admin.query('CREATE EXTENSION pg_trgm SCHEMA own');
    const allowed = await openDatabase({ url, ...thingTables });
    expect(searchesScan(allowed)).toBe(false);
    await allowed.destroy();
    await admin.query(`DROP OWNED BY ${user} CASCADE; DROP ROLE ${user}`);
    await admin.destroy();
  });
});
