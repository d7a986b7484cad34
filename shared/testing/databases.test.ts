// cspell:ignore Bazä
import pg from 'pg';
import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/data-source.js';
import { bothDatabases, createPostgresDatabase } from './databases.js';
import { statementsOf } from './statements.js';

describe.each(bothDatabases)('bothDatabases: $name', ({ create }) => {
  it('gives each test an empty database of its own', async () => {
    for (const word of ['one', 'two']) {
      await using database = await create();
      const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
      await source.query('CREATE TABLE words (word varchar)');
      await source.query(`INSERT INTO words VALUES ('${word}')`);
      expect(await source.query('SELECT word FROM words')).toEqual([{ word }]);
      await source.destroy();
    }
  });

  it('counts the statements that a data source runs', async () => {
    await using database = await create();
    const source = await openDatabase({ url: database.url, entities: [], migrations: [] });
    const work = async () => {
      await source.query('SELECT 1');
      await Promise.all([source.query('SELECT 2'), source.query('SELECT 3')]);
    };
    expect(await statementsOf(source, work)).toBe(3);
    expect(await statementsOf(source, () => undefined)).toBe(0);
    await source.destroy();
  });
});

describe('createPostgresDatabase', () => {
  it('sorts by code points, or as a language does', async () => {
    const sorted = async (locale?: string) => {
      await using database = await createPostgresDatabase({ locale });
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query<{ word: string }>(
        `SELECT word FROM (VALUES ('a'), ('B'), ('ä'), ('z')) AS words (word) ORDER BY word`,
      );
      await client.end();
      return rows.map(({ word }) => word).join('');
    };
    expect(await sorted()).toBe('Bazä');
    expect(await sorted('sv-SE')).toBe('aBzä');
    expect(await sorted('de-DE')).toBe('aäBz');
  });
});
