import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import {
  away,
  delegate,
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  programme,
  rule,
  visit,
} from '../testing/test-mutations.js';

const decision = {
  nomination: 'ncm:n1',
  on: '2010-01-11',
  localAuthority: 'Regional administration',
  version: 1,
};
const selection =
  'id status decidedOn localAuthority authority { id } reason version group { delegateCount delegateNominationCount delegatesSelectedOn }';

const byNomination = (name: string) => rule(name, 'input.nomination');
const notFound = { code: 'NOT_FOUND', argument: 'input.nomination' };
const stale = (currentVersion: number) => ({
  code: 'CONFLICT',
  currentVersion,
  argument: 'input.version',
});

const ofEachStatus = [
  nomination('1'),
  nomination('2', 'SELECTED'),
  nomination('3', 'DECLINED'),
  nomination('4', 'WITHDRAWN'),
  nomination('5'),
];

describe.each(testDatabases)('Mutation.selectDelegate on $name', (database) => {
  it('selects a nominee for the group, with the local authority', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1')]);
    const { value } = await offices.call('selectDelegate', decision, selection);
    expect(value).toEqual({
      id: 'ncm:n1',
      status: 'SELECTED',
      decidedOn: '2010-01-11',
      localAuthority: 'Regional administration',
      authority: null,
      reason: null,
      version: 2,
      group: { delegateCount: 1, delegateNominationCount: 1, delegatesSelectedOn: '2010-01-11' },
    });
  });

  it('executes two selections of one document one after the other', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1'), nomination('2')]);
    const { data } = await offices.partner.ask(
      `mutation ($a: DecideNominationInput!, $b: DecideNominationInput!) {
        a: selectDelegate(input: $a) { group { delegateCount } }
        b: selectDelegate(input: $b) { group { delegateCount } }
      }`,
      { a: decision, b: { ...decision, nomination: 'ncm:n2' } },
    );
    expect(data).toEqual({
      a: { group: { delegateCount: 1 } },
      b: { group: { delegateCount: 2 } },
    });
  });

  it('gives the last place to one of fifty concurrent requests, and GROUP_FULL to the others', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'SELECTED'),
      nomination('2', 'SELECTED'),
    ]);
    const { manager } = offices.partner.source;
    const names = Array.from({ length: 50 }, (_, index) => `-${index}`);
    await manager.insert(
      Delegate,
      names.map((name) => delegate(`ncm:d${name}`)),
    );
    await manager.insert(
      DelegateNomination,
      names.map((name) => nomination(name)),
    );
    const outcomes = await Promise.all(
      names.map((name) =>
        offices.call('selectDelegate', { ...decision, nomination: `ncm:n${name}` }),
      ),
    );
    expect(outcomes.filter(({ value }) => value !== null)).toHaveLength(1);
    expect(outcomes.filter(({ refusal }) => refusal?.['code'] === 'GROUP_FULL')).toHaveLength(49);
    expect(await manager.countBy(DelegateNomination, { status: 'SELECTED' })).toBe(3);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, ofEachStatus);
    await offices.partner.source.manager.update(Delegate, 'ncm:d5', { name: null });
    const authority = rule('AUTHORITY', 'input.localAuthority');
    await expectRefusals(offices, 'selectDelegate', decision, [
      { input: { nomination: 'ncm:none' }, as: notFound },
      { input: { nomination: 'ncm:\0' }, as: notFound },
      { hub: { 'nbnp:g': null }, as: notFound },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
      { input: { version: 7 }, as: stale(1) },
      { input: { nomination: 'ncm:n2', version: 2 }, as: byNomination('ALREADY_DECIDED') },
      { input: { nomination: 'ncm:n3', version: 2 }, as: byNomination('ALREADY_DECIDED') },
      { input: { nomination: 'ncm:n4', version: 2 }, as: byNomination('WITHDRAWN') },
      { input: { nomination: 'ncm:n5' }, as: byNomination('ERASED') },
      { input: { localAuthority: null }, as: authority },
      { input: { localAuthority: '  ' }, as: authority },
      {
        input: { localAuthority: 'a\0' },
        as: { code: 'BAD_USER_INPUT', argument: 'input.localAuthority' },
      },
      { input: { reason: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.reason' } },
      { input: { on: '2009-11-01' }, as: rule('DATE_ORDER', 'input.on') },
      { input: { on: '2011-01-01' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      { hub: { 'nbnp:g': { ...group, cancelledOn: '2010-01-01' } }, as: byNomination('CANCELLED') },
      { hub: { 'nbnp:g': { ...group, visits: [departed] } }, as: byNomination('DEPARTED') },
      {
        // The programme’s size decides, and it is checked before the version.
        input: { version: 7 },
        hub: { 'nbnp:g': { ...group, programme: { ...programme, groupSizeMax: 1 } } },
        as: { code: 'GROUP_FULL', argument: 'input.nomination' },
      },
    ]);
  });
});

