import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import {
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  programme,
  rule,
} from '../testing/test-mutations.js';

const anna = { group: 'nbnp:g', delegate: 'ncm:d1', on: '2009-11-02' };

describe.each(testDatabases)('Mutation.nominateDelegate on $name', (database) => {
  it('proposes a delegate for a group', async () => {
    await using offices = await openWrittenOffices(database);
    const selection =
      'groupId group { id delegateNominationCount } delegate { id nominations { id } } nominatedOn withdrawnOn motivation status decidedOn localAuthority reason version';
    const motivation = 'Knows the shelters.';
    const { value } = await offices.call('nominateDelegate', { ...anna, motivation }, selection);
    expect(value).toMatchObject({
      groupId: 'nbnp:g',
      group: { id: 'nbnp:g', delegateNominationCount: 1 },
      delegate: { id: 'ncm:d1', nominations: [{}] },
      nominatedOn: '2009-11-02',
      withdrawnOn: null,
      motivation,
      status: 'PENDING',
      decidedOn: null,
      localAuthority: null,
      reason: null,
      version: 1,
    });
    expect(offices.asked).toEqual([['group nbnp:g']]);
  });

  it('nominates a declined or withdrawn delegate again', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'DECLINED'),
      nomination('2', 'WITHDRAWN'),
      nomination('3', 'SELECTED', 'nbnp:other'),
    ]);
    for (const delegate of ['ncm:d1', 'ncm:d2', 'ncm:d3']) {
      const { refusal } = await offices.call('nominateDelegate', { ...anna, delegate });
      expect(refusal).toBeUndefined();
    }
  });

  it('executes fifty repetitions of one idempotency key once, and accepts one of fifty other requests', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    const times = Array.from({ length: 50 }, (_, time) => time);
    const input = { ...anna, idempotencyKey: 'k' };
    const same = await Promise.all(times.map(() => offices.call('nominateDelegate', input)));
    expect(new Set(same.map(({ value }) => JSON.stringify(value))).size).toBe(1);
    const others = await Promise.all(
      times.map((time) =>
        offices.call('nominateDelegate', {
          ...anna,
          delegate: 'ncm:d2',
          idempotencyKey: `k${time}`,
        }),
      ),
    );
    expect(others.filter(({ value }) => value !== null)).toHaveLength(1);
    expect(new Set(others.map(({ refusal }) => refusal?.['rule']))).toEqual(
      new Set([undefined, 'ALREADY_NOMINATED']),
    );
    expect(await manager.count(DelegateNomination)).toBe(2);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('2'),
      nomination('3', 'SELECTED'),
    ]);
    const nominated = rule('ALREADY_NOMINATED', 'input.delegate');
    await expectRefusals(offices, 'nominateDelegate', anna, [
      { input: { group: 'nbnp:\0' }, as: { code: 'NOT_FOUND', argument: 'input.group' } },
      { input: { delegate: 'ncm:d2' }, as: nominated },
      { input: { delegate: 'ncm:d3' }, as: nominated },
      {
        hub: { 'nbnp:g': { ...group, direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA' } },
        as: rule('DIRECTION', 'input.group'),
      },
    ]);
  });

  it('accepts any day if the programme’s years are unknown, and a group without a visit', async () => {
    await using offices = await openWrittenOffices(database);
    const openEnded = { ...programme, startsOn: null, endsOn: null };
    offices.hub.set('nbnp:g', { ...group, visits: [], programme: openEnded });
    const { refusal } = await offices.call('nominateDelegate', { ...anna, on: '2031-01-01' });
    expect(refusal).toBeUndefined();
  });
});
