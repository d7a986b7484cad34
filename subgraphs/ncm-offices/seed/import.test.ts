import { codes } from '@hub/shared/policy';
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
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { Office } from '../entities/office.entity.js';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { openTestOffices } from '../testing/test-partner.js';
import { importKinds } from './import-kinds.js';

const load = createTestImport(importKinds, codes.officesCode);

const desk = {
  id: 'ncm:desk',
  ownerId: 'ncm:led',
  mailbox: 'desk@example.org',
  telephone: '+371 6707 5000',
  languages: ['en'],
  source: 'https://example.org/contact',
  checkedOn: '2026-01-01',
};

/** What the database has, as rows of files. */
async function readAll({ source }: TestPartner): Promise<Record<string, ImportRow[]>> {
  const languages = await source.getRepository(DelegateLanguage).find({ order: { place: 'ASC' } });
  const [delegates, offices, sites, hostings] = [
    await source.getRepository(Delegate).find(),
    await source.getRepository(Office).find(),
    await source.getRepository(RegionalSite).find(),
    await source.getRepository(RegionalHosting).find(),
  ];
  const contactPoints = await source.getRepository(ContactPoint).find();
  return {
    contactPoints: contactPoints.map((row) => ({ ...row, owner: row.ownerId })),
    delegates: delegates.map((row) => ({
      ...row,
      region: row.regionCode,
      office: row.officeId,
      languages: languages.filter(({ delegateId }) => delegateId === row.id).map(({ tag }) => tag),
    })),
    offices: offices.map((row) => ({ ...row, parent: row.parentId })),
    regionalHostings: hostings.map((row) => ({ ...row, office: row.officeId })),
    sites: sites.map((row) => ({
      ...row,
      region: row.regionCode,
      organisation: row.organisationId,
      event: row.eventId,
    })),
  };
}

const delegate = {
  id: 'olga',
  name: 'Olga Ivanova',
  email: 'olga@example.org',
  targetGroup: 'prosecution',
  region: 'RU-SPE',
  employer: 'Prosecution',
  office: 'led',
  languages: ['ru', 'en'],
};