describe.each(testDatabases)('OVERLAPPING_GROUPS on $name', (database) => {
  const other = (
    startsOn: string | null,
    endsOn: string | null,
    cancelledOn: string | null = null,
  ) => ({
    'nbnp:other': { ...group, cancelledOn, visits: [{ ...visit, startsOn, endsOn }] },
  });

  it('refuses a delegate who is selected for another group that travels on one of the days', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      { ...nomination('1', 'SELECTED', 'nbnp:other'), id: 'ncm:n1-other' },
    ]);
    await expectRefusals(
      offices,
      'selectDelegate',
      decision,
      [
        other('2010-04-17', '2010-04-20'),
        other('2010-04-01', '2010-04-12'),
        other('2010-04-13', null),
      ].map((hub) => ({ hub, as: byNomination('OVERLAPPING_GROUPS') })),
    );
    expect(offices.asked.at(-1)).toEqual(['group nbnp:other']);
    await expectRefusals(offices, 'selectDelegate', decision, [
      { hub: { 'nbnp:other': away }, as: { code: 'PARTNER_UNAVAILABLE' } },
    ]);
  });

  it('refuses a delegate whose other group travels during one of several visits', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      { ...nomination('1', 'SELECTED', 'nbnp:other'), id: 'ncm:n1-other' },
    ]);
    const second = { ...visit, id: 'nbnp:v2', startsOn: '2010-09-06', endsOn: '2010-09-11' };
    const hub = { 'nbnp:g': { ...group, visits: [visit, second] } };
    await expectRefusals(
      offices,
      'selectDelegate',
      decision,
      [other('2010-04-17', '2010-04-20'), other('2010-09-11', null)].map((another) => ({
        hub: { ...hub, ...another },
        as: byNomination('OVERLAPPING_GROUPS'),
      })),
    );
  });

  it.each([
    ['travels at another time', other('2010-04-18', '2010-04-20')],
    ['was cancelled', other('2010-04-12', '2010-04-17', '2010-03-01')],
    ['has unknown dates', other(null, null)],
    ['no longer exists', { 'nbnp:other': null }],
  ])('accepts a delegate whose other group %s', async (_, hub) => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      { ...nomination('1', 'SELECTED', 'nbnp:other'), id: 'ncm:n1-other' },
    ]);
    for (const [id, fact] of Object.entries(hub)) offices.hub.set(id, fact);
    expect((await offices.call('selectDelegate', decision)).refusal).toBeUndefined();
  });

  it('accepts one of two concurrent selections, if the groups travel at the same time', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      { ...nomination('1', 'PENDING', 'nbnp:other'), id: 'ncm:n1-other' },
    ]);
    offices.hub.set('nbnp:other', group);
    const outcomes = await Promise.all(
      ['ncm:n1', 'ncm:n1-other'].map((id) =>
        offices.call('selectDelegate', { ...decision, nomination: id }),
      ),
    );
    // The second selection requested its facts before or after the first was written.
    const refusal = outcomes.find(({ value }) => value === null)?.refusal;
    expect(outcomes.filter(({ value }) => value !== null)).toHaveLength(1);
    expect(['CONFLICT', 'RULE_VIOLATED']).toContain(refusal?.['code']);
    if (refusal?.['code'] === 'CONFLICT') expect(refusal['currentVersion']).toBe(1);
  });
});

