import { createFactsHub, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Visit } from '../entities/visit.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { openTestVisits, south } from '../testing/test-visits.js';

interface Found {
  readonly groups: { readonly nodes: readonly { readonly id: string }[] };
}

const group = (number: number) => ({ __typename: 'Group', id: `nbnp:demo-group-${number}` });

/** Demonstration group 1 is on its visit, and no return is overdue. */
const whileUnderWay = '2026-11-25T12:00:00Z';

/** The responses of the offices and the police forces for a group that they do not know. */
const nothing = {
  delegates: [],
  delegateCount: 0,
  delegateNominationCount: 0,
  delegatesSelectedOn: null,
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: 0,
  officerNominationCount: 0,
  officerReportsReceived: 0,
  programme: { officeSignatureCount: 0 },
};

describe.each(testDatabases)('Group.state of several visits on $name', (kind) => {
  it.each([
    [
      'TRAVELLING',
      'has set out on one of them',
      [
        ['2030-05-06', null],
        [null, null],
      ],
    ],
    [
      'TRAVELLING',
      'is back from one of them',
      [
        ['2030-05-06', '2030-05-11'],
        [null, null],
      ],
    ],
    [
      'RETURNED',
      'is back from all of them',
      [
        ['2030-05-06', '2030-05-11'],
        ['2030-06-03', '2030-06-08'],
      ],
    ],
  ])('is %s once the group %s', async (state, _, dates) => {
    await using network = await openTestVisits(kind);
    await network.insert(Visit, {
      id: 'nbnp:second-visit',
      groupId: south.group,
      title: 'Another week',
      startsOn: '2030-06-03',
      endsOn: '2030-06-08',
    });
    for (const [index, [departedOn, returnedOn]] of dates.entries()) {
      const visit = [south.visit, 'nbnp:second-visit'][index] ?? '';
      await network.update(Visit, visit, { departedOn, returnedOn });
    }
    const query = `{ group(id: "${south.group}") { state } }`;
    expect(await network.read(query)).toEqual({ group: { state } });
  });

  it('has returned only if it has a visit', async () => {
    await using network = await openTestVisits(kind);
    const query = '{ group(id: "nbnp:south-2") { state } }';
    expect(await network.read(query)).toEqual({ group: { state: 'NOMINATED' } });
  });
});

describe.each(testDatabases)('Group on $name', (kind) => {
  it('derives its fields from its own representation', async () => {
    const { askHub } = createFactsHub(() => null);
    await using network = await openTestNetwork(kind, 'demonstration', whileUnderWay, askHub);
    const answer = await network.entities(
      [
        {
          ...group(1),
          ...nothing,
          delegates: [{ __typename: 'Delegate', id: 'ncm:demo-delegate-1' }],
          delegateCount: 12,
          delegateNominationCount: 12,
          delegatesSelectedOn: '2026-09-14',
          delegatesBriefedOn: '2026-11-09',
        },
        { ...group(2), ...nothing, officerNominationCount: 12 },
        { ...group(3), ...nothing },
        {
          ...group(4),
          ...nothing,
          officerNominationCount: 12,
          officerReportsReceived: 12,
          programme: { officeSignatureCount: 1 },
        },
        { ...group(1), delegates: null, delegateCount: null, programme: null },
        { ...group(4), ...nothing, officerNominationCount: null, officerReportsReceived: null },
      ],
      '... on Group { state stateIsCertain memberCount reportsExpected reportsReceived members { __typename } warnings { code } }',
    );
    const officers = (count: number) => Array<unknown>(count).fill({ __typename: 'Officer' });
    expect(answer).toEqual([
      {
        state: 'TRAVELLING',
        stateIsCertain: true,
        memberCount: 12,
        reportsExpected: 12,
        reportsReceived: 0,
        members: [{ __typename: 'Delegate' }],
        warnings: [],
      },
      {
        state: 'SELECTED',
        stateIsCertain: true,
        memberCount: 11,
        reportsExpected: 11,
        reportsReceived: 0,
        members: officers(11),
        warnings: [],
      },
      {
        state: 'PLANNED',
        stateIsCertain: true,
        memberCount: 0,
        reportsExpected: 0,
        reportsReceived: 0,
        members: [],
        warnings: [],
      },
      {
        state: 'EVALUATED',
        stateIsCertain: true,
        memberCount: 12,
        reportsExpected: 12,
        reportsReceived: 12,
        members: officers(12),
        warnings: [],
      },
      {
        state: 'TRAVELLING',
        stateIsCertain: false,
        memberCount: null,
        reportsExpected: null,
        reportsReceived: null,
        members: null,
        warnings: [],
      },
      {
        state: 'DEBRIEFED',
        stateIsCertain: false,
        memberCount: 12,
        reportsExpected: 12,
        reportsReceived: null,
        members: officers(12),
        warnings: [],
      },
    ]);
  });

  it('is null, not empty, for a programme whose groups are not documented', async () => {
    await using network = await openTestNetwork(kind);
    const programme = 'nbnp:mobility-programme-2009-2010';
    expect(
      await network.read(
        `{ groups(filter: { programme: "${programme}" }) { totalCount }
           visits(filter: { programme: "${programme}" }) { totalCount } }`,
      ),
    ).toEqual({ groups: null, visits: null });
  });

  it('has the same warnings whichever facts of the offices other fields require', async () => {
    const { askHub } = createFactsHub(() => null);
    await using network = await openTestNetwork(kind, 'demonstration', whileUnderWay, askHub);
    const answer = await network.entities(
      [group(1), { ...group(1), delegateCount: 12 }, { ...group(1), delegateCount: 3 }],
      '... on Group { warnings { code } }',
    );
    expect(answer).toEqual([{ warnings: [] }, { warnings: [] }, { warnings: [] }]);
  });

  it('does not count an officer who was declined or released', async () => {
    await using network = await openTestNetwork(kind);
    const members = async () =>
      network.entities(
        [{ ...group(2), ...nothing }],
        '... on Group { memberCount officersAcceptedOn members { id } }',
      );
    expect((await members())[0]).toMatchObject({
      memberCount: 11,
      officersAcceptedOn: '2026-10-05',
    });
    await network.source.query(
      `UPDATE officer_nominations SET declined_on = '2026-11-01' WHERE officer_id = 'dk:demo-officer-3'`,
    );
    const [released] = await members();
    expect(released).toMatchObject({ memberCount: 10 });
    expect(JSON.stringify(released)).not.toContain('dk:demo-officer-3');
  });

  it('shows its own facts without the other owners', async () => {
    await using network = await openTestNetwork(kind);
    const answer =
      await network.read(`{ group(id: "nbnp:demo-group-4") { name direction plannedSize version
      programme { id } coordinatingOffice { id } visits { id } officersAcceptedOn briefedOn debriefedOn cancelledOn } }`);
    expect(answer['group']).toEqual({
      name: 'Demonstration group 4',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 12,
      version: 1,
      programme: { id: 'nbnp:demo-programme-past' },
      coordinatingOffice: { id: 'ncm:kgd' },
      visits: [{ id: 'nbnp:demo-visit-4' }],
      officersAcceptedOn: '2024-10-01',
      briefedOn: '2025-02-20',
      debriefedOn: '2025-04-02',
      cancelledOn: null,
    });
  });
});

