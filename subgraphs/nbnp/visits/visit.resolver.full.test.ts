import { bothDatabases, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';

interface Found {
  readonly visits: {
    readonly nodes: readonly { readonly id: string }[];
    readonly totalCount: number;
  };
}

describe.each(bothDatabases)('Query.visits on $name', (kind) => {
  it('filters by each of its arguments', async () => {
    await using network = await openTestNetwork(kind);
    const find = async (filter: object) => {
      const { visits } = await network.read<Found>(
        'query ($filter: VisitFilter) { visits(filter: $filter) { nodes { id } totalCount } }',
        { filter },
      );
      expect(visits.totalCount).toBe(visits.nodes.length);
      return visits.nodes.map(({ id }) => Number(id.at(-1)));
    };
    expect(await find({})).toEqual([1, 2, 3, 4, 5]);
    expect(await find({ programme: 'nbnp:demo-programme' })).toEqual([1, 2, 3, 5]);
    expect(await find({ group: 'nbnp:demo-group-4' })).toEqual([4]);
    expect(await find({ hostCountry: 'EE' })).toEqual([1]);
    expect(await find({ hostCountry: 'RU' })).toEqual([2, 4]);
    expect(await find({ from: '2026-11-27', to: '2026-11-27' })).toEqual([1]);
    expect(await find({ from: '2026-11-28' })).toEqual([2, 3, 5]);
    expect(await find({ to: '2026-11-21' })).toEqual([4]);
    await network.source.query(
      `UPDATE visits SET starts_on = NULL, ends_on = NULL WHERE id = 'nbnp:demo-visit-2'`,
    );
    expect(await find({ to: '2026-11-21' })).toEqual([2, 4]);
  });
});

describe.each(testDatabases)('BAD_USER_INPUT of Query.visits on $name', (kind) => {
  it('is the error for a range that ends before it starts', async () => {
    await using network = await openTestNetwork(kind);
    const query = '{ visits(filter: { from: "2026-11-28", to: "2026-11-27" }) { nodes { id } } }';
    const { data, errors } = await network.ask(query);
    expect(data).toEqual({ visits: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'filter.to' } },
    ]);
  });
});

describe.each(testDatabases)('Visit on $name', (kind) => {
  it('has its hosts, stops, experts, and the sectors that no stop shows', async () => {
    await using network = await openTestNetwork(kind);
    const ask = () =>
      network.read(`{ visit(id: "nbnp:demo-visit-1") { hostCountries departedOn returnedOn missingSectors group { id }
        stops { id day hostCountry sector site { __typename id } visit { id } }
        experts { expert { id } role languages } } }`);
    expect((await ask())['visit']).toMatchObject({
      hostCountries: ['FI', 'EE'],
      departedOn: '2026-11-22',
      returnedOn: null,
      missingSectors: [],
      group: { id: 'nbnp:demo-group-1' },
      stops: [
        {
          id: 'nbnp:demo-stop-1-1',
          day: '2026-11-22',
          site: { __typename: 'NationalSite', id: 'fi:site-fi-npb' },
        },
        { sector: 'POLICE' },
        { sector: 'SOCIAL' },
        { hostCountry: 'EE', sector: 'PROSECUTION' },
        { hostCountry: 'EE', sector: 'POLICE' },
        { day: '2026-11-27', sector: 'NGO', visit: { id: 'nbnp:demo-visit-1' } },
      ],
      experts: [
        { expert: { id: 'ee:demo-expert-1' }, role: 'INTERPRETER', languages: ['et', 'ru'] },
        { expert: { id: 'lv:demo-expert-1' }, role: 'EXPERT', languages: ['en', 'ru'] },
      ],
    });
    await network.source.query(`DELETE FROM itinerary_stops WHERE sector = 'SOCIAL'`);
    expect((await ask())['visit']).toMatchObject({ missingSectors: ['SOCIAL', 'HEALTH'] });
  });
});

describe.each(testDatabases)('ItineraryStop and the offers of hosts on $name', (kind) => {
  it('are combined with their other owners’ data', async () => {
    await using network = await openTestNetwork(kind);
    const answer = await network.entities(
      [
        {
          __typename: 'ItineraryStop',
          id: 'nbnp:demo-stop-1-1',
          hostConfirmedVersion: 1,
          officeConfirmedVersion: 0,
        },
        {
          __typename: 'ItineraryStop',
          id: 'nbnp:demo-stop-1-2',
          hostConfirmedVersion: null,
          officeConfirmedVersion: 0,
        },
        {
          __typename: 'ItineraryStop',
          id: 'nbnp:demo-stop-2-3',
          hostConfirmedVersion: null,
          officeConfirmedVersion: 0,
        },
        { __typename: 'ItineraryStop', id: 'nbnp:unheard-of' },
        { __typename: 'Hosting', id: 'fi:demo-hosting-1', visitId: 'nbnp:demo-visit-1' },
        { __typename: 'RegionalHosting', id: 'ncm:hosting', visitId: 'nbnp:demo-visit-1' },
      ],
      `... on ItineraryStop { confirmed site { __typename } }
       ... on Hosting { id visit { title } } ... on RegionalHosting { id visit { title } }`,
    );
    expect(answer).toEqual([
      { confirmed: true, site: { __typename: 'NationalSite' } },
      { confirmed: null, site: { __typename: 'NationalSite' } },
      { confirmed: false, site: { __typename: 'RegionalSite' } },
      null,
      { id: 'fi:demo-hosting-1', visit: { title: 'Demonstration: a week in Finland and Estonia' } },
      { id: 'ncm:hosting', visit: { title: 'Demonstration: a week in Finland and Estonia' } },
    ]);
  });

  it.each([
    ['Hosting', { visitId: 'nbnp:unheard-of' }, 'visit'],
    ['RegionalHosting', { visitId: 'nbnp:unheard-of' }, 'visit'],
    ['OfficerNomination', { groupId: 'nbnp:unheard-of' }, 'group'],
  ])('say that a %s refers to what does not exist', async (__typename, given, field) => {
    await using network = await openTestNetwork(kind);
    const { data, errors } = await network.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on ${__typename} { id ${field} { id } } } }`,
      { representations: [{ __typename, id: 'fi:referring', ...given }] },
    );
    expect(data).toEqual({ _entities: [{ id: 'fi:referring', [field]: null }] });
    const extensions = { code: 'DANGLING_REFERENCE', id: 'nbnp:unheard-of' };
    expect(errors).toMatchObject([{ path: ['_entities', 0, field], extensions }]);
  });
});
