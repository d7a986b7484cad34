import type { PartnerContent } from '@hub/shared/partner';
import { silentLogger } from '@hub/shared/system';
import { inner, testDatabases } from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';

const open = (databaseUrl: string, content: PartnerContent) =>
  inner.openFilledDatabase(definition, {
    partner: 'nbnp',
    databaseUrl,
    content,
    logger: silentLogger,
  });

/** What was different in the earlier version’s database, and what the network has changed since. */
const asBefore = [
  'DELETE FROM links',
  'DELETE FROM representations',
  'DELETE FROM planned_journeys',
  'DELETE FROM statement_countries',
  'DELETE FROM statements',
  'DELETE FROM outcome_mandates',
  'DELETE FROM outcomes',
  'DELETE FROM claims',
  'DELETE FROM party_roles',
  `DELETE FROM organisations WHERE id IN ('nbnp:nb-min-ge', 'nbnp:min-social', 'nbnp:dk-min-fa', 'nbnp:dk-min-dev', 'nbnp:cis')`,
  `UPDATE events SET aim = NULL, search_text = ''`,
  `UPDATE events SET kind = 'MINISTERIAL_MEETING' WHERE id = 'nbnp:rt-social-undated'`,
  `UPDATE events SET target_group = 'law enforcement of the eight countries and the CIS; NCM; international organisations; authorities of St. Petersburg and the NW Federal District; experts' WHERE id = 'nbnp:mp-final'`,
  `UPDATE events SET participants_qualifier = 'EXACT' WHERE id = 'nbnp:mp-1'`,
  `UPDATE programmes SET source = NULL, sectors_by_direction = NULL`,
  `UPDATE networks SET source = NULL`,
  `UPDATE memberships SET source = NULL`,
  `INSERT INTO spokesmanships (id, body_id, position, country, role) VALUES ('nbnp:board-lv', 'nbnp:nbnp', 9, 'LV', 'contact person')`,
  `INSERT INTO party_roles (id, event_id, party_id, position, role) VALUES ('nbnp:poi-2007/ORGANISER/nbnp:ncm', 'nbnp:poi-2007', 'nbnp:ncm', 0, 'ORGANISER')`,
  `DELETE FROM loads WHERE name <> 'facts'`,
];

/** All rows of all tables, except those that record when a database was created. */
async function readAll(source: DataSource): Promise<Record<string, unknown>> {
  const entries = source.entityMetadatas
    .filter(({ tableName }) => tableName !== 'database_mark')
    .map(async ({ tableName, primaryColumns }) => {
      const keys = primaryColumns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
      return [
        tableName,
        await source.query(`SELECT * FROM "${tableName}" ORDER BY ${keys}`),
      ] as const;
    });
  return Object.fromEntries(await Promise.all(entries));
}

describe.each(testDatabases)('factUpdates of the network on $name', ({ create }) => {
  it('bring the facts of the earlier version up to date', async () => {
    await using database = await create();
    const loaded = await open(database.url, 'facts');
    const today = await readAll(loaded);
    for (const statement of asBefore) await loaded.query(statement);
    await loaded.destroy();
    const updated = await open(database.url, 'nothing');
    expect(await readAll(updated)).toEqual(today);
    await updated.destroy();
  });

  it('leave the network’s own changes and additions unchanged', async () => {
    await using database = await create();
    const loaded = await open(database.url, 'facts');
    for (const statement of asBefore) await loaded.query(statement);
    await loaded.query(
      `UPDATE events SET title = 'Ours', kind = 'MEETING', target_group = 'Our own' WHERE id IN ('nbnp:rt-social-undated', 'nbnp:mp-final')`,
    );
    await loaded.query(
      `INSERT INTO events (id, title, kind, working_languages, search_text) VALUES ('nbnp:own', 'Own', 'MEETING', '[]', 'own')`,
    );
    await loaded.query(
      `INSERT INTO party_roles (id, event_id, party_id, position, role) VALUES ('own', 'nbnp:own', 'nbnp:ncm', 0, 'HOST')`,
    );
    await loaded.destroy();
    const updated = await open(database.url, 'facts');
    expect(
      await updated.query(
        `SELECT id, title, kind, target_group FROM events WHERE title IN ('Ours', 'Own') ORDER BY id`,
      ),
    ).toEqual([
      { id: 'nbnp:mp-final', title: 'Ours', kind: 'MEETING', target_group: 'Our own' },
      { id: 'nbnp:own', title: 'Own', kind: 'MEETING', target_group: null },
      { id: 'nbnp:rt-social-undated', title: 'Ours', kind: 'MEETING', target_group: 'Our own' },
    ]);
    expect(await updated.query(`SELECT role FROM party_roles WHERE event_id = 'nbnp:own'`)).toEqual(
      [{ role: 'HOST' }],
    );
    await updated.destroy();
  });
});
