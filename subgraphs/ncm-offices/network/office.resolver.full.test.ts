// cspell:ignore rden
import { bothDatabases, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Region } from '../entities/region.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

async function findOffices(partner: TestPartner, filter: object): Promise<string[]> {
  const query = 'query ($filter: OfficeFilter) { offices(filter: $filter) { id } }';
  const { data, errors } = await partner.ask(query, { filter });
  expect(errors).toBeUndefined();
  const offices = data?.['offices'] as { id: string }[];
  return offices.map(({ id }) => id.slice('ncm:'.length));
}

describe.each(testDatabases)('Query.office on $name', (database) => {
  it('shows what the sources say of an office, and its parent and branches', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(`{
      office(id: "ncm:mmk") {
        __typename name kind city country openedOn closedOn source variants
        parent { id branches { id } covers { code name } }
        claims { property value preferred note source }
      }
    }`);
    expect(data?.['office']).toEqual({
      __typename: 'Office',
      name: 'Nordic Contact Centre in Murmansk',
      kind: 'CONTACT_CENTRE',
      city: 'Murmansk',
      country: 'RU',
      openedOn: '2000',
      closedOn: '2014',
      source:
        'https://barentsobserver.com/en/society/2014/03/nordic-contact-centre-murmansk-closed-20-03?multilink=switch',
      variants: ['Nordic InfoPoint Murmansk', 'information point', 'virksomhetspunkt'],
      parent: {
        id: 'ncm:led',
        branches: [{ id: 'ncm:arh' }, { id: 'ncm:mmk' }, { id: 'ncm:pes' }],
        covers: [
          { code: 'RU-ARK', name: 'Arkhangelsk' },
          { code: 'RU-KR', name: 'Karelia' },
          { code: 'RU-LEN', name: 'Leningrad' },
          { code: 'RU-MUR', name: 'Murmansk' },
          { code: 'RU-NGR', name: 'Novgorod' },
          { code: 'RU-PSK', name: 'Pskov' },
          { code: 'RU-SPE', name: 'St. Petersburg' },
        ],
      },
      claims: [
        {
          property: 'closedOn',
          value: '2014',
          preferred: true,
          note: 'closed early in 2014, Arkhangelsk takes over',
          source:
            'https://barentsobserver.com/en/society/2014/03/nordic-contact-centre-murmansk-closed-20-03?multilink=switch',
        },
        {
          property: 'closedOn',
          value: '2015-03-11',
          preferred: false,
          note: 'still listed among the contact centres put on hold that day',
          source: 'https://www.norden.org/en/news/activities-northwest-russia-hold-indefinitely',
        },
      ],
    });
  });

  it('is null for an unknown office', async () => {
    await using partner = await openTestOffices(database, 'facts');
    expect(await partner.ask('{ office(id: "ncm:xyz") { id } }')).toEqual({
      data: { office: null },
    });
  });

  it('keeps unknown values null', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(
      '{ arkhangelsk: office(id: "ncm:arh") { openedOn } vilnius: office(id: "ncm:vno") { closedOn claims { value } } }',
    );
    expect(data).toEqual({
      arkhangelsk: { openedOn: null },
      vilnius: { closedOn: null, claims: [] },
    });
  });

  it.each(['ncm:led', 'ncm:kgd', 'ncm:arh', 'ncm:pes'])(
    'has a claim that %s, which was put on hold, closed on the day of the decision',
    async (id) => {
      await using partner = await openTestOffices(database, 'facts');
      const { data } = await partner.ask(
        'query ($id: ID!) { office(id: $id) { closedOn claims { property value preferred note } } }',
        { id },
      );
      expect(data?.['office']).toEqual({
        closedOn: '2015-03-11',
        claims: [
          {
            property: 'closedOn',
            value: '2015-03-11',
            preferred: true,
            note: 'the day of the decision to put activities on hold indefinitely',
          },
        ],
      });
    },
  );
});

