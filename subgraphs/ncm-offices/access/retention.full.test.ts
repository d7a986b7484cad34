import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import { usualRetention } from '@hub/shared/records';
import {
  createFactsHub,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
} from '@hub/shared/testing';
import { IsNull, Not } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { definition } from '../partner.js';
import { away, delegate, nomination } from '../testing/test-mutations.js';
import { openTestOffices } from '../testing/test-partner.js';

const none = { cancelledOn: null, declinedNominations: [] };
const visit = (returnedOn: string | null, cancelledOn: string | null = null) => ({
  returnedOn,
  cancelledOn,
});

/** Returned on 1 May 2030; under way; cancelled; and one that NBNP does not tell of now. */
const groups: Readonly<Record<string, object>> = {
  'nbnp:back': { ...none, visits: [visit('2030-05-01'), visit(null, '2030-04-01')] },
  'nbnp:away': { ...none, visits: [visit('2030-05-01'), visit(null)] },
  'nbnp:planned': { ...none, visits: [] },
  'nbnp:cancelled': { ...none, cancelledOn: '2030-04-20', visits: [visit(null)] },
};

/** Delegates with all kinds of data, each with the journeys of these groups. */
async function open(kind: TestDatabaseKind, journeys: Readonly<Record<string, string[]>>) {
  const state = { isAway: false, day: '2030-05-01' };
  const { askHub } = createFactsHub((_, id) => {
    if (state.isAway || id === 'nbnp:silent') throw away;
    return groups[id] as Record<string, unknown>;
  });
  const offices = await openTestOffices(kind, 'facts', { askHub });
  const { source } = offices;
  const { manager } = source;
  for (const [name, groupIds] of Object.entries(journeys)) {
    const delegateId = `ncm:d${name}`;
    const email = 'anna@invented.example';
    await manager.insert(Delegate, { ...delegate(delegateId), name, email });
    for (const groupId of groupIds) {
      const id = `ncm:n${name}-${groupId}`;
      const selected = { ...nomination(name, 'SELECTED', groupId), id, nominatedOn: '2030-02-01' };
      await manager.insert(DelegateNomination, { ...selected, motivation: 'Knows the cases.' });
    }
    await manager.insert(DelegateTravelNeeds, { delegateId, diet: 'none', setOn: '2030-03-01' });
    const visa = { kind: 'VISA', status: 'RECEIVED', on: '2030-03-02' } as const;
    await manager.insert(DelegateFormality, { delegateId, groupId: 'nbnp:back', ...visa });
    const report = { groupId: 'nbnp:back', visitId: 'nbnp:v', receivedOn: '2030-05-03' };
    const text = 'What was seen.';
    await manager.insert(ParticipantReport, { id: `ncm:r${name}`, delegateId, ...report, text });
  }
  const clock = () => new Date(`${state.day}T12:00:00Z`);
  const context = { partner: 'ncm', source, clock, askHub, retention: usualRetention };
  const run = () => definition.chore?.(context);
  /** Runs on both days before, so that the clock is believed, and on this one. */
  const runOn = async (day: string) => {
    const isWhole: unknown[] = [];
    for (const before of [2, 1, 0]) {
      state.day = new Date(Date.parse(day) - before * 86_400_000).toISOString().slice(0, 10);
      isWhole.push(await run());
    }
    return isWhole.at(-1);
  };
  /** What is left, by kind. */
  const left = async () => {
    const named = (rows: { delegateId: string }[]) =>
      rows.map(({ delegateId }) => delegateId.slice('ncm:d'.length)).toSorted();
    const people = await manager.find(Delegate, { where: { email: Not(IsNull()) } });
    const names = await manager.find(Delegate, { where: { name: Not(IsNull()) } });
    const reports = await manager.find(ParticipantReport, { where: { text: Not(IsNull()) } });
    return {
      TRAVEL_NEEDS: named(await manager.find(DelegateTravelNeeds)),
      FORMALITIES: named(await manager.find(DelegateFormality)),
      CONTACTS: named(people.map(({ id }) => ({ delegateId: id }))),
      REPORTS: named(reports),
      DECISIONS: named(names.map(({ id }) => ({ delegateId: id }))),
    };
  };
  return {
    ...offices,
    state,
    run,
    runOn,
    left,
    [Symbol.asyncDispose]: offices[Symbol.asyncDispose],
  };
}

