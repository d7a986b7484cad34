import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { findGroupForChange } from '../groups/group-for-change.js';
import { away, north, openTestVisits, programme, south, week } from '../testing/test-visits.js';
import { checkOneGroup } from './visit-overlaps.js';

const later = { startsOn: '2030-09-01', endsOn: '2030-09-06' };

/** The groups for which the delegates of the requested group are selected. */
const delegatesOf =
  (...groups: string[]) =>
  () => ({
    group: {
      delegates: groups.map((id) => ({
        nominations: [
          { status: 'SELECTED', group: { id } },
          { status: 'DECLINED', group: { id: 'nbnp:north-2' } },
        ],
      })),
    },
  });

const toNorth = {
  group: 'nbnp:north-2',
  title: 'A week in Norway and Latvia',
  hostCountries: ['NO', 'LV'],
  ...later,
};
const toSouth = { ...toNorth, group: 'nbnp:south-2', hostCountries: ['RU'] };

describe.each(testDatabases)('Mutation.scheduleVisit on $name', (kind) => {
  it('plans a visit with its hosts in their order, without a request if no other group travels', async () => {
    await using network = await openTestVisits(kind);
    const selection =
      'id title hostCountries startsOn endsOn departedOn version group { id } stops { id } experts { id } missingSectors';
    const { id, ...visit } = await network.done('scheduleVisit', toNorth, selection);
    expect(id).toMatch(/^nbnp:/);
    expect(visit).toEqual({
      title: toNorth.title,
      hostCountries: ['NO', 'LV'],
      ...later,
      departedOn: null,
      version: 1,
      group: { id: 'nbnp:north-2' },
      stops: [],
      experts: [],
      missingSectors: ['POLICE'],
    });
    const kept = await network.source.manager.findOneBy(Visit, { id: String(id) });
    expect(kept).toMatchObject({ groupId: 'nbnp:north-2', ...later, version: 1 });
    expect(network.asked).toEqual([]);
  });

  it('is executed once for each idempotency key, however many repetitions run at the same time', async () => {
    await using network = await openTestVisits(kind);
    const keyed = { ...toNorth, idempotencyKey: 'k' };
    const repeated = Array.from({ length: 20 }, () => network.done('scheduleVisit', keyed));
    expect(new Set((await Promise.all(repeated)).map(({ id }) => id)).size).toBe(1);
    expect(await network.source.manager.countBy(Visit, { groupId: 'nbnp:north-2' })).toBe(1);
    expect(
      await network.refusal('scheduleVisit', { ...keyed, title: 'Another week' }),
    ).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
  });

  it.each([
    [{ startsOn: later.endsOn, endsOn: later.startsOn }, 'input.endsOn'],
    [{ hostCountries: [] }, 'input.hostCountries'],
    [{ hostCountries: ['NO', 'NO'] }, 'input.hostCountries'],
    [{ title: ' ' }, 'input.title'],
    [{ title: 'a\0b' }, 'input.title'],
  ])('refuses the invalid visit %j', async (change, argument) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('scheduleVisit', { ...toNorth, ...change });
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it.each(['nbnp:unheard-of', 'dk:group', 'a\0b'])(
    'refuses the unknown group %j',
    async (group) => {
      await using network = await openTestVisits(kind);
      const refused = await network.refusal('scheduleVisit', { ...toNorth, group });
      expect(refused).toMatchObject({ code: 'NOT_FOUND', argument: 'input.group' });
    },
  );

  it.each([
    ['HOST_COUNTRY', { ...toNorth, hostCountries: ['RU'] }, 'input.hostCountries'],
    ['HOST_COUNTRY', { ...toSouth, hostCountries: ['FI'] }, 'input.hostCountries'],
    ['OUTSIDE_PROGRAMME', { ...toNorth, startsOn: '2029-12-31' }, 'input.startsOn'],
    ['OUTSIDE_PROGRAMME', { ...toNorth, endsOn: '2031-07-01' }, 'input.endsOn'],
    [
      'OVERLAPPING_VISITS',
      { ...toSouth, ...week, group: south.group, startsOn: week.endsOn, endsOn: week.endsOn },
      'input.startsOn',
    ],
    ['OVERLAPPING_GROUPS', { ...toSouth, ...week }, 'input.startsOn'],
  ])('refuses by %s: %j', async (rule, input, argument) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('scheduleVisit', input);
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument });
    expect(network.asked).toEqual([]);
  });

  it('accepts a country whose police joined later, and refuses one whose police is not there', async () => {
    const partners = [
      { code: 'pl', membership: 'MEMBER' },
      { code: 'at', membership: 'REMOVED' },
      { code: 'shelters', membership: 'MEMBER' },
    ];
    await using network = await openTestVisits(kind, { NetworkMembers: () => ({ partners }) });
    for (const country of ['DE', 'AT']) {
      const input = { ...toNorth, hostCountries: ['NO', country] };
      expect(await network.refusal('scheduleVisit', input)).toMatchObject({
        rule: 'HOST_COUNTRY',
        situation: 'NOT_IN_NETWORK',
        argument: 'input.hostCountries',
      });
    }
    await network.done('scheduleVisit', { ...toNorth, hostCountries: ['PL'] });
    expect(new Set(network.asked)).toEqual(new Set(['NetworkMembers']));
  });

  it('accepts the last day of the programme, and hosts on the way', async () => {
    await using network = await openTestVisits(kind);
    const last = { startsOn: '2031-06-30', endsOn: '2031-06-30', hostCountries: ['RU', 'NO'] };
    await network.done('scheduleVisit', { ...toNorth, ...last });
    await network.done('scheduleVisit', { ...toSouth, ...last });
  });

  it('lets officers travel who were released or whose other group is cancelled', async () => {
    await using network = await openTestVisits(kind);
    const overlapping = { ...toSouth, ...week };
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    await network.done('scheduleVisit', overlapping);
    await network.update(Group, south.group, { cancelledOn: null });
    await network.source.manager.delete(Visit, { groupId: 'nbnp:south-2' });
    await network.update(OfficerNomination, 'fi:officer-1-for-south-2', {
      declinedOn: '2030-03-01',
    });
    await network.done('scheduleVisit', overlapping);
  });

  it('refuses by OVERLAPPING_GROUPS if a delegate is selected for both groups', async () => {
    await using network = await openTestVisits(kind, {
      GroupsOfDelegates: delegatesOf('nbnp:north-2', north.group),
    });
    const refused = await network.refusal('scheduleVisit', { ...toNorth, ...week });
    expect(refused).toMatchObject({ rule: 'OVERLAPPING_GROUPS', argument: 'input.startsOn' });
    expect(network.asked).toEqual(['GroupsOfDelegates']);
  });

  it('counts the last day of the other group’s visit', async () => {
    await using network = await openTestVisits(kind, {
      GroupsOfDelegates: delegatesOf('nbnp:north-2', north.group),
    });
    const days = { startsOn: week.endsOn, endsOn: '2030-05-14' };
    expect(await network.refusal('scheduleVisit', { ...toNorth, ...days })).toMatchObject({
      rule: 'OVERLAPPING_GROUPS',
    });
  });

  it('sends no request if only a group of the other direction travels on these days', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Group, north.group, { cancelledOn: '2030-03-01' });
    await network.done('scheduleVisit', { ...toNorth, ...week });
    expect(network.asked).toEqual([]);
  });

  it.each([{ group: null }, { group: { delegates: null } }])(
    'writes nothing if the delegates are missing and no partner is named: %j',
    async (answer) => {
      await using network = await openTestVisits(kind, { GroupsOfDelegates: () => answer });
      const refused = await network.refusal('scheduleVisit', { ...toNorth, ...week });
      expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'ncm' });
    },
  );

  it('plans an overlapping visit if no delegate is in both groups', async () => {
    await using network = await openTestVisits(kind, {
      GroupsOfDelegates: delegatesOf('nbnp:north-2'),
    });
    await network.done('scheduleVisit', { ...toNorth, ...week });
  });

  it('writes nothing while the offices do not return the delegates', async () => {
    await using network = await openTestVisits(kind, { GroupsOfDelegates: away('ncm') });
    const refused = await network.refusal('scheduleVisit', { ...toNorth, ...week });
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', partner: 'ncm' });
  });

  it('refuses by RETURNED a group that is back from all of its visits', async () => {
    await using network = await openTestVisits(kind);
    const returned = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };
    await network.update(Visit, south.visit, returned);
    const input = { ...toSouth, group: south.group };
    expect(await network.refusal('scheduleVisit', input)).toMatchObject({
      rule: 'RETURNED',
      argument: 'input.group',
    });
    await network.update(Visit, south.visit, { returnedOn: null });
    await network.done('scheduleVisit', input);
  });

  it('refuses by CANCELLED, and by EVALUATED once the network has signed', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(EvaluationSignature, {
      programmeId: programme,
      signedOn: '2031-01-01',
    });
    expect(await network.refusal('scheduleVisit', toNorth)).toMatchObject({ rule: 'EVALUATED' });
    await network.update(Group, 'nbnp:north-2', { cancelledOn: '2030-03-01' });
    expect(await network.refusal('scheduleVisit', toNorth)).toMatchObject({ rule: 'CANCELLED' });
  });
});