describe.each(bothDatabases)('Query.offices on $name', (database) => {
  it('filters by country and kind, and sorts by id', async () => {
    await using partner = await openTestOffices(database, 'facts');
    expect(await findOffices(partner, {})).toEqual([
      'arh',
      'cph',
      'kgd',
      'led',
      'mmk',
      'narva',
      'parnu',
      'pes',
      'rix',
      'tartu',
      'tll',
      'valga',
      'vno',
    ]);
    expect(await findOffices(partner, { country: 'EE', kind: 'BRANCH' })).toEqual([
      'narva',
      'tartu',
    ]);
    expect(await findOffices(partner, { country: null, kind: 'SECRETARIAT' })).toEqual(['cph']);
    expect(await findOffices(partner, { country: 'SE' })).toEqual([]);
  });

  it('finds the offices that were open on a day, with unknown dates included', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const inRussia = (openOn: string) => findOffices(partner, { country: 'RU', openOn });
    expect(await inRussia('2009-09-13')).toEqual(['arh', 'kgd', 'led', 'mmk', 'pes']);
    // An opening in 1995 or a closing in 2014 may be any day of that year.
    expect(await inRussia('1994-12-31')).toEqual(['arh', 'pes']);
    expect(await inRussia('1995-01-01')).toEqual(['arh', 'led', 'pes']);
    expect(await inRussia('2014-12-31')).toEqual(['arh', 'kgd', 'led', 'mmk', 'pes']);
    expect(await inRussia('2015-01-01')).toEqual(['arh', 'kgd', 'led', 'pes']);
    // The first and the last day are included.
    expect(await inRussia('2006-09-13')).not.toContain('kgd');
    expect(await inRussia('2006-09-14')).toContain('kgd');
    expect(await inRussia('2015-03-11')).toEqual(['arh', 'kgd', 'led', 'pes']);
    expect(await inRussia('2015-03-12')).toEqual([]);
  });

  it('searches names and their variants in any case, and takes every character literally', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const search = (text: string) => findOffices(partner, { search: text });
    expect(await search('Archangel')).toEqual(['arh']);
    expect(await search('ARKHANGELSK')).toEqual(['arh']);
    expect(await search('PÕHJAMAADE')).toEqual(['tll']);
    expect(await search('pärnu')).toEqual(['parnu']);
    expect(await search('norden.')).toEqual(['led', 'rix', 'tll', 'vno']);
    expect(await search('%')).toEqual([]);
    expect(await search('n_rden')).toEqual([]);
    expect(await search('\\')).toEqual([]);
    const { errors } = await partner.ask('{ offices(filter: { search: "\\u202e" }) { id } }');
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'filter.search' } },
    ]);
  });
});

describe.each(testDatabases)('BAD_USER_INPUT on $name', (database) => {
  it.each([
    ['{ offices(filter: { openOn: "2009" }) { id } }'],
    ['{ offices(filter: { country: "Russia" }) { id } }'],
    ['{ delegates(first: 0) { nodes { id } } }'],
    ['{ delegates(first: 1001) { nodes { id } } }'],
    ['{ delegates(after: "no cursor") { nodes { id } } }'],
    ['{ delegateNominations(filter: { group: "nbnp:g" }, first: -1) { nodes { id } } }'],
  ])('refuses %s', async (query) => {
    await using partner = await openTestOffices(database, 'nothing');
    const { errors } = await partner.ask(query);
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});

describe.each(testDatabases)('Office on $name', (database) => {
  it('has the role and the note of its sources, or null', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(`{
      kaliningrad: office(id: "ncm:kgd") { roleInField note }
      vilnius: office(id: "ncm:vno") { roleInField note }
    }`);
    expect(data).toEqual({
      kaliningrad: {
        roleInField:
          'Co-ordinates the mobility programme with NBNP; selects NW-Russian participants with local authorities',
        note: 'Agreement signed in Moscow on 22 December (2005): https://www.norden.lv/en/news/110719-nordic-council-of-ministers-opens-office-in-kaliningrad/ ; on hold decision: https://www.norden.org/en/news/activities-northwest-russia-hold-indefinitely',
      },
      vilnius: { roleInField: 'Country office', note: null },
    });
  });

  it('covers regions by this project’s choice, without a source', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data } = await partner.ask(`{
      offices { coverages { isStated source region { code } office { id } } }
    }`);
    const coverages = (data?.['offices'] as { coverages: unknown[] }[]).flatMap((o) => o.coverages);
    const unstated = (office: string, ...codes: string[]) =>
      codes.map((code) => ({
        isStated: false,
        source: null,
        region: { code },
        office: { id: office },
      }));
    expect(coverages).toEqual([
      ...unstated('ncm:kgd', 'RU-KGD'),
      ...unstated('ncm:led', 'RU-ARK', 'RU-KR', 'RU-LEN', 'RU-MUR', 'RU-NGR', 'RU-PSK', 'RU-SPE'),
    ]);
  });

  it('shows the source of a coverage', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const source = 'https://norden.example/kaliningrad';
    await partner.source
      .getRepository(Region)
      .update('RU-KGD', { coverageIsStated: true, coverageSource: source });
    const { data } = await partner.ask(
      '{ office(id: "ncm:kgd") { coverages { isStated source } } }',
    );
    expect(data?.['office']).toEqual({ coverages: [{ isStated: true, source }] });
  });
});