describe.each(testDatabases)('the retention of the offices on $name', (kind) => {
  it('erases each kind its own time after the last return, each after a notice', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'] });
    const all = ['back'];
    const none: string[] = [];
    for (const [day, expected] of [
      // The notice is of the day of the return.
      ['2030-05-01', { TRAVEL_NEEDS: all, FORMALITIES: all }],
      ['2030-05-30', { TRAVEL_NEEDS: all, FORMALITIES: all }],
      ['2030-05-31', { TRAVEL_NEEDS: none, FORMALITIES: all }],
      ['2030-06-30', { TRAVEL_NEEDS: none, FORMALITIES: all }],
      ['2030-07-30', { FORMALITIES: none, CONTACTS: all }],
      ['2032-04-02', { CONTACTS: all, REPORTS: all }],
      ['2032-04-30', { CONTACTS: none, REPORTS: none, DECISIONS: all }],
      ['2032-05-03', { CONTACTS: none, REPORTS: none, DECISIONS: all }],
      ['2035-04-02', { DECISIONS: all }],
      ['2035-04-30', { DECISIONS: none }],
    ] as const) {
      expect(await offices.runOn(day), day).toBe(true);
      expect(await offices.left(), day).toMatchObject(expected);
    }
    const { officeChanges } = await offices.read(
      '{ officeChanges { nodes { mutation subject fields organisation person } } }',
    );
    expect(officeChanges).toMatchObject({
      nodes: expect.arrayContaining([
        {
          mutation: 'runRetention',
          subject: 'ncm:dback',
          fields: ['retention', 'travelNeeds'],
          organisation: 'ncm',
          person: null,
        },
      ]) as unknown,
    });
    expect(await offices.source.query('SELECT * FROM "erasures"')).toHaveLength(1);
  });

  it('lists what is due soon for its own co-ordinators and auditors, from the notice to the end', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'] });
    const due = '{ officeRetention { nodes { person kind dueOn noticedOn } } }';
    await offices.runOn('2030-05-03');
    const row = { person: 'ncm:dback', kind: 'TRAVEL_NEEDS', dueOn: '2030-05-31' };
    const listed = { officeRetention: { nodes: [{ ...row, noticedOn: '2030-05-01' }] } };
    expect(await offices.read(due)).toEqual(listed);
    expect(await offices.read(due, {}, readerOf('ncm', 'auditor'))).toEqual(listed);
    for (const [organisation, role] of [
      ['ncm', 'liaison'],
      ['ncm', 'analyst'],
      ['nbnp', 'coordinator'],
      ['dk', 'auditor'],
    ] as const)
      expect(await offices.ask(due, {}, readerOf(organisation, role))).toMatchObject({
        errors: [{ extensions: { code: 'FORBIDDEN' } }],
      });
    const other = '{ officeRetention(kind: REPORTS) { nodes { person } } }';
    expect(await offices.read(other)).toEqual({ officeRetention: { nodes: [] } });
    await offices.runOn('2030-06-02');
    expect(await offices.read(due)).toEqual({ officeRetention: { nodes: [] } });
  });

  it('erases nothing of whom a journey is ahead', async () => {
    const ahead = { twice: ['nbnp:back', 'nbnp:away'], again: ['nbnp:back', 'nbnp:planned'] };
    await using offices = await open(kind, ahead);
    const before = await offices.left();
    await offices.runOn('2034-05-01');
    await offices.runOn('2040-05-01');
    expect(await offices.left()).toEqual(before);
  });

  it('waits for a hub that is away, and erases what is known', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'], silent: ['nbnp:silent'] });
    expect(await offices.runOn('2030-05-02')).toBe(false);
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back', 'silent'] });
    offices.state.isAway = true;
    expect(await offices.runOn('2031-01-01')).toBe(false);
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back', 'silent'] });
  });

  it('counts from what is known of a person who never travelled', async () => {
    await using offices = await open(kind, { idle: [], stayed: ['nbnp:cancelled'] });
    // From when they were set: noted now, and erased 30 days later.
    await offices.runOn('2030-05-03');
    await offices.runOn('2030-05-30');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['idle', 'stayed'] });
    await offices.runOn('2030-06-02');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: [], CONTACTS: ['idle', 'stayed'] });
    // From the proposal, 2030-02-01; and from the first run, 2030-05-01.
    await offices.runOn('2032-01-03');
    await offices.runOn('2032-02-02');
    expect(await offices.left()).toMatchObject({ CONTACTS: ['idle'] });
    await offices.runOn('2032-04-03');
    await offices.runOn('2032-05-02');
    expect(await offices.left()).toMatchObject({ CONTACTS: [], DECISIONS: ['idle', 'stayed'] });
  });

  it('notes what is written later anew, and only notes after a pause or by a clock that jumped', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'] });
    const { manager } = offices.source;
    await offices.runOn('2030-05-03');
    // As if the server had been down, or the clock were wrong.
    offices.state.day = '2031-05-31';
    expect(await offices.run()).toBe(true);
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back'] });
    offices.state.day = '2030-06-02';
    await offices.run();
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back'] });
    await offices.runOn('2030-07-02');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: [] });
    const needs = { delegateId: 'ncm:dback', diet: 'none', setOn: '2030-07-03' };
    await manager.insert(DelegateTravelNeeds, needs);
    await offices.runOn('2030-08-01');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back'] });
    await offices.runOn('2030-08-28');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: ['back'] });
    await offices.runOn('2030-08-31');
    expect(await offices.left()).toMatchObject({ TRAVEL_NEEDS: [] });
  });

  it('fails if the database fails, and not only the hub', async () => {
    await using offices = await open(kind, { back: ['nbnp:back'] });
    await offices.source.query('DROP TABLE "delegate_travel_needs"');
    await expect(offices.run()).rejects.not.toBeInstanceOf(HubError);
  });
});