describe.each(testDatabases)('Mutation.declineDelegate on $name', (database) => {
  it('declines a pending nominee', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1')]);
    const input = { ...decision, on: '2010-05-03', reason: 'The places were taken.' };
    const { value } = await offices.call('declineDelegate', input, selection);
    expect(value).toMatchObject({
      status: 'DECLINED',
      decidedOn: '2010-05-03',
      reason: 'The places were taken.',
      localAuthority: 'Regional administration',
      version: 2,
      group: { delegateCount: 0, delegateNominationCount: 0 },
    });
  });

  it('releases a selected delegate, so that another gets the place', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1', 'SELECTED'),
      nomination('2', 'SELECTED'),
      nomination('3', 'SELECTED'),
      nomination('4'),
    ]);
    const fourth = { ...decision, nomination: 'ncm:n4', on: '2010-02-01' };
    expect((await offices.call('selectDelegate', fourth)).refusal?.['code']).toBe('GROUP_FULL');
    const first = { nomination: 'ncm:n1', on: '2010-02-01', version: 2 };
    expect((await offices.call('declineDelegate', first, selection)).value).toMatchObject({
      status: 'DECLINED',
      localAuthority: null,
      version: 3,
    });
    expect((await offices.call('selectDelegate', fourth, selection)).value).toMatchObject({
      group: { delegateCount: 3, delegatesSelectedOn: '2010-02-01' },
    });
  });
});

describe.each(testDatabases)('Mutation.withdrawDelegate on $name', (database) => {
  it('withdraws a nomination, pending or selected', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      nomination('2', 'SELECTED'),
    ]);
    for (const { id, version } of [nomination('1'), nomination('2', 'SELECTED')]) {
      const input = { nomination: id, on: '2010-01-12', version };
      const { value } = await offices.call('withdrawDelegate', input, `withdrawnOn ${selection}`);
      expect(value).toMatchObject({ status: 'WITHDRAWN', version: version + 1, reason: null });
      expect(value).toMatchObject({ withdrawnOn: '2010-01-12', decidedOn: '2010-01-12' });
    }
  });

  it('alone sets `withdrawnOn`: a decline does not', async () => {
    await using offices = await openWrittenOffices(database, [nomination('1')]);
    const input = { nomination: nomination('1').id, on: '2010-01-12', version: 1 };
    const { value } = await offices.call('declineDelegate', input, `withdrawnOn ${selection}`);
    expect(value).toMatchObject({ withdrawnOn: null, decidedOn: '2010-01-12' });
  });
});

describe.each(
  testDatabases.flatMap((database) =>
    (['declineDelegate', 'withdrawDelegate'] as const).map((mutation) => ({
      ...database,
      mutation,
    })),
  ),
)('Mutation.$mutation on $name', ({ mutation, ...database }) => {
  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, ofEachStatus);
    await offices.partner.source.manager.update(Delegate, 'ncm:d5', { name: null });
    const reason = 'A reason.';
    await expectRefusals(offices, mutation, decision, [
      { input: { nomination: 'ncm:none' }, as: notFound },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
      { input: { nomination: 'ncm:n2', version: 1 }, as: stale(2) },
      { input: { nomination: 'ncm:n3', version: 2 }, as: byNomination('ALREADY_DECIDED') },
      { input: { nomination: 'ncm:n4', version: 2 }, as: byNomination('WITHDRAWN') },
      { input: { nomination: 'ncm:n5', reason }, as: byNomination('ERASED') },
      { input: { on: '2009-11-01' }, as: rule('DATE_ORDER', 'input.on') },
      {
        input: { nomination: 'ncm:n2', version: 2, on: '2010-01-10' },
        as: rule('DATE_ORDER', 'input.on'),
      },
      { input: { on: '2011-01-01' }, as: rule('OUTSIDE_PROGRAMME', 'input.on') },
      { input: { reason: '' }, as: { code: 'BAD_USER_INPUT', argument: 'input.reason' } },
      {
        input: { localAuthority: 'x'.repeat(501) },
        as: { code: 'BAD_USER_INPUT', argument: 'input.localAuthority' },
      },
      { hub: { 'nbnp:g': { ...group, cancelledOn: '2010-01-01' } }, as: byNomination('CANCELLED') },
      {
        input: { nomination: 'ncm:n2', version: 2 },
        hub: { 'nbnp:g': { ...group, visits: [departed] } },
        as: byNomination('DEPARTED'),
      },
    ]);
    // Without a reason no text is added to an erased person.
    const { refusal } = await offices.call(mutation, { ...decision, nomination: 'ncm:n5' });
    expect(refusal).toBeUndefined();
  });
});
