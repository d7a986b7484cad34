import 'reflect-metadata';

import type { AskHub } from '@hub/shared/policy';
import { usualRetention } from '@hub/shared/records';
import {
  createFactsHub,
  readerOf,
  type TestDatabaseKind,
  testDatabases,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { definition } from '../partner.js';
import { delegate } from '../testing/test-mutations.js';
import { openTestOffices } from '../testing/test-partner.js';

const her = 'ncm:d1';
const mutation =
  'mutation ($input: HoldPersonalDataInput!) { holdDelegateData(input: $input) { person reason until setOn version } }';
const listed =
  '{ officeRetention { nodes { person kind dueOn noticedOn hold { reason until } } } }';

/** A delegate who was proposed for nothing, whose travel needs were set on 1 March 2030. */
async function open(kind: TestDatabaseKind) {
  const state = { day: '2030-03-01' };
  const clock = () => new Date(`${state.day}T12:00:00Z`);
  const facts = createFactsHub(() => null);
  const none = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null }, totalCount: 0 };
  const askHub: AskHub = async (...asked) => ({
    ...(await facts.askHub(...asked)),
    tasks: none,
    visits: none,
  });
  const offices = await openTestOffices(kind, 'facts', { askHub, clock });
  const { source } = offices;
  await source.manager.insert(Delegate, { ...delegate(her), name: 'Anna' });
  await source.manager.insert(DelegateTravelNeeds, {
    delegateId: her,
    diet: 'none',
    setOn: '2030-03-01',
  });
  const context = { partner: 'ncm', source, clock, askHub, retention: usualRetention };
  return {
    ...offices,
    state,
    /** Runs on both days before, so that the clock is believed, and on this one. */
    async runOn(day: string) {
      for (const before of [2, 1, 0]) {
        state.day = new Date(Date.parse(day) - before * 86_400_000).toISOString().slice(0, 10);
        await definition.chore?.(context);
      }
    },
    hold: async (input: object, as = readerOf('ncm', 'coordinator')) => {
      const given = { person: her, reason: 'A complaint.', ...input };
      const { data, errors } = await offices.ask(mutation, { input: given }, as);
      return errors?.[0]?.extensions ?? data?.['holdDelegateData'];
    },
    digest: async () => (await definition.mail?.collect(context, true))?.items,
    needs: () => source.manager.countBy(DelegateTravelNeeds, { delegateId: her }),
    [Symbol.asyncDispose]: offices[Symbol.asyncDispose],
  };
}

describe.each(testDatabases)('Mutation.holdDelegateData on $name', (kind) => {
  it('stops the retention until its last day, and says so', async () => {
    await using offices = await open(kind);
    await offices.runOn('2030-03-01');
    const held = { person: her, reason: 'A complaint.', until: '2030-06-30' };
    expect(await offices.hold({ until: '2030-06-30' })).toEqual({
      ...held,
      setOn: '2030-03-01',
      version: 1,
    });
    await offices.runOn('2030-05-01');
    expect(await offices.needs()).toBe(1);
    const { officeRetention } = await offices.read<{ officeRetention: { nodes: object[] } }>(
      listed,
    );
    expect(officeRetention.nodes).toContainEqual({
      person: her,
      kind: 'TRAVEL_NEEDS',
      dueOn: '2030-07-01',
      noticedOn: '2030-04-29',
      hold: { reason: 'A complaint.', until: '2030-06-30' },
    });
    await offices.runOn('2030-06-30');
    expect(await offices.needs()).toBe(1);
    await offices.runOn('2030-07-01');
    expect(await offices.needs()).toBe(0);
  });

  it('is lifted without an end: what is due goes after a new notice', async () => {
    await using offices = await open(kind);
    await offices.hold({ until: '2031-01-01' });
    await offices.runOn('2030-05-01');
    const version = 1;
    expect(await offices.hold({ until: null, reason: 'Settled.', version })).toMatchObject({
      until: null,
      reason: 'Settled.',
      version: 2,
    });
    await offices.runOn('2030-05-03');
    await offices.runOn('2030-05-31');
    expect(await offices.needs()).toBe(1);
    await offices.runOn('2030-06-02');
    expect(await offices.needs()).toBe(0);
  });

  it('moves the day that co-ordinators alone read in the digest, 30 days before', async () => {
    await using offices = await open(kind);
    await offices.runOn('2030-03-01');
    const line = (dueOn: string) => ({
      kind: 'ERASE_TRAVEL_NEEDS',
      subject: her,
      dueOn,
      isUrgent: false,
      isUndone: false,
      role: 'coordinator',
    });
    expect(await offices.digest()).toEqual([line('2030-03-31')]);
    await offices.hold({ until: '2030-06-30' });
    await offices.runOn('2030-05-31');
    expect(await offices.digest()).toEqual([]);
    await offices.runOn('2030-06-01');
    expect(await offices.digest()).toEqual([line('2030-07-01')]);
    await offices.runOn('2030-07-01');
    expect(await offices.needs()).toBe(0);
    expect(await offices.digest()).toEqual([]);
  });

  it.each([
    ['mutation { eraseDelegate(id: "ncm:d1") }', 'id'],
    ['mutation { removeDelegate(input: { delegate: "ncm:d1", version: 1 }) }', 'input.delegate'],
  ])('makes others break the rule HELD: %s', async (write, argument) => {
    await using offices = await open(kind);
    await offices.hold({ until: '2030-03-02' });
    const refused = await offices.ask(write);
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      code: 'RULE_VIOLATED',
      rule: 'HELD',
      argument,
    });
    expect(await offices.needs()).toBe(1);
    // It has ended by itself.
    offices.state.day = '2030-03-03';
    expect((await offices.ask(write)).errors).toBeUndefined();
    expect(await offices.needs()).toBe(0);
    const rows = await offices.source.query<object[]>('SELECT * FROM retention_holds');
    expect(rows).toEqual([]);
  });

  it('is in the changes, without its reason', async () => {
    await using offices = await open(kind);
    await offices.hold({ until: '2030-06-30' });
    const { officeChanges } = await offices.read<{ officeChanges: { nodes: object[] } }>(
      '{ officeChanges(filter: { subject: "ncm:d1" }) { nodes { mutation fields reason } } }',
    );
    expect(officeChanges.nodes).toContainEqual({
      mutation: 'holdDelegateData',
      fields: ['hold'],
      reason: null,
    });
  });

  it('is refused for a day that has passed or is too far, another version, and nobody', async () => {
    await using offices = await open(kind);
    const invalid = { code: 'BAD_USER_INPUT', argument: 'input.until' };
    expect(await offices.hold({ until: '2030-02-28' })).toMatchObject(invalid);
    expect(await offices.hold({ until: '2035-03-04' })).toMatchObject(invalid);
    for (const person of ['ncm:nobody', 'ncm:\0'])
      expect(await offices.hold({ until: '2030-06-30', person })).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.person',
      });
    await offices.hold({ until: '2030-06-30' });
    expect(await offices.hold({ until: '2030-06-29', version: 0 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
  });

  it.each(['analyst', 'liaison', 'auditor', 'service'] as const)(
    'is FORBIDDEN to an %s of the offices',
    async (role) => {
      await using offices = await open(kind);
      const refused = await offices.hold({ until: '2030-06-30' }, readerOf('ncm', role));
      expect(refused).toMatchObject({ code: 'FORBIDDEN' });
    },
  );
});
