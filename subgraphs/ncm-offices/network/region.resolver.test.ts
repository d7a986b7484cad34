import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from '../testing/test-partner.js';

describe.each(testDatabases)('Query.regions on $name', (database) => {
  it('lists the regions by code, each with the office that covers it', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask('{ regions { code name variants country office { id } } }');
    const led = { id: 'ncm:led' };
    const kgd = { id: 'ncm:kgd' };
    const ru = { country: 'RU', variants: [] };
    expect(data?.['regions']).toEqual([
      {
        ...ru,
        code: 'RU-ARK',
        name: 'Arkhangelsk',
        variants: ['Archangelsk', 'Archangel'],
        office: led,
      },
      { ...ru, code: 'RU-KGD', name: 'Kaliningrad', office: kgd },
      { ...ru, code: 'RU-KR', name: 'Karelia', office: led },
      { ...ru, code: 'RU-LEN', name: 'Leningrad', office: led },
      { ...ru, code: 'RU-MUR', name: 'Murmansk', office: led },
      { ...ru, code: 'RU-NGR', name: 'Novgorod', office: led },
      { ...ru, code: 'RU-PSK', name: 'Pskov', office: led },
      { ...ru, code: 'RU-SPE', name: 'St. Petersburg', office: led },
    ]);
  });
});

describe.each(testDatabases)('Query.region on $name', (database) => {
  it('finds a region by its code, and is null for an unknown one', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(
      '{ known: region(code: "RU-KGD") { name } unknown: region(code: "RU-MOS") { name } }',
    );
    expect(data).toEqual({ known: { name: 'Kaliningrad' }, unknown: null });
  });
});

describe.each(testDatabases)('Query.regionalSites on $name', (database) => {
  it('shows the place of a site, its organisation and how well a visit is documented', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(`{
      regionalSites {
        id name sector city country kind visitedOn note evidence source
        region { code } organisation { id } event { id }
      }
    }`);
    const here = { city: 'St Petersburg', country: 'RU', region: { code: 'RU-SPE' } };
    expect(data?.['regionalSites']).toEqual([
      {
        ...here,
        id: 'ncm:site-ru-icc',
        name: 'Information and Consultation Centre, St. Petersburg',
        sector: 'NGO',
        kind: 'consultation_centre',
        visitedOn: null,
        note: null,
        evidence: 'RELEVANT_HOST',
        source: 'http://moscow.iom.int/countertrafficking',
        organisation: { id: 'nbnp:iom-ru' },
        event: null,
      },
      {
        ...here,
        id: 'ncm:site-ru-shelter',
        name: 'Shelter of the Russian Red Cross centre',
        sector: 'NGO',
        kind: 'shelter',
        visitedOn: null,
        note: 'Opened 2013-04-30, after the 2009-2010 programme; up to 8 persons',
        evidence: 'RELEVANT_HOST',
        source: 'http://moscow.iom.int/countertrafficking',
        organisation: { id: 'nbnp:ru-redcross-spb' },
        event: { id: 'nbnp:shelter-spb-2013' },
      },
      {
        ...here,
        id: 'ncm:site-ru-tavrichesky',
        name: 'Tavrichesky Palace',
        sector: 'GOVERNMENT',
        kind: 'conference_venue',
        visitedOn: '2010-03-24',
        note: 'Shpalernaya st. 47',
        evidence: 'PROGRAMME_VENUE',
        source: 'https://nbnp.ee/activities/2012',
        organisation: { id: 'nbnp:iacis' },
        event: { id: 'nbnp:mp-final' },
      },
    ]);
  });

  it('filters by sector', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(
      '{ ngo: regionalSites(sector: NGO) { id } health: regionalSites(sector: HEALTH) { id } }',
    );
    expect(data).toEqual({
      ngo: [{ id: 'ncm:site-ru-icc' }, { id: 'ncm:site-ru-shelter' }],
      health: [],
    });
  });
});
