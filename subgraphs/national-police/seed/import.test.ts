import {
  createTestImport,
  importOutcome,
  sqlite,
  testDatabases,
  type ImportRow,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ContactPoint } from '../entities/contact-point.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { Hosting } from '../entities/hosting.entity.js';
import { NationalSite } from '../entities/national-site.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { importKinds } from './import-kinds.js';

const load = createTestImport(importKinds, 'lv');

const desk = {
  id: 'lv:desk',
  ownerId: 'lv:police',
  mailbox: 'desk@example.org',
  telephone: '+371 6707 5000',
  languages: ['en'],
  source: 'https://example.org/contact',
  checkedOn: '2026-01-01',
};

/** What the database has, as rows of files. */
async function readAll({ source }: TestPartner): Promise<Record<string, ImportRow[]>> {
  const find = async (entity: Function) =>
    (await source.getRepository<ImportRow & { id: string }>(entity).find()) as readonly ImportRow[];
  const listOf = async (entity: Function, owner: string, item: string) => {
    const rows = await find(entity);
    return (id: unknown) =>
      rows
        .filter((row) => row[owner] === id)
        .sort((a, b) => Number(a['position']) - Number(b['position']))
        .map((row) => row[item]);
  };
  const spoken = await listOf(OfficerLanguage, 'officerId', 'language');
  const languages = await listOf(ExpertLanguage, 'expertId', 'language');
  const roles = await listOf(ExpertRole, 'expertId', 'role');
  const fields = await listOf(ExpertField, 'expertId', 'field');
  return {
    contactPoints: (await find(ContactPoint)).map((row) => ({ ...row, owner: row['ownerId'] })),
    hostings: (await find(Hosting)).map((row) => ({ ...row, unit: row['unitId'] })),
    units: (await find(PoliceUnit)).map((row) => ({ ...row, parent: row['parentId'] })),
    sites: (await find(NationalSite)).map((row) => ({
      ...row,
      unit: row['unitId'],
      organisation: row['organisationId'],
      event: row['eventId'],
    })),
    officers: (await find(Officer)).map((row) => ({
      ...row,
      unit: row['unitId'],
      languages: spoken(row['id']),
    })),
    experts: (await find(Expert)).map((row) => ({
      ...row,
      unit: row['unitId'],
      roles: roles(row['id']),
      languages: languages(row['id']),
      fields: fields(row['id']),
    })),
  };
}

