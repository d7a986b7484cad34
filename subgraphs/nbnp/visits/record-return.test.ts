import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationSignature } from '../entities/evaluation.entity.js';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { north, openTestVisits, programme, south, type TestHub } from '../testing/test-visits.js';

describe.each(testDatabases)('Mutation.recordReturn on $name', (kind) => {
  const back = { id: south.visit, on: '2030-05-11', version: 1 };

  const openTravelling = async (hub?: TestHub) => {
    const network = await openTestVisits(kind, hub);
    await network.update(Visit, south.visit, { departedOn: '2030-05-05' });
    return network;
  };

  it('records and corrects the day, as the visit’s next version', async () => {
    await using network = await openTravelling();
    const selection = 'departedOn returnedOn version';
    expect(await network.done('recordReturn', back, selection)).toEqual({
      departedOn: '2030-05-05',
      returnedOn: '2030-05-11',
      version: 2,
    });
    expect(await network.refusal('recordReturn', back)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 2,
    });
    const corrected = { ...back, on: '2030-05-05', version: 2 };
    expect(await network.done('recordReturn', corrected, selection)).toMatchObject({
      returnedOn: '2030-05-05',
      version: 3,
    });
    expect(network.asked).toEqual([]);
  });

  it.each([
    ['DATE_ORDER', '2030-05-04'],
    ['OUTSIDE_PROGRAMME', '2031-07-01'],
  ])('refuses by %s', async (rule, on) => {
    await using network = await openTravelling();
    const refused = await network.refusal('recordReturn', { ...back, on });
    expect(refused).toMatchObject({ code: 'RULE_VIOLATED', rule, argument: 'input.on' });
  });

  it('refuses by NOT_DEPARTED and by CANCELLED, and an unknown visit', async () => {
    await using network = await openTestVisits(kind);
    expect(await network.refusal('recordReturn', back)).toMatchObject({
      rule: 'NOT_DEPARTED',
      argument: 'input.id',
    });
    await network.update(Group, south.group, { cancelledOn: '2030-05-06' });
    expect(await network.refusal('recordReturn', back)).toMatchObject({ rule: 'CANCELLED' });
    expect(await network.refusal('recordReturn', { ...back, id: 'nbnp:x' })).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.id',
    });
  });

  it.each([
    ['corrects it while the offices have not signed', 0, undefined],
    ['refuses by EVALUATED once both have signed', 1, 'EVALUATED'],
  ])('%s', async (_, officeSignatureCount, rule) => {
    await using network = await openTravelling({
      OfficeSignature: () => ({ programme: { officeSignatureCount } }),
    });
    await network.update(Visit, south.visit, { returnedOn: '2030-05-10' });
    const signature = { programmeId: programme, signedOn: '2031-01-01' };
    await network.insert(EvaluationSignature, signature);
    if (rule) expect(await network.refusal('recordReturn', back)).toMatchObject({ rule });
    else await network.done('recordReturn', back);
    expect(network.asked).toEqual(['OfficeSignature']);
  });

  const other = (departedOn: string, returnedOn: string | null) => ({
    id: 'nbnp:other-visit',
    groupId: south.group,
    title: 'Another week',
    startsOn: '2030-05-20',
    endsOn: '2030-05-25',
    departedOn,
    returnedOn,
  });

  it.each([
    ['OVERLAPPING_VISITS', 'while it is on another', '2030-05-21', '2030-05-20', '2030-05-25'],
    [undefined, 'on the day of the next departure', '2030-05-20', '2030-05-20', '2030-05-25'],
    [
      undefined,
      'after another, on whose last day it left',
      '2030-05-11',
      '2030-04-30',
      '2030-05-05',
    ],
  ])('responds with %s when a group returns %s', async (rule, _, on, departedOn, returnedOn) => {
    await using network = await openTravelling();
    await network.insert(Visit, other(departedOn, returnedOn));
    if (rule) {
      const refused = await network.refusal('recordReturn', { ...back, on });
      expect(refused).toMatchObject({ rule, argument: 'input.on' });
    } else await network.done('recordReturn', { ...back, on });
  });

  it('is at most 30 days after the visit’s last day', async () => {
    await using network = await openTravelling();
    const late = await network.refusal('recordReturn', { ...back, on: '2030-06-11' });
    expect(late).toMatchObject({ rule: 'DATE_ORDER', argument: 'input.on' });
    await network.done('recordReturn', { ...back, on: '2030-06-10' });
  });

  it('must be on or before the debriefing that the network recorded', async () => {
    await using network = await openTravelling();
    await network.insert(GroupMeeting, {
      groupId: south.group,
      kind: 'DEBRIEFING',
      on: '2030-05-12',
    });
    const late = await network.refusal('recordReturn', { ...back, on: '2030-05-13' });
    expect(late).toMatchObject({ rule: 'DATE_ORDER', argument: 'input.on' });
    await network.done('recordReturn', { ...back, on: '2030-05-12' });
  });

  it('must be on or before the offices’ debriefing, which is requested only for a correction', async () => {
    await using network = await openTestVisits(kind, {
      DelegatesDebriefed: () => ({ group: { delegatesDebriefedOn: '2030-05-12' } }),
    });
    await network.update(Visit, north.visit, { departedOn: '2030-05-05' });
    const input = { ...back, id: north.visit };
    await network.done('recordReturn', input);
    expect(network.asked).toEqual([]);
    const late = { ...input, on: '2030-05-13', version: 2 };
    expect(await network.refusal('recordReturn', late)).toMatchObject({
      rule: 'DATE_ORDER',
      argument: 'input.on',
    });
    await network.done('recordReturn', { ...late, on: '2030-05-12' });
    expect(network.asked).toEqual(['DelegatesDebriefed', 'DelegatesDebriefed']);
  });
});
