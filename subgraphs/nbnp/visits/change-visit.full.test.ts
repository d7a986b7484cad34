import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { north, openTestVisits, south, week } from '../testing/test-visits.js';

const change = { visit: north.visit, version: 1 };

const hosts = { rule: 'HOST_COUNTRY', argument: 'input.hostCountries' };

describe.each(testDatabases)('Mutation.changeVisit on $name', (kind) => {
  it('changes what is given, keeps the rest, and null removes a value', async () => {
    await using network = await openTestVisits(kind);
    const given = {
      title: 'Two weeks',
      hostCountries: ['RU', 'FI', 'EE'],
      practicalInformation: 'Bring a coat.',
    };
    const selection = 'title hostCountries practicalInformation startsOn endsOn version';
    const changed = { ...given, ...week, version: 2 };
    expect(await network.done('changeVisit', { ...change, ...given }, selection)).toEqual(changed);
    const removed = { ...change, practicalInformation: null, version: 2 };
    expect(await network.done('changeVisit', removed, selection)).toEqual({
      ...changed,
      practicalInformation: null,
      version: 3,
    });
    expect(network.asked).toEqual([]);
  });

  it.each([
    [{ title: null }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ title: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.title' }],
    [{ hostCountries: null }, { code: 'BAD_USER_INPUT', argument: 'input.hostCountries' }],
    [{ hostCountries: [] }, { code: 'BAD_USER_INPUT', argument: 'input.hostCountries' }],
    [{ practicalInformation: '' }, { code: 'BAD_USER_INPUT' }],
    [{ hostCountries: ['RU'] }, { ...hosts, situation: 'NO_MEMBER_COUNTRY' }],
    [
      { visit: south.visit, hostCountries: ['FI'] },
      { ...hosts, situation: 'NOT_RUSSIA' },
    ],
    // Finland hosts a stop.
    [{ hostCountries: ['EE'] }, { ...hosts, situation: 'STOP_REMAINS' }],
    [{ visit: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.visit' }],
    [{ version: 2 }, { code: 'CONFLICT', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('changeVisit', { ...change, ...more });
    expect(refused).toMatchObject(refusal);
  });

  it('takes a country whose police joined later', async () => {
    const partners = [{ code: 'pl', membership: 'MEMBER' }];
    await using network = await openTestVisits(kind, { NetworkMembers: () => ({ partners }) });
    await network.done('changeVisit', { ...change, hostCountries: ['FI', 'RU', 'PL'] });
  });

  it('lets a country go whose stops were called off', async () => {
    await using network = await openTestVisits(kind);
    await network.update(ItineraryStop, north.stop, { status: 'CALLED_OFF' });
    await network.done('changeVisit', { ...change, hostCountries: ['EE'] });
  });
});

const cancel = { visit: south.visit, on: '2030-04-01', reason: 'No hotel.', version: 1 };

describe.each(testDatabases)('Mutation.cancelVisit on $name', (kind) => {
  it('keeps the visit with its stops and its reason, which the record of changes has too', async () => {
    await using network = await openTestVisits(kind);
    const selection = 'cancelledOn cancelReason version stops { id } group { cancelledOn }';
    expect(await network.done('cancelVisit', cancel, selection)).toEqual({
      cancelledOn: '2030-04-01',
      cancelReason: 'No hotel.',
      version: 2,
      stops: [{ id: south.stop }],
      group: { cancelledOn: null },
    });
    expect(
      await network.read('{ networkChanges { nodes { subject mutation fields reason } } }'),
    ).toEqual({
      networkChanges: {
        nodes: [
          {
            subject: south.visit,
            mutation: 'cancelVisit',
            fields: ['cancelReason', 'cancelledOn', 'version'],
            reason: 'No hotel.',
          },
        ],
      },
    });
  });

  it.each([
    [{ reason: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.reason' }],
    [{ on: '2031-07-01' }, { rule: 'OUTSIDE_PROGRAMME', argument: 'input.on' }],
    [{ visit: 'nbnp:none' }, { code: 'NOT_FOUND', argument: 'input.visit' }],
    [{ version: 2 }, { code: 'CONFLICT', currentVersion: 1 }],
  ])('refuses %j', async (more, refusal) => {
    await using network = await openTestVisits(kind);
    const refused = await network.refusal('cancelVisit', { ...cancel, ...more });
    expect(refused).toMatchObject(refusal);
  });

  it('refuses a visit that has set out, and one of a cancelled group', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, south.visit, { departedOn: week.startsOn });
    expect(await network.refusal('cancelVisit', cancel)).toMatchObject({ rule: 'DEPARTED' });
    await network.update(Visit, south.visit, { departedOn: null });
    await network.update(Group, south.group, { cancelledOn: '2030-01-01' });
    expect(await network.refusal('cancelVisit', cancel)).toMatchObject({ rule: 'CANCELLED' });
  });
});

describe.each(testDatabases)('a cancelled visit on $name', (kind) => {
  it('cannot be changed, nor its stops and experts', async () => {
    await using network = await openTestVisits(kind);
    await network.update(Visit, north.visit, { cancelledOn: '2030-04-01' });
    const date = { id: north.visit, on: week.startsOn, version: 1 };
    const stop = { stop: north.stop, version: 1 };
    const place = { hostCountry: 'FI', day: week.startsOn, title: 'A stop', sector: 'NGO' };
    for (const [name, input] of [
      ['cancelVisit', { ...cancel, visit: north.visit }],
      ['changeVisit', { ...change, title: 'Another' }],
      ['rescheduleVisit', { visit: north.visit, ...week, version: 1 }],
      ['recordDeparture', date],
      ['recordReturn', date],
      ['addItineraryStop', { visit: north.visit, ...place }],
      ['moveItineraryStop', { ...stop, day: week.startsOn }],
      ['changeItineraryStop', { ...stop, title: 'Another' }],
      ['removeItineraryStop', stop],
      ['callOffItineraryStop', { ...stop, on: '2030-04-01', reason: 'Closed.' }],
      ['recordSiteContact', { ...stop, status: 'ASKED', on: '2030-04-01' }],
      ['releaseExpert', { assignment: 'nbnp:assignment' }],
    ] as const)
      expect(await network.refusal(name, input), name).toMatchObject({ rule: 'CANCELLED' });
    expect(network.asked).toEqual([]);
  });

  it('leaves its days free: for another visit, for its members in other groups, for its experts', async () => {
    await using network = await openTestVisits(kind, {
      ExpertToAssign: () => ({ expert: { roles: ['EXPERT'], languages: [] } }),
    });
    const plan = { title: 'A week', hostCountries: ['RU'], ...week };
    const ofAnother = { ...plan, group: 'nbnp:south-2' };
    expect(await network.refusal('scheduleVisit', ofAnother)).toMatchObject({
      rule: 'OVERLAPPING_GROUPS',
    });
    expect(await network.refusal('scheduleVisit', { ...plan, group: south.group })).toMatchObject({
      rule: 'OVERLAPPING_VISITS',
    });
    for (const { visit } of [north, south])
      await network.update(Visit, visit, { cancelledOn: '2030-04-01' });
    const { id } = await network.done('scheduleVisit', { ...plan, group: south.group });
    await network.done('assignExpert', {
      visit: id,
      expert: 'lt:expert',
      role: 'EXPERT',
      languages: [],
    });
    await network.update(Visit, String(id), { cancelledOn: '2030-04-01' });
    await network.done('scheduleVisit', ofAnother);
  });

  it('does not keep its group from being back, and adds no day', async () => {
    await using network = await openTestVisits(kind);
    const back = { departedOn: '2026-05-06', returnedOn: '2026-05-11' };
    await network.update(Visit, south.visit, {
      ...back,
      startsOn: '2026-05-06',
      endsOn: '2026-05-11',
    });
    await network.insert(Visit, {
      id: 'nbnp:dropped',
      groupId: south.group,
      title: 'Dropped',
      startsOn: '2030-06-03',
      endsOn: '2030-06-08',
      cancelledOn: '2030-04-01',
    });
    const debriefing = { id: south.group, on: '2030-06-20', version: 1 };
    expect(
      await network.done('recordGroupDebriefing', debriefing, 'daysTravelled visits { id }'),
    ).toEqual({ daysTravelled: 6, visits: [{ id: south.visit }, { id: 'nbnp:dropped' }] });
    const plan = { group: south.group, title: 'A week', hostCountries: ['RU'], ...week };
    expect(await network.refusal('scheduleVisit', plan)).toMatchObject({ rule: 'RETURNED' });
  });
});
