import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import {
  baltic,
  createSidesGroup,
  nordic,
  planSides,
  poland,
  sidesHub,
} from '../testing/test-sides.js';
import { away, openTestVisits, type TestHub, type TestVisits } from '../testing/test-visits.js';

const visit = 'nbnp:v';
const violated = (rule: string, argument: string) => ({ code: 'RULE_VIOLATED', rule, argument });
const open = { openedOn: '1991', closedOn: null };
const closed = { openedOn: '1991', closedOn: '2030-01-31' };

/** What the offices have recorded of the group, and whether they are open. */
const officesHub = (offices: object[], delegates: string[], more: object = {}): TestHub => ({
  ...sidesHub,
  DelegatesReady: () => ({
    group: {
      delegateCount: delegates.length,
      delegatesSelectedOn: '2030-02-01',
      delegatesBriefedOn: '2030-03-01',
      ...more,
    },
  }),
  DelegatesOf: () => ({ group: { delegates: delegates.map((id) => ({ id })) } }),
  CoordinatorsOf: () => ({ group: { from: { coordinators: offices } } }),
  ConfirmedStops: () => ({ visit: { stops: [] } }),
  GroupsOfDelegates: () => ({ group: { delegates: [] } }),
});

interface Group {
  readonly network: TestVisits;
  readonly group: string;
  [Symbol.asyncDispose](): PromiseLike<void>;
}

/** A group with these officers as its members, and a visit. */
async function openGroup(
  kind: TestDatabaseKind,
  hub: TestHub,
  officers: readonly string[],
  from: string = baltic.name,
): Promise<Group> {
  const network = await openTestVisits(kind, hub);
  const group = await createSidesGroup(network, await planSides(network), from, nordic.name);
  const accepted = officers.map((officerId) => ({
    id: `${officerId}-n`,
    groupId: group,
    officerId,
    acceptedOn: '2030-02-10',
  }));
  if (accepted.length > 0) await network.insert(OfficerNomination, ...accepted);
  const days = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
  await network.insert(Visit, { id: visit, groupId: group, title: 'V', ...days });
  return { network, group, [Symbol.asyncDispose]: () => network[Symbol.asyncDispose]() };
}

const departure = { id: visit, on: '2030-05-06', version: 1 };
const one = ['ncm:delegate-1'];

describe.each(testDatabases)('Mutation.recordDeparture between two sides on $name', (kind) => {
  it('counts officers and delegates together', async () => {
    await using both = await openGroup(kind, officesHub([open], one), ['lv:o1']);
    const { departedOn } = await both.network.done('recordDeparture', departure, 'departedOn');
    expect(departedOn).toBe('2030-05-06');
  });

  it.each([
    ['too few', [], ['lv:o1'], {}, violated('NOT_SELECTED', 'input.id')],
    [
      'too many, if two subgraphs gave the last place',
      ['ncm:d1', 'ncm:d2'],
      ['lv:o1', 'lv:o2', 'lt:o3'],
      {},
      { code: 'GROUP_FULL', argument: 'input.id' },
    ],
    [
      'no briefing',
      one,
      ['lv:o1'],
      { delegatesBriefedOn: null },
      violated('NOT_BRIEFED', 'input.id'),
    ],
    [
      'a later selection',
      one,
      ['lv:o1'],
      { delegatesSelectedOn: '2030-05-07' },
      violated('DATE_ORDER', 'input.on'),
    ],
    [
      'a later briefing',
      one,
      ['lv:o1'],
      { delegatesBriefedOn: '2030-05-07' },
      violated('DATE_ORDER', 'input.on'),
    ],
  ])('refuses %s', async (_what, delegates, officers, more, refusal) => {
    await using both = await openGroup(kind, officesHub([open], delegates, more), officers);
    expect(await both.network.refusal('recordDeparture', departure)).toMatchObject(refusal);
  });

  it('needs the offices where they send people, and only there', async () => {
    const hub = { ...officesHub([open], one), DelegatesReady: away('ncm') };
    await using both = await openGroup(kind, hub, ['lv:o1', 'lt:o2']);
    expect(await both.network.refusal('recordDeparture', departure)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'ncm',
    });
    await using officers = await openGroup(kind, hub, ['pl:o1', 'pl:o2'], poland.name);
    expect(await officers.network.refusal('recordDeparture', departure)).toMatchObject(
      violated('NOT_BRIEFED', 'input.id'),
    );
    const briefing = { groupId: officers.group, kind: 'BRIEFING', on: '2030-04-01' };
    await officers.network.insert(GroupMeeting, briefing);
    await officers.network.done('recordDeparture', departure);
  });
});

