// cspell:ignore möte ntromso tromsø nlodz
import 'reflect-metadata';

import { openDatabase } from '@hub/shared/database';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';

describe.each(testDatabases)('migrations on $name', ({ create }) => {
  it('make the tables that the entities describe, and undo themselves', async () => {
    await using database = await create();
    const source = await openDatabase({ url: database.url, entities, migrations });
    const drift = async () =>
      (await source.driver.createSchemaBuilder().log()).upQueries.map(({ query }) => query);
    expect(await drift()).toEqual([]);
    for (const { tableName } of source.entityMetadatas) {
      expect(await source.query(`SELECT COUNT(*) AS count FROM ${tableName}`)).toHaveLength(1);
    }
    for (let left = migrations.length; left > 0; left -= 1) await source.undoLastMigration();
    const runner = source.createQueryRunner();
    expect(await runner.hasTable('events')).toBe(false);
    await runner.release();
    await source.runMigrations();
    expect(await drift()).toEqual([]);
    await source.destroy();
  });

  it('fold the search texts of events and organisations that are there', async () => {
    await using database = await create();
    const before = migrations.filter(({ name }) => !name.startsWith('FoldSearchTexts'));
    const old = await openDatabase({ url: database.url, entities, migrations: before });
    await old.query(
      `INSERT INTO events (id, title, kind, city, note, working_languages, search_text)
       VALUES ('nbnp:e', 'Möte', 'MEETING', 'Tromsø', 'Noted', '[]', 'möte')`,
    );
    await old.query(
      `INSERT INTO organisations (id, name, variants, kind, search_text)
       VALUES ('nbnp:o', 'ГУВД', '[]', 'police', 'гувд\nłódź')`,
    );
    await old.destroy();
    const source = await openDatabase({ url: database.url, entities, migrations });
    const textsOf = (table: string) => source.query(`SELECT search_text FROM ${table}`);
    expect(await textsOf('events')).toEqual([{ search_text: 'mote\ntromso\nnoted' }]);
    expect(await textsOf('organisations')).toEqual([{ search_text: 'гувд\nlodz' }]);
    await source.destroy();
  });

  it('compare every short text by code points', async () => {
    await using database = await create();
    const source = await openDatabase({ url: database.url, entities, migrations });
    const tables = source.entityMetadatas.map(({ tableName }) => `'${tableName}'`).join(', ');
    const otherwise =
      source.options.type === 'postgres'
        ? await source.query(
            `SELECT table_name, column_name FROM information_schema.columns
             WHERE table_name IN (${tables}) AND data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C'`,
          )
        : await source.query(
            `SELECT name FROM sqlite_master WHERE sql LIKE '%COLLATE%' AND tbl_name IN (${tables})`,
          );
    expect(otherwise).toEqual([]);
    await source.destroy();
  });
});
