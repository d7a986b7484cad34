import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { baltic, createSidesGroup, nordic, planSides, sidesHub } from '../testing/test-sides.js';
import { openTestVisits } from '../testing/test-visits.js';

/** What the offices and the police forces say of the group. */
const facts = {
  delegateCount: 1,
  delegateFormalitiesOpen: 2,
  delegateVisasRefused: 0,
  delegateMeetings: [],
  delegatesBriefedOn: null,
  delegatesDebriefedOn: null,
  delegateReportsReceived: 1,
  delegateNominations: [],
  officerFormalitiesOpen: 3,
  officerVisasRefused: 0,
  officerReportsReceived: 0,
  officerNominations: [],
  visits: [],
};
const days = { startsOn: '2030-05-06', endsOn: '2030-05-11' };

async function openSides(
  kind: TestDatabaseKind,
  { from, to }: { readonly from: string; readonly to: string },
  visit: object = {},
  closedOn: string | null = null,
  otherClosedOn: string | null = null,
  merged: object = {},
) {
  const side = {
    coordinators: [
      { id: 'ncm:rix', closedOn, ...merged },
      { id: 'ncm:vno', closedOn: otherClosedOn },
    ],
  };
  const network = await openTestVisits(
    kind,
    {
      ...sidesHub,
      PolicyFacts: () => ({ f0: { ...facts, from: side, to: { coordinators: [] } } }),
    },
    '2030-06-01T12:00:00Z',
  );
  const group = await createSidesGroup(network, await planSides(network), from, to);
  const officer = { id: 'lv:n', groupId: group, officerId: 'lv:o', acceptedOn: '2030-02-01' };
  await network.insert(OfficerNomination, officer);
  await network.insert(Visit, { id: 'nbnp:v', groupId: group, title: 'V', ...days, ...visit });
  const read = async () => {
    const fields = 'code subject owner dueOn count expected';
    const response = await network.read(`{ group(id: "${group}") { warnings { ${fields} } } }`);
    interface Read {
      readonly code: string;
      readonly subject: string;
      readonly owner: string | null;
      readonly dueOn: string | null;
    }
    return (response['group'] as { warnings: Read[] }).warnings;
  };
  return { network, group, read };
}

const there = { from: baltic.name, to: nordic.name };
const back = { from: nordic.name, to: baltic.name };
const returned = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };

describe.each(testDatabases)('Group.warnings between two sides on $name', (kind) => {
  it('sum what all who send it have to do, and name none of them', async () => {
    const { network, read } = await openSides(kind, there, {
      startsOn: '2030-06-20',
      endsOn: '2030-06-25',
    });
    await using _ = network;
    expect(await read()).toContainEqual(
      expect.objectContaining({ code: 'FORMALITIES_OPEN', owner: null, count: 5 }),
    );
  });

  it.each([
    ['the offices where they co-ordinate', there, 'ncm'],
    ['the network where no office does', back, 'nbnp'],
  ])('are about the meetings of %s', async (_what, ends, owner) => {
    const { network, group, read } = await openSides(kind, ends, returned);
    await using _ = network;
    const meetings = async () =>
      (await read())
        .filter(({ code }) => code.includes('BRIEFING'))
        .map((one) => [one.code, one.owner]);
    expect(await meetings()).toEqual([
      ['BRIEFING_MISSING', owner],
      ['DEBRIEFING_MISSING', owner],
    ]);
    await network.insert(GroupMeeting, { groupId: group, kind: 'BRIEFING', on: '2030-04-01' });
    await network.insert(GroupMeeting, { groupId: group, kind: 'DEBRIEFING', on: '2030-05-20' });
    expect(await meetings()).toEqual([]);
  });

  it.each([
    ['the offices while one is open', '2030-05-31', null, 'ncm'],
    ['the offices on the last day of one', '2030-05-31', '2030-06-01', 'ncm'],
    ['the network once all offices have closed', '2030-05-31', '2030-05', 'nbnp'],
  ])('are about meetings of %s', async (_what, closedOn, otherClosedOn, owner) => {
    const { network, read } = await openSides(kind, there, returned, closedOn, otherClosedOn);
    await using _ = network;
    const owners = (await read())
      .filter(({ code }) => code.includes('BRIEFING'))
      .map((one) => one.owner);
    expect(owners).toEqual([owner, owner]);
  });

  it.each([
    ['before the last day of a visit', '2030-06-24', {}, true],
    ['in the past', '2030-05', {}, true],
    ['after the visit', '2030-06-25', {}, false],
    ['never', null, {}, false],
    [
      'while the group is back',
      '2030-05',
      { departedOn: '2030-05-20', returnedOn: '2030-05-25' },
      false,
    ],
  ])('say that an office closes %s', async (_when, closedOn, visit, isSaid) => {
    const planned = { startsOn: '2030-06-20', endsOn: '2030-06-25', ...visit };
    const { network, read } = await openSides(kind, there, planned, closedOn);
    await using _ = network;
    const closed = (await read()).filter(({ code }) => code === 'OFFICE_CLOSED');
    const warned = {
      code: 'OFFICE_CLOSED',
      subject: 'ncm:rix',
      owner: 'nbnp',
      count: null,
      expected: null,
    };
    const dueOn = closedOn === '2030-05' ? '2030-05-31' : closedOn;
    expect(closed).toEqual(isSaid ? [{ ...warned, dueOn }] : []);
  });

  it.each([
    ['closes', null, '2030-06-21', ['ncm:tll 2030-06-21']],
    ['stays open', '2030-06-21', null, []],
  ])('say it of the office that stays of two merged ones, if it %s', async (...given) => {
    const [, closedOn, staysUntil, expected] = given;
    const planned = { startsOn: '2030-06-20', endsOn: '2030-06-25' };
    const mergedInto = { id: 'ncm:tll', closedOn: staysUntil };
    const { network, read } = await openSides(kind, there, planned, closedOn, null, { mergedInto });
    await using _ = network;
    const closed = (await read()).filter(({ code }) => code === 'OFFICE_CLOSED');
    expect(closed.map(({ subject, dueOn }) => `${subject} ${dueOn}`)).toEqual(expected);
  });
});