describe.each(testDatabases)('Mutation.rescheduleVisit on $name', (kind) => {
  const move = { visit: south.visit, startsOn: '2030-05-07', endsOn: '2030-05-20', version: 1 };

  it('moves a visit to days that include its stops, and raises its version', async () => {
    await using network = await openTestVisits(kind);
    const moved = await network.done('rescheduleVisit', move, 'startsOn endsOn version');
    expect(moved).toEqual({ startsOn: '2030-05-07', endsOn: '2030-05-20', version: 2 });
    expect(await network.refusal('rescheduleVisit', move)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
      argument: 'input.version',
    });
  });

  it.each([
    ['OUTSIDE_VISIT', { startsOn: '2030-05-08' }, 'input.startsOn'],
    ['OUTSIDE_VISIT', { startsOn: '2030-05-01', endsOn: '2030-05-06' }, 'input.endsOn'],
    ['OUTSIDE_PROGRAMME', { startsOn: '2029-12-31' }, 'input.startsOn'],
    ['OUTSIDE_PROGRAMME', { endsOn: '2031-07-01' }, 'input.endsOn'],
  ])('refuses by %s: %j', async (rule, change, argument) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('rescheduleVisit', { ...move, ...change });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument });
  });

  it('refuses an end before the start, and an unknown visit', async () => {
    await using network = await openTestVisits(kind);
    expect(
      await network.refusal('rescheduleVisit', { ...move, endsOn: '2030-05-06' }),
    ).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.endsOn' });
    expect(
      await network.refusal('rescheduleVisit', { ...move, visit: 'nbnp:unheard-of' }),
    ).toMatchObject({ code: 'NOT_FOUND', argument: 'input.visit' });
  });

  it('refuses overlaps on the new days: a visit, a group of a member, an expert’s service', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(
      Visit,
      {
        id: 'nbnp:next',
        groupId: south.group,
        title: 'Next',
        startsOn: '2030-05-20',
        endsOn: '2030-05-21',
      },
      {
        id: 'nbnp:other',
        groupId: 'nbnp:south-2',
        title: 'Other',
        startsOn: '2030-05-18',
        endsOn: '2030-05-19',
      },
      {
        id: 'nbnp:third',
        groupId: 'nbnp:north-2',
        title: 'Third',
        startsOn: '2030-05-16',
        endsOn: '2030-05-17',
      },
    );
    const expert = { expertId: 'lt:expert-2', role: 'EXPERT', languages: [] };
    await network.insert(
      ExpertAssignment,
      { id: 'nbnp:a', visitId: south.visit, ...expert },
      { id: 'nbnp:b', visitId: 'nbnp:third', ...expert },
    );
    const until = (endsOn: string) => network.refusal('rescheduleVisit', { ...move, endsOn });
    expect(await until('2030-05-20')).toMatchObject({ rule: 'OVERLAPPING_VISITS' });
    expect(await until('2030-05-19')).toMatchObject({ rule: 'EXPERT_ELSEWHERE' });
    await network.source.manager.delete(ExpertAssignment, { id: 'nbnp:b' });
    expect(await until('2030-05-19')).toMatchObject({ rule: 'OVERLAPPING_GROUPS' });
    await network.done('rescheduleVisit', { ...move, endsOn: '2030-05-17' });
  });

  it('requests the delegates only if another group travels on the new days', async () => {
    await using network = await openTestVisits(kind, {
      GroupsOfDelegates: delegatesOf(north.group, 'nbnp:north-2'),
    });
    const moveNorth = { ...move, visit: north.visit, endsOn: '2030-05-12' };
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    await network.done('rescheduleVisit', moveNorth);
    expect(network.asked).toEqual([]);
    const other = { startsOn: '2030-05-20', endsOn: '2030-05-21' };
    await network.insert(Visit, { id: 'nbnp:v', groupId: 'nbnp:north-2', title: 'V', ...other });
    expect(
      await network.refusal('rescheduleVisit', { ...moveNorth, endsOn: '2030-05-20', version: 2 }),
    ).toMatchObject({ rule: 'OVERLAPPING_GROUPS' });
    expect(network.asked).toEqual(['GroupsOfDelegates']);
  });

  it('refuses by CONFLICT if a new overlapping group appears after the requests', async () => {
    await using network = await openTestVisits(kind);
    const { manager } = network.source;
    const change = await findGroupForChange(manager, 'nbnp:north-2', 'input.group');
    await expect(checkOneGroup(manager, change, week, undefined)).rejects.toMatchObject({
      extensions: { code: 'CONFLICT', argument: 'input.startsOn' },
    });
    await checkOneGroup(manager, change, later, undefined);
  });

  it('refuses by DEPARTED and by CANCELLED', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.refusal('rescheduleVisit', move)).toMatchObject({ rule: 'DEPARTED' });
    await network.update(Group, south.group, { cancelledOn: '2030-05-06' });
    expect(await network.refusal('rescheduleVisit', move)).toMatchObject({ rule: 'CANCELLED' });
  });
});