describe.each(testDatabases)('npm run import of a police force on $name', (kind) => {
  it('finds nothing to change in the facts of the server, of every kind', async () => {
    await using police = await openTestPolice(kind, 'lv');
    await police.source.manager.insert(ContactPoint, desk);
    const all = await readAll(police);
    expect(Object.keys(all).sort()).toEqual(importKinds.map(({ name }) => name).sort());
    for (const [name, rows] of Object.entries(all)) {
      expect(rows.length, name).toBeGreaterThan(0);
      expect(await load(police, name, rows), name).toEqual(importOutcome(0, 0, rows.length));
    }
  });

  it('refuses a new person who is in the file or the database already, and writes nothing', async () => {
    await using police = await openTestPolice(kind, 'lv', 'nothing');
    await load(police, 'units', [{ id: 'north', name: 'Police of the North' }]);
    const officer = {
      id: 'janis',
      name: 'Jānis Ozols',
      email: 'janis@example.org',
      unit: 'north',
      targetGroup: 'police',
    };
    const namesake = { ...officer, id: 'other', email: 'ozols@example.org' };
    expect(await load(police, 'officers', [officer, namesake])).toEqual(importOutcome(2, 0, 0));
    const twin = { ...officer, id: 'twin', name: 'JANIS OZOLS', email: 'Janis@example.org' };
    const another = { ...officer, id: 'new', email: 'new@example.org' };
    const refused = await load(police, 'officers', [twin, another, { ...another, id: 'twice' }]);
    expect(refused.faults).toEqual([
      'row 2, column name: is a duplicate: lv:janis has the same name, email',
      'row 4, column name: is a duplicate: row 3 has the same name, email',
    ]);
    expect(await police.source.manager.count(Officer)).toBe(2);
    // Under its own id, a person is changed as before.
    const renamed = { ...officer, rank: 'Major' };
    expect(await load(police, 'officers', [renamed])).toEqual(importOutcome(0, 1, 0));
    // Nobody becomes another person, stored or of the file.
    const { email } = officer;
    const merged = await load(police, 'officers', [{ ...namesake, email: email.toUpperCase() }]);
    expect(merged.faults).toEqual([
      'row 2, column name: is a duplicate: lv:janis has the same name, email',
    ]);
    const both = [officer, namesake].map((one) => ({ ...one, email: 'both@example.org' }));
    expect((await load(police, 'officers', both)).faults).toEqual([
      'row 3, column name: is a duplicate: row 2 has the same name, email',
    ]);
    const marks = { ...namesake, email: 'ōzols@example.org' };
    expect(await load(police, 'officers', [marks])).toEqual(importOutcome(0, 1, 0));
  });

  it('imports units, their people and their sites into a running server', async () => {
    await using police = await openTestPolice(kind, 'lv', 'nothing');
    await load(police, 'units', [
      { id: 'north', name: 'Police of the North', acronym: 'PN', parent: 'root' },
      {
        id: 'root',
        name: 'Police',
        variants: ['Policija', 'Kārtības dienests'],
        validFrom: '1918',
      },
    ]);
    const officer = {
      id: 'janis',
      name: 'Jānis Ozols',
      email: 'janis@example.org',
      rank: 'Superintendent',
      unit: 'north',
      targetGroup: 'police',
      languages: ['lv', 'en'],
    };
    const expert = {
      ...officer,
      unit: 'lv:north',
      roles: ['INTERPRETER', 'expert'],
      fields: ['ngo'],
    };
    const site = {
      id: 'shelter',
      name: 'Shelter',
      sector: 'NGO',
      city: 'Rīga',
      organisation: 'red-cross',
      visitedOn: '2009-09',
      evidence: 'documented_visit',
      source: 'https://example.org/',
    };
    expect(await load(police, 'officers', [officer])).toEqual(importOutcome(1, 0, 0));
    expect(await load(police, 'experts', [expert])).toEqual(importOutcome(1, 0, 0));
    expect(await load(police, 'sites', [site])).toEqual(importOutcome(1, 0, 0));
    expect(
      await police.read(`{
        officer(id: "lv:janis") { name email rank targetGroup country languages version unit { name parent { variants } } }
        experts(filter: { field: NGO }) { nodes { id name roles languages fields } }
        nationalSites { id city country visitedOn evidence source organisation { id } }
        policeUnits(filter: { search: "KĀRTĪBAS" }) { id validFrom }
      }`),
    ).toEqual({
      officer: {
        name: 'Jānis Ozols',
        email: 'janis@example.org',
        rank: 'Superintendent',
        targetGroup: 'POLICE',
        country: 'LV',
        languages: ['lv', 'en'],
        version: 1,
        unit: {
          name: 'Police of the North',
          parent: { variants: ['Policija', 'Kārtības dienests'] },
        },
      },
      experts: {
        nodes: [
          {
            id: 'lv:janis',
            name: 'Jānis Ozols',
            roles: ['INTERPRETER', 'EXPERT'],
            languages: ['lv', 'en'],
            fields: ['NGO'],
          },
        ],
      },
      nationalSites: [
        {
          id: 'lv:shelter',
          city: 'Rīga',
          country: 'LV',
          visitedOn: '2009-09',
          evidence: 'DOCUMENTED_VISIT',
          source: 'https://example.org/',
          organisation: { id: 'nbnp:red-cross' },
        },
      ],
      policeUnits: [{ id: 'lv:root', validFrom: '1918' }],
    });
  });

  it('offers what a new hosting arranges, and changes an old one without its decision', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const { hostings = [] } = await readAll(police);
    const hosting = {
      id: 'spring',
      unit: 'police',
      visitId: 'nbnp:demo-visit-5',
      meetingPoint: 'The main gate',
    };
    const [withdrawn] = hostings.map((row) => ({ ...row, note: 'Another note' }));
    expect(await load(police, 'hostings', [hosting, withdrawn!])).toEqual(importOutcome(1, 1, 0));
    const stored = await police.source.getRepository(Hosting).find({ order: { id: 'ASC' } });
    expect(stored).toMatchObject([
      { id: 'lv:demo-hosting-1', status: 'WITHDRAWN', note: 'Another note', version: 3 },
      { id: 'lv:spring', status: 'OFFERED', meetingPoint: 'The main gate', note: null, version: 1 },
    ]);
  });

  it('moves no hosting to another visit or unit, whatever was decided on it', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const repository = police.source.getRepository(Hosting);
    const { hostings: [hosting] = [] } = await readAll(police);
    await load(police, 'units', [{ id: 'north', name: 'Police of the North' }]);
    for (const status of ['OFFERED', 'CONFIRMED', 'WITHDRAWN'] as const) {
      await repository.update({ id: 'lv:demo-hosting-1' }, { status });
      const before = await repository.find();
      const moved = { ...hosting, visitId: 'nbnp:elsewhere', unit: 'north', note: 'Another note' };
      expect(await load(police, 'hostings', [moved]), status).toMatchObject({
        faults: [
          'row 2, column unit: must stay the same',
          'row 2, column visitId: must stay the same',
        ],
      });
      expect(await repository.find()).toEqual(before);
    }
  });

  it('raises the version of a changed officer, and refuses an erased one', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const { officers = [], experts = [] } = await readAll(police);
    const [first, second] = officers.map((row) => ({ ...row, rank: 'Inspector' }));
    await police.read(
      'mutation { eraseOfficer(id: "lv:demo-officer-2") eraseExpert(id: "lv:demo-expert-1") }',
    );
    expect(await load(police, 'officers', [first!, second!])).toMatchObject({
      faults: ['row 3, column id: is the id of a person who was erased'],
    });
    expect(await load(police, 'experts', experts.slice(0, 1))).toMatchObject({
      faults: ['row 2, column id: is the id of a person who was erased'],
    });
    expect(await load(police, 'officers', [first!])).toEqual(importOutcome(0, 1, 0));
    const read = await police.read(
      '{ first: officer(id: "lv:demo-officer-1") { rank version } second: officer(id: "lv:demo-officer-2") { name rank } }',
    );
    expect(read).toEqual({
      first: { rank: 'Inspector', version: 2 },
      second: { name: null, rank: null },
    });
  });
});

describe('npm run import of a police force', () => {
  it('refuses values that contradict each other', async () => {
    await using police = await openTestPolice(sqlite, 'lv');
    const { sites = [], units = [] } = await readAll(police);
    const site = { ...sites[0], unit: units[0]?.['id'], organisation: 'nbnp:x' };
    const unit = { ...units[0], validFrom: '2010-05', validTo: '2010-04-30' };
    expect(await load(police, 'sites', [site])).toMatchObject({
      faults: ['row 2, column organisation: must not be given together with a unit'],
    });
    expect(await load(police, 'units', [unit])).toMatchObject({
      faults: ['row 2, column validTo: is before validFrom'],
    });
  });
});
