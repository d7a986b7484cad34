// cspell:ignore möte ntromso tromsø nlodz
import 'reflect-metadata';

import { bothDatabases, findOtherCollations, inner, rehearseMigrations } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { migrations } from '../data-source.js';
import { definition } from '../partner.js';

const entities = [...definition.entities];

const insertProgramme = `
  INSERT INTO programmes (id, title, group_size_min, group_size_max, target_groups,
    sectors_to_show, working_languages, has_documented_groups)
  VALUES ('nbnp:p', 'P', 1, 2, '[]', '[]', '[]', TRUE)`;
const direction = 'NORTH_WEST_RUSSIA_TO_NORDIC';
const insertVisit = [
  insertProgramme,
  `INSERT INTO groups (id, name, direction, programme_id, planned_size)
   VALUES ('nbnp:g', 'G', '${direction}', 'nbnp:p', 1)`,
  `INSERT INTO visits (id, group_id, title) VALUES ('nbnp:v', 'nbnp:g', 'V')`,
];

const indexOf = (name: string) => migrations.findIndex((one) => one.name.startsWith(name));

/** Writes rows to a database of before a migration, and opens it as it is later: now, if it is left out. */
async function upgrade(url: string, name: string, inserts: readonly string[], upTo?: number) {
  const before = migrations.slice(0, indexOf(name));
  const old = await inner.openDatabase({ url, entities, migrations: before });
  for (const insert of inserts) await old.query(insert);
  await old.destroy();
  return inner.openDatabase({ url, entities, migrations: migrations.slice(0, upTo) });
}

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });

  it('fold the search texts of existing events and organisations', async () => {
    await using created = await database.create();
    const source = await upgrade(created.url, 'Fold', [
      `INSERT INTO events (id, title, kind, city, note, working_languages, search_text)
       VALUES ('nbnp:e', 'Möte', 'MEETING', 'Tromsø', 'Noted', '[]', 'möte')`,
      `INSERT INTO organisations (id, name, variants, kind, search_text)
       VALUES ('nbnp:o', 'ГУВД', '[]', 'police', 'гувд\nłódź')`,
    ]);
    const textsOf = (table: string) => source.query(`SELECT search_text FROM ${table}`);
    expect(await source.query('SELECT city_text, series_text FROM events')).toEqual([
      { city_text: 'tromso', series_text: '' },
    ]);
    expect(await textsOf('events')).toEqual([{ search_text: 'mote\ntromso\nnoted' }]);
    expect(await textsOf('organisations')).toEqual([{ search_text: 'гувд\nlodz' }]);
    await source.destroy();
  });

  it('keep the confirmations of existing stops: each version was a change of the plan', async () => {
    await using created = await database.create();
    const source = await upgrade(created.url, 'AddStopStatuses', [
      ...insertVisit,
      `INSERT INTO itinerary_stops (id, visit_id, host_country, day, title, sector, version)
       VALUES ('nbnp:s', 'nbnp:v', 'FI', '2030-05-07', 'S', 'POLICE', 3)`,
    ]);
    expect(await source.query('SELECT version, plan_version, status FROM itinerary_stops')).toEqual(
      [{ version: 3, plan_version: 3, status: 'PLANNED' }],
    );
    await source.destroy();
  });

  it('answer for the hosts of existing visits and stops as until then', async () => {
    await using created = await database.create();
    const countries = ['DE', 'FI', 'RU'];
    const source = await upgrade(created.url, 'AnswerForHosts', [
      ...insertVisit,
      ...countries.flatMap((country) => [
        `INSERT INTO visit_hosts (visit_id, country, position) VALUES ('nbnp:v', '${country}', 0)`,
        `INSERT INTO itinerary_stops (id, visit_id, host_country, day, title, sector)
         VALUES ('nbnp:${country}', 'nbnp:v', '${country}', '2030-05-07', 'S', 'POLICE')`,
      ]),
    ]);
    const owners = ['de', 'fi', 'ncm'];
    expect(
      await source.query('SELECT country, answered_by FROM visit_hosts ORDER BY country'),
    ).toEqual(countries.map((country, at) => ({ country, answered_by: owners[at] })));
    expect(
      await source.query(
        'SELECT host_owner, network_confirmed_version AS version FROM itinerary_stops ORDER BY id',
      ),
    ).toEqual(owners.map((host_owner) => ({ host_owner, version: 0 })));
    await source.destroy();
  });

  it('turn the days of briefings and debriefings into meetings, and back', async () => {
    await using created = await database.create();
    const days = [
      ['nbnp:a', '2030-04-01', '2030-05-12'],
      ['nbnp:b', '2030-04-02', null],
      ['nbnp:c', null, null],
    ];
    const quote = (text: string | null) => (text === null ? 'NULL' : `'${text}'`);
    const inserts = days.map(
      ([id = null, ...on]) =>
        `INSERT INTO groups (id, name, direction, programme_id, planned_size, briefed_on, debriefed_on)
         VALUES (${quote(id)}, 'G', '${direction}', 'nbnp:p', 1, ${on.map(quote).join()})`,
    );
    const name = 'RecordMeetings';
    const upTo = indexOf(name) + 1;
    const source = await upgrade(created.url, name, [insertProgramme, ...inserts], upTo);
    const select =
      'SELECT group_id, kind, held_on, attendees FROM meetings ORDER BY group_id, kind';
    const meeting = { kind: 'BRIEFING', attendees: null };
    expect(await source.query(select)).toEqual([
      { ...meeting, group_id: 'nbnp:a', held_on: '2030-04-01' },
      { ...meeting, group_id: 'nbnp:a', kind: 'DEBRIEFING', held_on: '2030-05-12' },
      { ...meeting, group_id: 'nbnp:b', held_on: '2030-04-02' },
    ]);
    await source.undoLastMigration();
    const back = 'SELECT id, briefed_on, debriefed_on FROM groups ORDER BY id';
    expect(await source.query(back)).toEqual(
      days.map(([id, briefed_on, debriefed_on]) => ({ id, briefed_on, debriefed_on })),
    );
    await source.destroy();
  });

  it('take the sides back where all groups and journeys are documented', async () => {
    await using created = await database.create();
    const journey = `INSERT INTO planned_journeys (id, programme_id, position, direction, weeks, destination)
      VALUES ('nbnp:j', 'nbnp:p', 0, '${direction}', 1, 'D')`;
    const upTo = indexOf('AddSides') + 1;
    const source = await upgrade(created.url, 'AddSides', [...insertVisit, journey], upTo);
    const sides = async (): Promise<unknown> =>
      source.query(`SELECT id, from_side_id FROM groups WHERE direction IS NULL`);
    await source.query(
      `INSERT INTO groups (id, name, from_side_id, to_side_id, programme_id, planned_size)
       VALUES ('nbnp:s', 'S', 'nbnp:a', 'nbnp:b', 'nbnp:p', 1)`,
    );
    // A group between two sides has no direction to return to: nothing is lost.
    await expect(source.undoLastMigration({ transaction: 'each' })).rejects.toThrow();
    expect(await sides()).toEqual([{ id: 'nbnp:s', from_side_id: 'nbnp:a' }]);
    await source.query(`DELETE FROM groups WHERE id = 'nbnp:s'`);
    await source.undoLastMigration({ transaction: 'each' });
    const rows = [
      await source.query('SELECT id, direction, programme_id FROM groups'),
      await source.query('SELECT id, direction, destination FROM planned_journeys'),
      await source.query('SELECT id, group_id FROM visits'),
    ];
    expect(rows).toEqual([
      [{ id: 'nbnp:g', direction, programme_id: 'nbnp:p' }],
      [{ id: 'nbnp:j', direction, destination: 'D' }],
      [{ id: 'nbnp:v', group_id: 'nbnp:g' }],
    ]);
    await source.destroy();
  });

  it('compare every short text by code points', async () => {
    expect(await findOtherCollations(database, { entities, migrations })).toEqual([]);
  });
});
