import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import { bothDatabases, readerOf, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { GroupState } from '../entities/vocabulary.js';
import { createSidesGroup, nordic, planSides, sidesHub } from '../testing/test-sides.js';
import {
  away,
  north,
  openTestVisits,
  programme,
  south,
  type TestHub,
  type TestVisits,
} from '../testing/test-visits.js';

type Row = Readonly<Record<string, unknown>>;

const coordinator = readerOf('nbnp', 'coordinator');
const nothing = {
  delegateCount: 0,
  delegateNominationCount: 0,
  officerNominationCount: 0,
  programme: { officeSignatureCount: 0 },
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: 0,
  officerReportsReceived: 0,
};

/** A hub with these facts of groups, by id, which these partners do not respond to. */
const hubOf = (
  facts: Readonly<Record<string, object>>,
  missing: readonly string[] = [],
): TestHub => ({
  FactsOf: (variables, _network, _query, options) => {
    for (const partner of missing)
      options?.onMissing?.(new HubError('PARTNER_TIMED_OUT', { partner }), []);
    const ids = Object.entries(variables).filter(([name]) => name.startsWith('id'));
    return Object.fromEntries(
      ids.map(([name, id]) => [
        name.replace('id', 'f'),
        {
          ...nothing,
          ...facts[String(id)],
          ...(missing.includes('ncm') && { delegateCount: null }),
        },
      ]),
    );
  },
  PolicyFacts: () => ({}),
});

async function find(network: TestVisits, filter: Row, reader: Reader = coordinator) {
  const { data, errors = [] } = await network.ask(
    'query ($filter: GroupFilter) { groups(filter: $filter, first: 2) { nodes { id } totalCount pageInfo { hasNextPage } } }',
    { filter },
    reader,
  );
  const found = (data as { groups: { nodes: Row[]; totalCount: number } | null }).groups;
  return {
    ids: found?.nodes.map(({ id }) => String(id).replace('nbnp:', '')),
    count: found?.totalCount,
    errors: errors.map(({ extensions }: { readonly extensions: Row }) =>
      [extensions['code'], extensions['partner'] ?? extensions['argument']].join(' '),
    ),
  };
}

describe.each(bothDatabases)('GroupFilter.state on $name', (kind) => {
  it('finds groups by what all owners recorded, on every page with its count', async () => {
    const facts = { [north.group]: { delegateCount: 3, delegatesSelectedOn: '2030-03-01' } };
    await using network = await openTestVisits(kind, hubOf(facts));
    await network.update(Group, 'nbnp:south-2', { cancelledOn: '2030-03-01' });
    // One officer of the south group is not enough for the programme, and two are.
    expect(await find(network, { state: ['SELECTED'] })).toMatchObject({
      ids: ['north', 'south'],
      count: 2,
    });
    expect(await find(network, { state: ['PLANNED'] })).toMatchObject({ ids: ['north-2'] });
    expect(await find(network, { state: ['CANCELLED'] })).toMatchObject({ ids: ['south-2'] });
    const several = { state: ['PLANNED', 'SELECTED', 'CANCELLED'] };
    expect(await find(network, several)).toMatchObject({ ids: ['north', 'north-2'], count: 4 });
    expect(await find(network, { state: [] })).toMatchObject({ ids: [], count: 0, errors: [] });
    const both = { ...several, country: 'LV' };
    expect(await find(network, both)).toMatchObject({ ids: ['south', 'south-2'], count: 2 });
  });

  it('asks only about groups of which the network’s own records do not say enough', async () => {
    await using network = await openTestVisits(kind, hubOf({}));
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    await find(network, { state: ['CANCELLED'] });
    expect(network.asked).toEqual([]);
    const list = 'groups(filter: { state: [PLANNED] }) { nodes { id } }';
    await network.read(`{ a: ${list} b: ${list} c: ${list} }`);
    expect(network.asked).toEqual(['FactsOf']);
  });

  it('finds a group that may be in the state while an owner is away, and names the owner', async () => {
    await using network = await openTestVisits(kind, hubOf({}, ['ncm']));
    // A group from the north may have departed without a word of the offices; one from the south not.
    expect(await find(network, { state: ['SELECTED'] })).toEqual({
      ids: ['north', 'north-2'],
      count: 3,
      errors: ['PARTNER_TIMED_OUT ncm'],
    });
    await using alone = await openTestVisits(kind, {
      FactsOf: away('hub'),
      PolicyFacts: away('hub'),
    });
    expect(await find(alone, { state: ['EVALUATED'] })).toEqual({
      ids: ['north', 'north-2'],
      count: 4,
      errors: ['PARTNER_UNAVAILABLE hub'],
    });
  });

  it('refuses a list of more than 500 groups', async () => {
    await using network = await openTestVisits(kind, hubOf({}));
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `nbnp:more-${index}`,
      name: 'More',
      direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
      programmeId: programme,
      plannedSize: 3,
    }));
    await network.insert(Group, ...many);
    expect(await find(network, { state: ['PLANNED'] })).toMatchObject({
      ids: undefined,
      errors: ['QUERY_TOO_COMPLEX filter.state'],
    });
    expect(await find(network, { state: ['PLANNED'], country: 'FI' })).toMatchObject({ count: 1 });
  });
});

