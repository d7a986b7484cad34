import { describe, expect, it } from 'vitest';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { verifyDisclosures } from '../disclosure/verify.js';
import { Confirmation, openTestVisits, visit, Visit, VisitHost } from './test-visits.js';

const id = 'dk:old';

describe.each(bothDatabases)('recordWrites on $name', (kind) => {
  it('records who changed which fields of which record, and when, and never a value', async () => {
    await using visits = await openTestVisits(kind);
    await visits.write((manager) => manager.update(Visit, { id }, { title: 'Secret', version: 2 }));
    const found = await visits.changes();
    expect(found).toEqual([
      {
        sequence: 1,
        at: '2026-11-24T12:00:00.000Z',
        organisation: 'dk',
        person: 'anna',
        mutation: 'changeVisit',
        subject: id,
        fields: ['title', 'version'],
        reason: null,
      },
    ]);
    expect(await verifyDisclosures(visits.source)).toMatchObject({ isWhole: true, links: 1 });
  });

  it.each<[what: string, values: Partial<Visit>, fields: string[]]>([
    ['a changed value', { title: 'New', isOpen: true, languages: ['en'] }, ['title']],
    ['a reference, under its name in the schema', { groupId: 'nbnp:g' }, ['group']],
    ['a list in a column', { languages: ['en', 'fi'] }, ['languages']],
    ['a Boolean', { isOpen: false, title: 'A visit' }, ['isOpen']],
    ['no derived column', { title: 'x', searchText: 'x' }, ['title']],
  ])('measures %s', async (_, values, fields) => {
    await using visits = await openTestVisits(kind);
    await visits.write((manager) => manager.update(Visit, { id }, values));
    expect(await visits.changes()).toMatchObject([{ subject: id, fields }]);
  });

  it('records nothing if nothing changed', async () => {
    await using visits = await openTestVisits(kind);
    await visits.write(async (manager) => {
      await manager.update(Visit, { id }, visit(id));
      await manager.upsert(Visit, visit(id), ['id']);
      await manager.update(Visit, { id: 'dk:none' }, { title: 'x' });
      await manager.delete(Visit, { id: 'dk:none' });
    });
    expect(await visits.changes()).toEqual([]);
  });

  it('has one entry for each record, also if the record has several rows', async () => {
    await using visits = await openTestVisits(kind);
    const hosts = [
      { visitId: 'dk:new', country: 'FI' },
      { visitId: 'dk:new', country: 'EE' },
    ];
    await visits.write(async (manager) => {
      await manager.getRepository(Visit).insert([visit('dk:new', { groupId: 'nbnp:g' })]);
      await manager.insert(VisitHost, hosts);
      await manager.upsert(Confirmation, { stopId: 'nbnp:s', confirmedOn: '2026-01-01' }, [
        'stopId',
      ]);
      await manager.delete(Visit, { id });
    });
    const whole = ['group', 'hostCountries', 'isOpen', 'languages', 'title', 'version'];
    expect(await visits.changes()).toMatchObject([
      { sequence: 1, subject: 'dk:new', fields: whole },
      { sequence: 2, subject: 'nbnp:s', fields: ['confirmedOn'] },
      { sequence: 3, subject: id, fields: ['isOpen', 'languages', 'title', 'version'] },
    ]);
  });

  it('measures an SQL expression, and a list that becomes shorter', async () => {
    await using visits = await openTestVisits(kind);
    await visits.source.manager.insert(VisitHost, { visitId: id, country: 'FI' });
    await visits.write((manager) =>
      manager.update(Visit, { id }, { version: () => 'version + 1' }),
    );
    await visits.write((manager) => manager.delete(VisitHost, { visitId: id }));
    expect(await visits.changes()).toMatchObject([
      { subject: id, fields: ['version'] },
      { subject: id, fields: ['hostCountries'] },
    ]);
  });

  it('writes neither the work nor its record if one of them fails', async () => {
    await using visits = await openTestVisits(kind);
    const failing = visits.write(async (manager) => {
      await manager.update(Visit, { id }, { title: 'x' });
      throw new Error('refused');
    });
    await expect(failing).rejects.toThrow('refused');
    await visits.source.query('ALTER TABLE "disclosure_texts" RENAME TO "hidden"');
    const unrecorded = visits.write((manager) => manager.update(Visit, { id }, { title: 'y' }));
    await expect(unrecorded).rejects.toThrow();
    await visits.source.query('ALTER TABLE "hidden" RENAME TO "disclosure_texts"');
    expect(await visits.changes()).toEqual([]);
    expect(await visits.source.manager.find(Visit)).toEqual([visit(id)]);
  });

  it('refuses what cannot be measured', async () => {
    await using visits = await openTestVisits(kind);
    const entity = Object.assign(new Visit(), visit(id));
    await expect(visits.write((manager) => manager.save(entity))).rejects.toThrow('recorded');
    await expect(visits.write((manager) => manager.remove(entity))).rejects.toThrow('recorded');
    expect(await visits.changes()).toEqual([]);
  });

  it('leaves the manager of the transaction unchanged for later callers', async () => {
    await using visits = await openTestVisits(kind);
    const managers: unknown[] = [];
    await visits.write((manager) => Promise.resolve(managers.push(manager.queryRunner?.manager)));
    await visits.write((manager) => Promise.resolve(managers.push(manager.queryRunner?.manager)));
    for (const manager of managers) expect(manager).not.toHaveProperty('changes');
  });

  it('records thousands of changes at once, and each change only once', async () => {
    await using visits = await openTestVisits(kind);
    const rows = Array.from({ length: 1_001 }, (_, index) => visit(`dk:${index}`));
    await visits.write(async (manager) => {
      for (const row of rows) await manager.insert(Visit, row);
    });
    expect(await verifyDisclosures(visits.source)).toMatchObject({ isWhole: true, links: 1_001 });
  });
});

const tampering: readonly [what: string, sql: string, sequence: number][] = [
  ['another subject', `UPDATE disclosure_readings SET subject = 'dk:x' WHERE sequence = 2`, 2],
  ['another reason', `UPDATE disclosure_readings SET reason = 'x' WHERE sequence = 2`, 2],
  ['no subject', `UPDATE disclosure_readings SET subject = NULL WHERE sequence = 2`, 2],
  [
    'another person',
    `UPDATE disclosure_texts SET text = '["dk","bo","changeVisit"]' WHERE id = 1`,
    1,
  ],
  ['other fields', `UPDATE disclosure_texts SET text = '["title"]' WHERE id = 2`, 1],
  ['a removed change', 'DELETE FROM disclosure_readings WHERE sequence = 2', 3],
];

describe('verifyDisclosures', () => {
  it.each(tampering)('reports an invalid change: %s', async (_, sql, sequence) => {
    await using visits = await openTestVisits(bothDatabases[0] as TestDatabaseKind);
    for (let version = 2; version < 5; version += 1)
      await visits.write((manager) => manager.update(Visit, { id }, { version }));
    expect(await verifyDisclosures(visits.source)).toMatchObject({ isWhole: true, links: 3 });
    await visits.source.query(sql);
    expect(await verifyDisclosures(visits.source)).toMatchObject({ isWhole: false, sequence });
  });
});