describe.each(testDatabases)('npm run import of the offices on $name', (kind) => {
  it('finds nothing to change in the facts of the server, of every kind', async () => {
    await using partner = await openTestOffices(kind, 'demonstration');
    await partner.source.manager.insert(ContactPoint, desk);
    const all = await readAll(partner);
    expect(Object.keys(all).sort()).toEqual(importKinds.map(({ name }) => name).sort());
    for (const [name, rows] of Object.entries(all)) {
      expect(rows.length, name).toBeGreaterThan(0);
      expect(await load(partner, name, rows), name).toEqual(importOutcome(0, 0, rows.length));
    }
  });

  it('imports offices and delegates into a running server', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const offices = [
      { id: 'desk', name: 'Desk', kind: 'contact centre', city: 'Pskov', parent: 'west' },
      {
        id: 'west',
        name: 'Office West',
        kind: 'OFFICE',
        city: 'Pskov',
        country: 'RU',
        openedOn: '2009-09',
        parent: 'ncm:cph',
        variants: ['Kontor Vest'],
      },
    ];
    expect(await load(partner, 'offices', offices)).toEqual(importOutcome(2, 0, 0));
    const site = {
      id: 'house',
      name: 'House',
      sector: 'NGO',
      region: 'RU-SPE',
      evidence: 'OFFERED_VISIT',
    };
    expect(await load(partner, 'sites', [site])).toEqual(importOutcome(1, 0, 0));
    expect(await load(partner, 'delegates', [delegate])).toEqual(importOutcome(1, 0, 0));
    expect(await load(partner, 'delegates', [{ ...delegate, employer: 'Court' }])).toEqual(
      importOutcome(0, 1, 0),
    );
    expect(
      await partner.ask(`{
        delegate(id: "ncm:olga") { name email targetGroup country employer languages version region { code } office { id } }
        office(id: "ncm:desk") { kind parent { id openedOn variants parent { id } } }
        offices(filter: { search: "kontor vest" }) { id }
      }`),
    ).toEqual({
      data: {
        delegate: {
          name: 'Olga Ivanova',
          email: 'olga@example.org',
          targetGroup: 'PROSECUTION',
          country: 'RU',
          employer: 'Court',
          languages: ['ru', 'en'],
          version: 2,
          region: { code: 'RU-SPE' },
          office: { id: 'ncm:led' },
        },
        office: {
          kind: 'CONTACT_CENTRE',
          parent: {
            id: 'ncm:west',
            openedOn: '2009-09',
            variants: ['Kontor Vest'],
            parent: { id: 'ncm:cph' },
          },
        },
        offices: [{ id: 'ncm:west' }],
      },
    });
  });

  it('marks what was made for rehearsals, for good, and whoever is with it', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const training = { id: 'training', name: 'T', kind: 'OFFICE', city: 'Pskov', country: 'RU' };
    const site = { id: 'room', name: 'Room', sector: 'NGO', evidence: 'OFFERED_VISIT' };
    const mark = { isRehearsal: 'TRUE' };
    expect(await load(partner, 'offices', [{ ...training, ...mark }])).toEqual(
      importOutcome(1, 0, 0),
    );
    expect(await load(partner, 'sites', [{ ...site, ...mark }])).toEqual(importOutcome(1, 0, 0));
    const invented = { ...delegate, office: 'training' };
    const byOffice = 'must be true, because the office was made for rehearsals';
    expect(await load(partner, 'delegates', [invented])).toMatchObject({
      faults: [`row 2, column isRehearsal: ${byOffice}`],
    });
    const real = { ...delegate, id: 'real', email: 'real@example.org' };
    expect(await load(partner, 'delegates', [{ ...invented, ...mark }, real])).toEqual(
      importOutcome(2, 0, 0),
    );
    const hosting = { id: 'h', office: 'training', visitId: 'nbnp:v' };
    expect(await load(partner, 'regionalHostings', [hosting])).toMatchObject({
      faults: [`row 2, column isRehearsal: ${byOffice}`],
    });
    expect(await load(partner, 'regionalHostings', [{ ...hosting, ...mark }])).toEqual(
      importOutcome(1, 0, 0),
    );
    const turned = [
      { ...invented, office: 'led' },
      { ...real, ...mark },
    ];
    expect(await load(partner, 'delegates', turned)).toMatchObject({
      faults: [
        'row 2, column isRehearsal: must stay true',
        'row 3, column isRehearsal: must stay false',
      ],
    });
    const { data } = await partner.ask(`{
      delegate(id: "ncm:olga") { isRehearsal }
      office(id: "ncm:training") { isRehearsal }
      regionalSites { id }
      invented: regionalSites(rehearsals: true) { id isRehearsal }
    }`);
    expect(data).toMatchObject({
      delegate: { isRehearsal: true },
      office: { isRehearsal: true },
      invented: expect.arrayContaining([{ id: 'ncm:room', isRehearsal: true }]),
    });
    expect(data?.['regionalSites']).not.toContainEqual({ id: 'ncm:room' });
  });

  it('moves no hosting to another visit or office', async () => {
    await using partner = await openTestOffices(kind, 'demonstration');
    const repository = partner.source.getRepository(RegionalHosting);
    const { regionalHostings: [hosting] = [] } = await readAll(partner);
    const before = await repository.find();
    for (const [column, change] of [
      ['office', { office: 'ncm:cph' }],
      ['visitId', { visitId: 'nbnp:elsewhere' }],
    ] as const)
      expect(
        await load(partner, 'regionalHostings', [{ ...hosting, ...change, note: 'Another note' }]),
      ).toMatchObject({ faults: [`row 2, column ${column}: must stay the same`] });
    expect(await repository.find()).toEqual(before);
  });

  it('reads a file of before rehearsals: without the column, what is stored stays', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const training = { id: 'training', name: 'T', kind: 'OFFICE', city: 'Pskov', country: 'RU' };
    const lacks = ['isRehearsal'];
    await load(partner, 'offices', [{ ...training, isRehearsal: 'true' }]);
    expect(await load(partner, 'offices', [training], lacks)).toEqual(importOutcome(0, 0, 1));
    expect(await load(partner, 'offices', [{ ...training, name: 'U' }], lacks)).toEqual(
      importOutcome(0, 1, 0),
    );
    expect(await load(partner, 'delegates', [delegate], lacks)).toEqual(importOutcome(1, 0, 0));
    const invented = { ...delegate, id: 'new', email: 'new@example.org', office: 'training' };
    expect(await load(partner, 'delegates', [invented], lacks)).toMatchObject({
      faults: [
        'row 2, column isRehearsal: must be true, because the office was made for rehearsals',
      ],
    });
    const { data } = await partner.ask(`{
      office(id: "ncm:training") { name isRehearsal } delegate(id: "ncm:olga") { isRehearsal }
    }`);
    expect(data).toEqual({
      office: { name: 'U', isRehearsal: true },
      delegate: { isRehearsal: false },
    });
  });

  it('imports delegates of a country without regions, and keeps it where a file has no countries', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const latvian = { ...delegate, region: '', country: 'LV', office: 'rix' };
    expect(await load(partner, 'delegates', [latvian])).toEqual(importOutcome(1, 0, 0));
    const origin = '{ delegate(id: "ncm:olga") { country region { code } version } }';
    const read = async () => (await partner.read(origin))['delegate'];
    expect(await read()).toEqual({ country: 'LV', region: null, version: 1 });
    const inRussia = { ...latvian, region: 'RU-SPE', country: '' };
    expect(await load(partner, 'delegates', [inRussia])).toEqual(importOutcome(0, 1, 0));
    expect(await load(partner, 'delegates', [delegate], ['country'])).toMatchObject(
      importOutcome(0, 1, 0),
    );
    expect(await read()).toEqual({ country: 'RU', region: { code: 'RU-SPE' }, version: 3 });
    const wrong = [
      { ...latvian, country: '' },
      { ...latvian, id: 'second', country: 'RU' },
      { ...latvian, id: 'third', region: 'RU-SPE' },
    ];
    expect(await load(partner, 'delegates', wrong)).toMatchObject({
      faults: [
        'row 2, column region: is empty, and so is country',
        'row 3, column region: is empty, although the offices know the regions',
        'row 4, column country: is not the country of the region',
      ],
    });
  });

  it('writes the next version of an office, and no office twice', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const { offices = [] } = await readAll(partner);
    const riga = offices.find(({ id }) => id === 'ncm:rix');
    const noted = [{ ...riga, note: 'It moved.' }];
    expect(await load(partner, 'offices', noted)).toEqual(importOutcome(0, 1, 0));
    expect(await load(partner, 'offices', noted)).toEqual(importOutcome(0, 0, 1));
    expect(await partner.ask('{ office(id: "ncm:rix") { note version } }')).toEqual({
      data: { office: { note: 'It moved.', version: 2 } },
    });
    expect(await load(partner, 'offices', [{ ...riga, id: 'twin' }])).toMatchObject({
      faults: ['row 2, column name: is a duplicate: ncm:rix has the same name, country, city'],
    });
  });

  it('does not restore an erased delegate', async () => {
    await using partner = await openTestOffices(kind, 'demonstration');
    const { delegates = [] } = await readAll(partner);
    await partner.ask(`mutation { eraseDelegate(id: "${String(delegates[0]?.['id'])}") }`);
    expect(await load(partner, 'delegates', delegates.slice(0, 1))).toMatchObject({
      faults: ['row 2, column id: is the id of a person who was erased'],
    });
  });
});

describe('npm run import of the offices', () => {
  it('refuses an unknown region or office, and an office that closed before it opened', async () => {
    await using partner = await openTestOffices(sqlite, 'facts');
    const lost = { ...delegate, region: 'RU-XX', office: 'nowhere' };
    expect(await load(partner, 'delegates', [{ ...delegate, isRehearsal: 'maybe' }])).toMatchObject(
      {
        faults: ['row 2, column isRehearsal: must be true or false'],
      },
    );
    expect(await load(partner, 'delegates', [lost])).toMatchObject({
      faults: [
        'row 2, column region: refers to an unknown region',
        'row 2, column office: refers to an unknown office',
      ],
    });
    const office = {
      id: 'x',
      name: 'X',
      kind: 'OFFICE',
      city: 'X',
      openedOn: '2010',
      closedOn: '2009-12',
    };
    expect(await load(partner, 'offices', [office])).toMatchObject({
      faults: ['row 2, column closedOn: is before openedOn'],
    });
  });
});
