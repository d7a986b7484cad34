import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Organisation } from '../entities/organisation.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';

interface Found {
  readonly organisations: {
    readonly nodes: readonly { readonly id: string }[];
    readonly totalCount: number;
  };
}

describe.each(testDatabases)('Query.organisations on $name', (kind) => {
  it('filters by country, kind and any of the names', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const find = async (filter: object) => {
      const { organisations } = await network.read<Found>(
        'query ($filter: OrganisationFilter) { organisations(filter: $filter, first: 1000) { nodes { id } totalCount } }',
        { filter },
      );
      expect(organisations.totalCount).toBe(organisations.nodes.length);
      return organisations.nodes.map(({ id }) => id);
    };
    expect(await find({})).toHaveLength(64);
    expect(await find({ kind: 'task_force' })).toEqual([
      'nbnp:beac-tf',
      'nbnp:bstf',
      'nbnp:cbss-tfthb',
      'nbnp:nb-tf',
    ]);
    expect(await find({ kind: 'police' })).toEqual([
      'nbnp:ru-guvd-spb',
      'nbnp:ru-mvd-karelia',
      'nbnp:ru-mvd-murmansk',
    ]);
    expect(await find({ country: 'IS' })).toEqual(['nbnp:is-bjarkarhlid']);
    expect(await find({ search: 'SIEVIEŠU' })).toEqual(['nbnp:nbnp']);
    expect(await find({ search: 'гувд' })).toEqual(['nbnp:ru-guvd-spb']);
    expect(await find({ search: 'tf-thb', country: null })).toEqual(['nbnp:cbss-tfthb']);
    expect(await find({ search: '_' })).toEqual([]);
  });

  it('filters by city, and by the day on which they existed', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const add = (id: string, row: object) =>
      network.source.manager.insert(Organisation, {
        id: `nbnp:${id}`,
        name: id,
        variants: [],
        kind: 'ngo',
        searchText: id,
        ...row,
      });
    await add('malmo', { city: 'Malmö', searchCity: 'malmo', foundedOn: '2001', closedOn: '2010' });
    await add('oslo', { city: 'Oslo', searchCity: 'oslo', foundedOn: '2010-05-02' });
    await add('nowhere', {});
    const find = async (filter: object) => {
      const { organisations } = await network.read<Found>(
        'query ($filter: OrganisationFilter) { organisations(filter: $filter) { nodes { id } } }',
        { filter },
      );
      return organisations.nodes.map(({ id }) => id.slice('nbnp:'.length));
    };
    for (const city of ['MALMO', 'Malmö']) expect(await find({ city })).toEqual(['malmo']);
    for (const city of ['Malm', '']) expect(await find({ city })).toEqual([]);
    for (const [openOn, open] of [
      ['2000-12-31', ['nowhere']],
      ['2001-01-01', ['malmo', 'nowhere']],
      ['2010-05-01', ['malmo', 'nowhere']],
      ['2010-05-02', ['malmo', 'nowhere', 'oslo']],
      ['2010-12-31', ['malmo', 'nowhere', 'oslo']],
      ['2011-01-01', ['nowhere', 'oslo']],
    ] as const)
      expect(await find({ openOn }), openOn).toEqual(open);
  });
});

describe.each(testDatabases)('Query.organisation on $name', (kind) => {
  it('keeps parents of other kinds, disagreeing claims, and the task force’s chairs', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{
      kom: organisation(id: "nbnp:no-kom") { parent { __typename id } }
      committee: organisation(id: "nbnp:nc-ccrc") { parent { id } claims { property value preferred } }
      council: organisation(id: "nbnp:ncm") { name variants foundedOn country claims { value } chairs { country } }
      force: organisation(id: "nbnp:cbss-tfthb") { foundedOn parent { id } chairs { country startedOn endedOn attestedOn } }
      police: organisation(id: "dk:nec") { id } }`);
    expect(answer).toEqual({
      kom: { parent: { __typename: 'PoliceUnit', id: 'no:pod' } },
      committee: {
        parent: { id: 'nbnp:nordic-council' },
        claims: [
          { property: 'parent', value: 'nordic-council', preferred: true },
          { property: 'parent', value: 'ncm', preferred: false },
        ],
      },
      council: {
        name: 'Nordic Council of Ministers',
        variants: ['Nordic Council', 'NMR', 'Nordisk Ministerråd'],
        foundedOn: '1971',
        country: null,
        claims: [{ value: '2001' }, { value: '2002' }],
        chairs: null,
      },
      force: {
        foundedOn: '2006',
        parent: { id: 'nbnp:cbss' },
        chairs: [
          { country: 'DK', startedOn: null, endedOn: '2009-06-30', attestedOn: ['2009-05'] },
          { country: 'LT', startedOn: '2009-07-01', endedOn: null, attestedOn: null },
          { country: 'IS', startedOn: null, endedOn: null, attestedOn: ['2016-10-24'] },
        ],
      },
      police: null,
    });
  });
});

describe.each(testDatabases)('Party on $name', (kind) => {
  it('has a type by the owner in its id, and the events in which it had a role', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.entities(
      [
        { __typename: 'Office', id: 'ncm:led' },
        { __typename: 'PoliceUnit', id: 'lv:police' },
        { __typename: 'Organisation', id: 'nbnp:iacis' },
        { __typename: 'PoliceUnit', id: 'lv:unheard-of' },
        { __typename: 'Office', id: 'ncm:unheard-of' },
        { __typename: 'Organisation', id: 'nbnp:unheard-of' },
      ],
      `__typename
       ... on Office { id events { id } coordinatedGroups { id } }
       ... on PoliceUnit { id superior { __typename id ... on Organisation { name } } events { id } }
       ... on Organisation { name events(role: PARTNER) { id } }`,
    );
    const final = [{ id: 'nbnp:mp-final' }];
    expect(answer).toEqual([
      { __typename: 'Office', id: 'ncm:led', events: final, coordinatedGroups: [] },
      {
        __typename: 'PoliceUnit',
        id: 'lv:police',
        superior: {
          __typename: 'Organisation',
          id: 'nbnp:lv-moi',
          name: 'Ministry of the Interior of Latvia',
        },
        events: [{ id: 'nbnp:mp-2' }, { id: 'nbnp:mp-2b' }, { id: 'nbnp:wip-rix-2017' }],
      },
      { __typename: 'Organisation', name: 'Interparliamentary Assembly of the CIS', events: final },
      { __typename: 'PoliceUnit', id: 'lv:unheard-of', superior: null, events: [] },
      { __typename: 'Office', id: 'ncm:unheard-of', events: [], coordinatedGroups: [] },
      null,
    ]);
  });
});