describe.each(testDatabases)('Query.groups on $name', (kind) => {
  it('filters by programme, direction and co-ordinating office', async () => {
    const { askHub } = createFactsHub(() => ({ mergedInto: null }));
    await using network = await openTestNetwork(kind, 'demonstration', undefined, askHub);
    const find = async (filter: object) => {
      const { groups } = await network.read<Found>(
        'query ($filter: GroupFilter) { groups(filter: $filter) { nodes { id } } }',
        { filter },
      );
      return groups.nodes.map(({ id }) => Number(id.at(-1)));
    };
    expect(await find({})).toEqual([1, 2, 3, 4, 5]);
    expect(await find({ programme: 'nbnp:demo-programme' })).toEqual([1, 2, 3, 5]);
    expect(await find({ direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' })).toEqual([2, 4]);
    expect(await find({ coordinatingOffice: 'ncm:kgd' })).toEqual([3, 4]);
    expect(await find({ coordinatingOffice: 'ncm:kgd', programme: 'nbnp:demo-programme' })).toEqual(
      [3],
    );
  });
});

describe.each(testDatabases)('OfficerNomination on $name', (kind) => {
  it('has the network’s decision, and null before it', async () => {
    await using network = await openTestNetwork(kind);
    const nomination = { __typename: 'OfficerNomination', groupId: 'nbnp:demo-group-2' };
    const answer = await network.entities(
      [
        { ...nomination, id: 'dk:demo-nomination-2-3' },
        { ...nomination, id: 'fi:demo-nomination-2-4' },
        { ...nomination, id: 'is:demo-nomination-2-4' },
      ],
      '... on OfficerNomination { id acceptedOn declinedOn reserve replaces { id } group { id } }',
    );
    const inGroup = { replaces: null, group: { id: 'nbnp:demo-group-2' } };
    expect(answer).toEqual([
      {
        id: 'dk:demo-nomination-2-3',
        acceptedOn: '2026-10-05',
        declinedOn: null,
        reserve: false,
        ...inGroup,
      },
      {
        id: 'fi:demo-nomination-2-4',
        acceptedOn: null,
        declinedOn: '2026-10-05',
        reserve: false,
        ...inGroup,
      },
      {
        id: 'is:demo-nomination-2-4',
        acceptedOn: null,
        declinedOn: null,
        reserve: null,
        ...inGroup,
      },
    ]);
  });

  it('names a group that nobody has', async () => {
    await using network = await openTestNetwork(kind);
    const { data, errors } = await network.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on OfficerNomination { id acceptedOn group { id } } } }`,
      {
        representations: [
          { __typename: 'OfficerNomination', id: 'is:unheard-of', groupId: 'nbnp:unheard-of' },
        ],
      },
    );
    expect(data).toEqual({ _entities: [{ id: 'is:unheard-of', acceptedOn: null, group: null }] });
    expect(errors).toMatchObject([
      {
        path: ['_entities', 0, 'group'],
        extensions: { code: 'DANGLING_REFERENCE', id: 'nbnp:unheard-of' },
      },
    ]);
  });
});
