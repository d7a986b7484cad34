import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { openTestTasks } from '../testing/test-tasks.js';
import { north, programme, south } from '../testing/test-visits.js';

const ofOfficers = (...nominations: readonly (readonly [string, string | null])[]) => ({
  officerNominations: nominations.map(([id, withdrawnOn]) => ({ id, withdrawnOn })),
});
const nominate = (group: string) => `NOMINATE ${group}`;

describe.each(testDatabases)('the tasks of planning on $name', (kind) => {
  it('NOMINATE waits for each police force until it nominates, the group is full or departs', async () => {
    await using network = await openTestTasks(kind, {});
    const listOf = async (code: string) =>
      (await network.listOf(code)).filter((task) => task.startsWith('NOMINATE'));
    const fact = `group ${south.group}`;
    network.facts[fact] = ofOfficers(['lt:one', null], ['se:one', '2030-01-02']);
    expect(await listOf('lt')).toEqual([]);
    for (const code of ['se', 'no', 'ee'])
      expect(await listOf(code)).toEqual([nominate(south.group)]);
    // The network itself has their officers.
    for (const code of ['dk', 'fi', 'nbnp', 'ncm']) expect(await listOf(code)).toEqual([]);

    await network.update(Group, south.group, { plannedSize: 2 });
    expect(await listOf('no')).toEqual([]);
    await network.update(Group, south.group, { plannedSize: 3 });
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await listOf('no')).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: null });
    await network.update(Programme, programme, { endsOn: '2026-11-23' });
    expect(await listOf('no')).toEqual([]);
    await network.update(Programme, programme, { endsOn: '2026-11-24' });
    expect(await listOf('no')).toEqual([nominate(south.group)]);
    await network.update(Group, south.group, { cancelledOn: '2030-03-01' });
    expect(await listOf('no')).toEqual([]);
  });

  it('NOMINATE waits for the offices, and for nobody who did not respond', async () => {
    await using network = await openTestTasks(kind, {});
    const fact = `group ${north.group}`;
    const listOf = async (code: string) =>
      (await network.listOf(code)).filter((task) => task.startsWith('NOMINATE'));
    expect(await listOf('ncm')).toEqual([]);
    network.facts[fact] = { delegateNominations: [] };
    expect(await listOf('ncm')).toEqual([nominate(north.group)]);
    const withdrawn = { id: 'ncm:none', status: 'WITHDRAWN' };
    network.facts[fact] = { delegateNominations: [withdrawn] };
    expect(await listOf('ncm')).toEqual([nominate(north.group)]);
    const nominee = { id: 'ncm:one', delegate: { id: 'ncm:delegate' } };
    for (const status of ['PENDING', 'SELECTED', 'DECLINED']) {
      network.facts[fact] = { delegateNominations: [withdrawn, { ...nominee, status }] };
      expect(await listOf('ncm')).toEqual([]);
    }
    network.facts[fact] = { delegateNominations: [] };
    network.facts[`group ${south.group}`] = ofOfficers();
    network.missing.push('ncm', 'no');
    for (const code of ['ncm', 'no']) expect(await listOf(code)).toEqual([]);
    expect(await listOf('se')).toEqual([nominate(south.group)]);
  });

  it('PLAN_VISIT waits for the network until a group has a visit, or is cancelled', async () => {
    await using network = await openTestTasks(kind, {});
    const listOf = async (code = 'nbnp') =>
      (await network.listOf(code)).filter((task) => task.startsWith('PLAN_VISIT'));
    const [first, second] = ['PLAN_VISIT nbnp:north-2', 'PLAN_VISIT nbnp:south-2'];
    expect(await listOf()).toEqual([first, second]);
    for (const code of ['ncm', 'no']) expect(await listOf(code)).toEqual([]);
    await network.update(Group, 'nbnp:north-2', { cancelledOn: '2030-03-01' });
    expect(await listOf()).toEqual([second]);
    const visit = { id: 'nbnp:new', groupId: 'nbnp:south-2', title: 'A week' };
    await network.insert(Visit, { ...visit, startsOn: '2030-06-01', endsOn: '2030-06-05' });
    expect(await listOf()).toEqual([]);
    expect(await network.listOf('nbnp')).toContain('ADD_STOP nbnp:new');
    await network.update(Visit, 'nbnp:new', { cancelledOn: '2030-04-01' });
    expect(await listOf()).toEqual([second]);
    expect(await network.listOf('nbnp')).not.toContain('ADD_STOP nbnp:new');
  });

  it('ADD_STOP waits for the network until a visit has a stop, or departs', async () => {
    await using network = await openTestTasks(kind, {});
    const task = `ADD_STOP ${south.visit}`;
    expect(await network.listOf('nbnp')).not.toContain(task);
    await network.update(ItineraryStop, south.stop, { status: 'CALLED_OFF' });
    expect(await network.listOf('nbnp')).toContain(task);
    expect(await network.listOf('ncm')).not.toContain(task);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await network.listOf('nbnp')).not.toContain(task);
  });
});