describe.each(testDatabases)('Mutation.recordGroupMeeting between two sides on $name', (kind) => {
  const briefing = { kind: 'BRIEFING', on: '2030-04-01', version: 1 };

  it('is left to an office that is open on the day', async () => {
    await using both = await openGroup(kind, officesHub([closed, open], one), ['lv:o1']);
    const { network, group } = both;
    expect(await network.refusal('recordGroupMeeting', { group, ...briefing })).toMatchObject(
      violated('COORDINATOR', 'input.group'),
    );
  });

  it('is the network’s once every office has closed, with all members', async () => {
    await using both = await openGroup(kind, officesHub([closed], one), ['lv:o1']);
    const { network, group } = both;
    const attendees = ['lv:o1', ...one];
    const input = { group, ...briefing };
    const stranger = { ...input, attendees: ['lv:other'] };
    expect(await network.refusal('recordGroupMeeting', stranger)).toMatchObject(
      violated('NOT_MEMBER', 'input.attendees.0'),
    );
    // While the office was still open.
    const early = { ...input, on: '2030-01-31' };
    expect(await network.refusal('recordGroupMeeting', early)).toMatchObject({
      rule: 'COORDINATOR',
    });
    await network.done('recordGroupMeeting', { ...input, attendees }, 'briefedOn');
    const removing = { group, kind: 'BRIEFING', version: 2 };
    await network.done('removeGroupMeeting', removing);
  });

  it('goes by the days of the office that stays of two that were merged', async () => {
    const closedSince = { ...open, mergedInto: { id: 'ncm:tll', ...closed } };
    await using left = await openGroup(kind, officesHub([closedSince], one), ['lv:o1']);
    const { network, group } = left;
    const attendees = ['lv:o1', ...one];
    await network.done('recordGroupMeeting', { group, ...briefing, attendees }, 'briefedOn');
    const openStill = { ...closed, mergedInto: { id: 'ncm:tll', ...open } };
    await using kept = await openGroup(kind, officesHub([openStill], one), ['lv:o1']);
    const input = { group: kept.group, ...briefing };
    expect(await kept.network.refusal('recordGroupMeeting', input)).toMatchObject(
      violated('COORDINATOR', 'input.group'),
    );
  });

  it('is the network’s where no office co-ordinates, once enough are selected', async () => {
    await using few = await openGroup(kind, sidesHub, ['pl:o1'], poland.name);
    const input = { group: few.group, ...briefing };
    expect(await few.network.refusal('recordGroupMeeting', input)).toMatchObject(
      violated('NOT_SELECTED', 'input.group'),
    );
    await using enough = await openGroup(kind, sidesHub, ['pl:o1', 'pl:o2'], poland.name);
    const { briefedOn } = await enough.network.done(
      'recordGroupMeeting',
      { group: enough.group, ...briefing },
      'briefedOn',
    );
    expect(briefedOn).toBe('2030-04-01');
  });
});

describe.each(testDatabases)('Mutation.acceptOfficer between two sides on $name', (kind) => {
  it('gives no place that the offices have given', async () => {
    const hub = {
      ...officesHub([open], ['ncm:d1', 'ncm:d2']),
      NominationsOf: () => ({ officer: null }),
    };
    await using full = await openGroup(kind, hub, ['lv:o1', 'lv:o2']);
    const decision = { officer: 'lv:o3', nomination: 'lv:n3', on: '2030-03-01', version: 1 };
    const input = { group: full.group, ...decision };
    expect(await full.network.refusal('acceptOfficer', input)).toMatchObject({
      code: 'GROUP_FULL',
      argument: 'input.group',
    });
    // A reserve takes no place, and the offices are not asked.
    const reserve = { ...input, reserve: true };
    expect(await full.network.refusal('acceptOfficer', reserve)).not.toMatchObject({
      code: 'GROUP_FULL',
    });
  });
});

describe.each(testDatabases)('Mutation.scheduleVisit between two sides on $name', (kind) => {
  it.each([
    [['NO'], 'OTHER_SIDE'],
    [['LV'], 'OTHER_SIDE'],
    [['DK', 'PL'], 'NOT_IN_NETWORK'],
    [['DK', 'RU'], 'NOT_IN_NETWORK'],
  ])('refuses the hosts %j: %s', async (hostCountries, situation) => {
    await using network = await openTestVisits(kind, sidesHub);
    const group = await createSidesGroup(network, await planSides(network));
    const days = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
    const input = { group, title: 'V', hostCountries, ...days };
    expect(await network.refusal('scheduleVisit', input)).toMatchObject({
      rule: 'HOST_COUNTRY',
      situation,
    });
  });

  it('plans who answers: the police forces of the side, or the network', async () => {
    await using network = await openTestVisits(kind, officesHub([open], []));
    const planned = await planSides(network);
    const days = { startsOn: '2030-05-06', endsOn: '2030-05-11' };
    const hostsOf = async (to: string, hostCountries: string[]) => {
      const group = await createSidesGroup(network, planned, baltic.name, to);
      const input = { group, title: 'V', hostCountries, ...days };
      return (await network.done('scheduleVisit', input, 'hosts { country owner }'))['hosts'];
    };
    expect(await hostsOf(nordic.name, ['SE', 'NO'])).toEqual([
      { country: 'SE', owner: 'se' },
      { country: 'NO', owner: 'no' },
    ]);
    expect(await hostsOf(poland.name, ['PL', 'LT'])).toEqual([
      { country: 'PL', owner: 'nbnp' },
      { country: 'LT', owner: 'lt' },
    ]);
  });
});
