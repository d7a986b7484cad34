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

  it('keep the confirmations of existing stops: each version was a change of the plan', async () => {
    await using created = await database.create();
    const added = migrations.findIndex(({ name }) => name.startsWith('AddStopStatuses'));
    const before = migrations.slice(0, added);
    const old = await openDatabase({ url: created.url, entities, migrations: before });
    await old.query(
      `INSERT INTO programmes (id, title, group_size_min, group_size_max, target_groups,
         sectors_to_show, working_languages, has_documented_groups)
       VALUES ('nbnp:p', 'P', 1, 2, '[]', '[]', '[]', TRUE)`,
    );
    await old.query(
      `INSERT INTO groups (id, name, direction, programme_id, planned_size)
       VALUES ('nbnp:g', 'G', 'NORTH_WEST_RUSSIA_TO_NORDIC', 'nbnp:p', 1)`,
    );
    await old.query(`INSERT INTO visits (id, group_id, title) VALUES ('nbnp:v', 'nbnp:g', 'V')`);
    await old.query(
      `INSERT INTO itinerary_stops (id, visit_id, host_country, day, title, sector, version)
       VALUES ('nbnp:s', 'nbnp:v', 'FI', '2030-05-07', 'S', 'POLICE', 3)`,
    );
    await old.destroy();
    const source = await openDatabase({ url: created.url, entities, migrations });
    expect(await source.query('SELECT version, plan_version, status FROM itinerary_stops')).toEqual(
      [{ version: 3, plan_version: 3, status: 'PLANNED' }],
    );
    await source.destroy();
  });

  it('compare every short text by code points', async () => {
    expect(await findOtherCollations(database, { entities, migrations })).toEqual([]);
  });
});
