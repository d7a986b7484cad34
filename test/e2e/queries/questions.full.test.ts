import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOf, examples } from '../network/examples.js';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const unique = (values: readonly Tree[]) => [...new Set(values)].sort();

describe('a question that the facts answer', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const answer = async (name: string): Promise<Tree> => {
    const { data, errors, extensions } = await network.ask(exampleOf(name));
    expect(errors, name).toBeUndefined();
    expect(extensions.completeness?.complete ?? true).toBe(true);
    return data;
  };

  it('1: St. Petersburg (1995) and Kaliningrad (2006-09-14) co-ordinate', async () => {
    const { programme } = await answer('CoordinatingOffices');
    const offices = programme.roles.filter(
      ({ role, party }: Tree) => role === 'COORDINATOR' && party.__typename === 'Office',
    );
    expect(offices.map(({ party }: Tree) => [party.name, party.openedOn])).toEqual([
      ['Nordic Council of Ministers Information Office in St. Petersburg', '1995'],
      ['Nordic Council of Ministers Office in Kaliningrad', '2006-09-14'],
    ]);
  });

  it('2: five places were open in Russia on 13 September 2009, two with unknown openings', async () => {
    const { offices } = await answer('PlacesOpenInRussia');
    expect(offices.map(({ id, openedOn }: Tree) => [id, openedOn])).toEqual([
      ['ncm:arh', null],
      ['ncm:kgd', '2006-09-14'],
      ['ncm:led', '1995'],
      ['ncm:mmk', '2000'],
      ['ncm:pes', null],
    ]);
  });

  it('3: Murmansk and Arkhangelsk are to be involved', async () => {
    const { programme } = await answer('AreasToInvolve');
    expect(programme.areasToInvolve.map(({ name }: Tree) => name)).toEqual([
      'Murmansk',
      'Arkhangelsk',
    ]);
  });

  it('4: Murmansk was St. Petersburg’s, and sources disagree on its closing', async () => {
    const { office } = await answer('ClosingOfMurmansk');
    expect(office).toMatchObject({
      closedOn: '2014',
      parent: { name: expect.stringContaining('St. Petersburg') as string },
    });
    expect(office.claims.map(({ value, preferred }: Tree) => [value, preferred])).toEqual([
      ['2014', true],
      ['2015-03-11', false],
    ]);
  });

  it('5: Denmark held the spokesmanship, its dates are unknown', async () => {
    const { network: it } = await answer('SpokesmanshipAtFirstSeminar');
    expect(it.spokesmanship).toMatchObject({
      country: 'DK',
      holderOrganisation: 'Danish National Police',
      startedOn: null,
      endedOn: null,
    });
  });

  it('6: Sweden before, and nobody known until Iceland in 2014', async () => {
    const { network: it } = await answer('Spokesmanships');
    const terms = it.spokesmanships.filter(
      ({ startedOn, country }: Tree) => startedOn || country === 'DK',
    );
    expect(
      terms.map(({ country, startedOn, endedOn }: Tree) => [country, startedOn, endedOn]),
    ).toEqual([
      ['SE', '2001', '2007'],
      ['DK', null, null],
      ['IS', '2014-04-23', '2015'],
    ]);
    const between = await network.ask(
      '{ network { spokesmanship(on: "2012-01-01") { country } } }',
    );
    expect(between).toMatchObject({ data: { network: { spokesmanship: null } } });
  });

  it('7 and 8: 4 groups of 10 to 15 are planned; how many travelled is unknown', async () => {
    const { programme } = await answer('PlannedAndDocumented');
    expect(programme).toEqual({
      plannedGroups: 4,
      groupSizeMin: 10,
      groupSizeMax: 15,
      groups: null,
      evaluation: null,
    });
  });

  it('9 to 11: 18 took part in each part, in Copenhagen and places unknown', async () => {
    const { events } = await answer('SeminarsOfTheProgramme');
    const parts = events.nodes.filter(({ title }: Tree) => /Seminar \((I|II) part\)/.test(title));
    expect(parts.map(({ participants, city }: Tree) => [participants, city])).toEqual([
      [{ value: 18, qualifier: 'EXACT' }, null],
      [{ value: 18, qualifier: 'EXACT' }, null],
    ]);
    const cities = events.nodes
      .filter(({ partOf }: Tree) => partOf)
      .flatMap(({ city }: Tree) => city ?? []);
    expect(unique(cities)).toEqual(['Copenhagen']);
  });

  it('12 and 13: DK, LT, LV, NO and RU had a part; EE, FI, IS and SE had none', async () => {
    const { programme, network: it } = await answer('CountriesOfTheProgramme');
    const stated = programme.events.flatMap(({ countries }: Tree) => countries ?? []);
    const organising = programme.events.flatMap(({ roles }: Tree) =>
      roles.flatMap(({ party }: Tree) => party.country ?? []),
    );
    expect(unique(stated)).toEqual(['DK', 'RU']);
    expect(unique([...stated, ...organising])).toEqual(['DK', 'LT', 'LV', 'NO', 'RU']);
    const members = it.members.map(({ country }: Tree) => country);
    expect(
      members.filter((country: string) => ![...stated, ...organising].includes(country)),
    ).toEqual(['EE', 'FI', 'IS', 'SE']);
  });

  it('14: Knowledge Forum I has offices, network and a police together', async () => {
    const { events } = await answer('OfficesNetworkAndPolice');
    const together = events.nodes.filter(({ roles }: Tree) => {
      const types = roles.map(({ party }: Tree) => party.__typename);
      return types.includes('Office') && types.includes('PoliceUnit');
    });
    expect(together.map(({ title }: Tree) => title)).toEqual([
      expect.stringMatching(/^Knowledge Forum I:/),
    ]);
  });

  it('15 and 16: the two offices select those from North-West Russia; nobody else is stated', async () => {
    const { programme } = await answer('Selectors');
    const selectors = programme.roles.filter(({ role }: Tree) => role === 'SELECTOR');
    expect(selectors.map(({ party }: Tree) => party.name)).toEqual([
      'Nordic Council of Ministers Information Office in St. Petersburg',
      'Nordic Council of Ministers Office in Kaliningrad',
    ]);
  });

  it.each([
    [17, 'StatesOfGroups'],
    [18, 'BriefingsDue'],
    [19, 'DebriefingsAfterReturn'],
    [20, 'ReportsOutstanding'],
    [21, 'ExpertsOfVisits'],
    [22, 'SectorsOfVisits'],
    [28, 'ReportsOfMembers'],
  ])('%i: has no public answer, so that %s says null', async (_, name) => {
    const { programmes } = await answer(name);
    expect(programmes).toEqual([{ title: expect.any(String) as unknown, groups: null }]);
  });

  it('23: two hosts in Russia, two each in Estonia and Lithuania, one in Norway; two announced in Latvia', async () => {
    const { nationalSites } = await answer('HostsAmongVoluntaryOrganisations');
    const { regionalSites } = await answer('HostsInRussia');
    const hosts = [
      ...nationalSites,
      ...regionalSites.map((site: Tree) => ({ id: 'ru:', ...site, owner: 'ru' })),
    ];
    const count = (evidence: string) => {
      const owners = hosts
        .filter((site) => site.evidence === evidence)
        .map(({ id, owner }) => owner ?? id.split(':')[0]);
      return Object.fromEntries(
        unique(owners).map((owner) => [owner, owners.filter((each) => each === owner).length]),
      );
    };
    expect(count('RELEVANT_HOST')).toEqual({ ee: 2, lt: 2, no: 1, ru: 2 });
    expect(count('ANNOUNCED_VISIT')).toEqual({ lv: 2 });
  });

  it('24: contacts lead from offices to polices, by NBNP and without it', async () => {
    const { contacts } = await answer('Contacts');
    const pairs = contacts.nodes.map(({ parties }: Tree) => parties.map(({ id }: Tree) => id));
    expect(contacts.totalCount).toBe(pairs.length);
    const isMixed = ([a, b]: string[]) =>
      [a, b].some((id) => id?.startsWith('ncm:')) &&
      [a, b].some((id) => /^[a-z]{2}:/.test(id ?? ''));
    expect(pairs.some(isMixed)).toBe(true);
    expect(pairs.some((pair: string[]) => pair.includes('nbnp:nbnp'))).toBe(true);
  });

  it('25: sources disagree on Murmansk, the forums, the members and a committee', async () => {
    const { claims } = await answer('Disagreements');
    const subjects = (claims as Tree[]).map(({ subject, property }) => `${subject} ${property}`);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'dk:nec acronym',
        'membership:SE members',
        'nbnp:kf1-2014 startsOn',
        'nbnp:kf2-2014 startsOn',
        'nbnp:kf3-2015 startsOn',
        'nbnp:nbnp members',
        'nbnp:nc-ccrc parent',
        'ncm:mmk closedOn',
      ]),
    );
  });

  it('26: the network’s events go on after 2015-03-11, without a Russian office', async () => {
    const { events } = await answer('EventsAfterTheStop');
    const years = unique(events.nodes.flatMap(({ startsOn }: Tree) => startsOn?.slice(0, 4) ?? []));
    expect(years).toEqual(expect.arrayContaining(['2015', '2016', '2017', '2018', '2024']));
    for (const { roles } of events.nodes)
      for (const { party } of roles)
        expect([party.__typename, party.country]).not.toEqual(['Office', 'RU']);
  });

  it('27: every partner’s status is said, and with an answer who did not give one', async () => {
    const { partners } = await answer('WhoAnswers');
    expect(partners.map(({ code }: Tree) => code).sort()).toEqual([...network.codes].sort());
  });
});

/** Nobody in the demonstration was erased. */
const empty: readonly string[] = [
  'OfficeErasures',
  'PoliceErasures',
  'OfficeRetention',
  'PoliceRetention',
];

describe('examples.graphql of every partner', () => {
  it('runs through the hub without errors, with facts and demonstration', async () => {
    await using network = await openNetwork('demonstration');
    for (const { name, query } of examples) {
      const { data, errors } = await network.ask(query);
      expect(errors, name).toBeUndefined();
      for (const value of Object.values(data as Tree)) {
        const rows = (value as Tree).nodes ?? value;
        if (empty.includes(name)) expect(rows, name).toEqual([]);
        // It has what ended within thirty days, so it depends on the day.
        else if (name === 'Endings') expect(rows, name).toBeInstanceOf(Array);
        else expect(Array.isArray(rows) ? rows.length : rows, name).toBeTruthy();
      }
    }
  });
});