describe.each(testDatabases)('GroupFilter.country on $name', (kind) => {
  it('finds groups from a country’s side, and those whose visits it hosts', async () => {
    await using network = await openTestVisits(kind, { ...hubOf({}), ...sidesHub });
    const planned = await planSides(network);
    const sided = (await createSidesGroup(network, planned)).replace('nbnp:', '');
    const ids = async (country: string) => {
      const { ids: some, count } = await find(network, { country });
      return [some, count];
    };
    // North comes from Russia and goes to Finland; south comes from any member and goes to Russia.
    expect(await ids('RU')).toEqual([['north', 'north-2'], 3]);
    expect(await ids('FI')).toEqual([['north', 'south'], 3]);
    expect(await ids('LT')).toEqual([[sided, 'south'].toSorted(), 3]);
    expect(await ids('PL')).toEqual([[], 0]);
    // Nobody hosts it yet: the side that it goes to says Denmark and Sweden.
    expect(await ids('DK')).toEqual([[sided, 'south'].toSorted(), 3]);
    expect(await ids('SE')).toEqual([[sided, 'south'].toSorted(), 3]);
    await network.update(Visit, north.visit, { cancelledOn: '2030-03-01' });
    expect(await ids('FI')).toEqual([['south', 'south-2'], 2]);
    expect(nordic.countries).not.toContain('FI');
  });
});

/** Nobody can tell from a list what the fields of its rows hide from the caller. */
describe.each(testDatabases)('lists of groups for anonymous callers on $name', (kind) => {
  const states = Object.keys(GroupState);

  it('are the same whatever happens on a journey before the return', async () => {
    const facts: Record<string, object> = {};
    await using network = await openTestVisits(kind, hubOf(facts));
    const hidden = fc.record({
      departedOn: fc.constantFrom(null, '2030-05-06'),
      country: fc.constantFrom('FI', 'SE'),
      briefedOn: fc.constantFrom(null, '2030-04-01'),
    });
    const read = async () => {
      const found: unknown[] = [];
      for (const state of states) found.push(await find(network, { state: [state] }, anonymous));
      for (const country of ['FI', 'SE', 'RU'])
        found.push(await find(network, { country }, anonymous));
      return JSON.stringify(found);
    };
    const before = await read();
    expect(before).toContain('north');
    await fc.assert(
      fc.asyncProperty(hidden, async ({ departedOn, country, briefedOn }) => {
        facts[north.group] = { delegatesBriefedOn: briefedOn };
        await network.update(Visit, north.visit, { departedOn });
        await network.source.manager.update(
          VisitHost,
          { visitId: north.visit, position: 0 },
          { country },
        );
        expect(await read()).toBe(before);
      }),
      { numRuns: 12 },
    );
  });

  it('show a group as returned once it is', async () => {
    await using network = await openTestVisits(kind, hubOf({}), '2031-01-01T12:00:00Z');
    await network.insert(EvaluationSignature, { programmeId: programme, signedOn: '2030-12-01' });
    const back = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };
    await network.update(Visit, north.visit, back);
    expect(await find(network, { state: ['RETURNED'] }, anonymous)).toMatchObject({
      ids: expect.arrayContaining(['north']) as string[],
    });
    expect(await find(network, { country: 'FI' }, anonymous)).toMatchObject({
      ids: ['north', 'south'],
      count: 3,
    });
    expect(await find(network, { state: ['BRIEFED'] }, anonymous)).not.toMatchObject({
      ids: expect.arrayContaining(['north']) as string[],
    });
  });
});
