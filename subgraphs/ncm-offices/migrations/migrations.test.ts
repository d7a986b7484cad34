import 'reflect-metadata';

import { bothDatabases, inner, rehearseMigrations } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { migrations } from '../data-source.js';
import { definition } from '../partner.js';
import { FreeRegions1796053200000 } from './1796053200000-free-regions.js';

const entities = [...definition.entities];

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });

  it('keep the delegates and what refers to them when regions become optional, and back', async () => {
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
    const upTo = [...earlier, FreeRegions1796053200000];
    const after = await inner.openDatabase({ url, entities, migrations: upTo });
    try {
      const read = async (): Promise<unknown> => [
        await after.query('SELECT id, country, region_code, version FROM delegates'),
        await after.query('SELECT delegate_id, tag FROM delegate_languages'),
        await after.query('SELECT delegate_id, diet FROM delegate_travel_needs'),
      ];
      const rows = (region: string | null) => [
        [{ id: 'ncm:d', country: 'RU', region_code: region, version: 3 }],
        [{ delegate_id: 'ncm:d', tag: 'ru' }],
        [{ delegate_id: 'ncm:d', diet: 'No nuts' }],
      ];
      expect(await read()).toEqual(rows('RU-KR'));
      await after.query('UPDATE delegates SET region_code = NULL');
      // Without a region there is no way back, and nothing is lost.
      await expect(after.undoLastMigration({ transaction: 'each' })).rejects.toThrow();
      expect(await read()).toEqual(rows(null));
      await after.query(`UPDATE delegates SET region_code = 'RU-KR'`);
      // SQLite would have to rebuild a table to which others refer. A back-up is the way back there.
      const isUndone = await after.undoLastMigration({ transaction: 'each' }).then(
        () => true,
        () => false,
      );
      expect(isUndone).toBe(database.name === 'PostgreSQL');
      expect(await read()).toEqual(rows('RU-KR'));
    } finally {
      await after.destroy();
    }
  });
});
