// cspell:ignore möte ntromso tromsø nlodz
import 'reflect-metadata';

import { openDatabase } from '@hub/shared/database';
import { findOtherCollations, rehearseMigrations, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';

describe.each(testDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });

  it('fold the search texts of existing events and organisations', async () => {
    await using created = await database.create();
    const before = migrations.filter(({ name }) => !name.startsWith('FoldSearchTexts'));
    const old = await openDatabase({ url: created.url, entities, migrations: before });
    await old.query(
      `INSERT INTO events (id, title, kind, city, note, working_languages, search_text)
       VALUES ('nbnp:e', 'Möte', 'MEETING', 'Tromsø', 'Noted', '[]', 'möte')`,
    );
    await old.query(
      `INSERT INTO organisations (id, name, variants, kind, search_text)
       VALUES ('nbnp:o', 'ГУВД', '[]', 'police', 'гувд\nłódź')`,
    );
    await old.destroy();
    const source = await openDatabase({ url: created.url, entities, migrations });
    const textsOf = (table: string) => source.query(`SELECT search_text FROM ${table}`);
    expect(await textsOf('events')).toEqual([{ search_text: 'mote\ntromso\nnoted' }]);
    expect(await textsOf('organisations')).toEqual([{ search_text: 'гувд\nlodz' }]);
    await source.destroy();
  });

  it('compare every short text by code points', async () => {
    expect(await findOtherCollations(database, { entities, migrations })).toEqual([]);
  });
});
