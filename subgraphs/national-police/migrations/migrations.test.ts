import 'reflect-metadata';

import { bothDatabases, findOtherCollations, inner, rehearseMigrations } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { migrations } from '../data-source.js';
import { Hosting } from '../entities/hosting.entity.js';
import { definition } from '../partner.js';

const entities = [...definition.entities];

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });

  it('keep existing offers, at their first version', async () => {
    await using created = await database.create();
    const before = migrations.filter(({ name }) => !name.startsWith('AddHostingPracticalities'));
    const old = await inner.openDatabase({ url: created.url, entities, migrations: before });
    await old.query(
      `INSERT INTO police_units (id, name, variants, country, search_text)
       VALUES ('fi:u', 'Unit', '[]', 'FI', 'unit')`,
    );
    await old.query(
      `INSERT INTO hostings (id, visit_id, unit_id, status, transport)
       VALUES ('fi:h', 'nbnp:v', 'fi:u', 'OFFERED', 'Coach')`,
    );
    await old.destroy();
    const source = await inner.openDatabase({ url: created.url, entities, migrations });
    expect(await source.manager.find(Hosting)).toMatchObject([
      { id: 'fi:h', transport: 'Coach', meetingPoint: null, note: null, version: 1 },
    ]);
    await source.destroy();
  });

  it('compare every short text by code points', async () => {
    expect(await findOtherCollations(database, { entities, migrations })).toEqual([]);
  });
});
