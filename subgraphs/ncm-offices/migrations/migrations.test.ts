import 'reflect-metadata';

import { bothDatabases, inner, rehearseMigrations } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';
import { FreeRegions1796053200000 } from './1796053200000-free-regions.js';

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });

  it('keep the delegates and what refers to them when regions become optional', async () => {
    await using created = await database.create();
    const { url } = created;
    const earlier = migrations.slice(0, migrations.indexOf(FreeRegions1796053200000));
    const before = await inner.openDatabase({ url, entities, migrations: earlier });
    for (const insert of [
      `INSERT INTO offices (id, name, kind, city, variants, search_text) VALUES ('ncm:o', 'O', 'OFFICE', 'C', '[]', 'o')`,
      `INSERT INTO regions (code, name, variants, country) VALUES ('RU-KR', 'Karelia', '[]', 'RU')`,
      `INSERT INTO delegates (id, name, target_group, country, region_code, office_id, version) VALUES ('ncm:d', 'D', 'POLICE', 'RU', 'RU-KR', 'ncm:o', 3)`,
      `INSERT INTO delegate_languages (delegate_id, tag, place) VALUES ('ncm:d', 'ru', 1)`,
      `INSERT INTO delegate_travel_needs (delegate_id, diet, set_on) VALUES ('ncm:d', 'No nuts', '2026-11-01')`,
    ])
      await before.query(insert);
    await before.destroy();
    const after = await inner.openDatabase({ url, entities, migrations });
    try {
      const rows = [
        await after.query('SELECT id, country, region_code, version FROM delegates'),
        await after.query('SELECT delegate_id, tag FROM delegate_languages'),
        await after.query('SELECT delegate_id, diet FROM delegate_travel_needs'),
      ];
      expect(rows).toEqual([
        [{ id: 'ncm:d', country: 'RU', region_code: 'RU-KR', version: 3 }],
        [{ delegate_id: 'ncm:d', tag: 'ru' }],
        [{ delegate_id: 'ncm:d', diet: 'No nuts' }],
      ]);
      await after.query('UPDATE delegates SET region_code = NULL');
    } finally {
      await after.destroy();
    }
  });
});
