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

const decision = {
  nomination: 'ncm:n1',
  on: '2010-01-12',
  localAuthority: 'Regional administration',
  version: 1,
};
const selection =
  'status reserve replaces { id status } group { delegateCount delegatesSelectedOn delegates { id } }';

/** The group has one place. */
const small = { ...group, programme: { ...programme, groupSizeMax: 1 } };
const absentFrom = (from: string) => ({
  ...small,
  absences: [{ participant: { id: 'ncm:d2' }, visit: { id: 'nbnp:v' }, from }],
});
const replaces = 'ncm:n2';
const reserved = { ...nomination('1', 'SELECTED'), reserve: true };

describe.each(testDatabases)('DecideNominationInput.reserve on $name', (database) => {
  it('selects for a full group without a place', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      nomination('2', 'SELECTED'),
    ]);
    offices.hub.set('nbnp:g', small);
    const reserve = { ...decision, reserve: true };
    const { value } = await offices.call('selectDelegate', reserve, selection);
    expect(value).toEqual({
      status: 'SELECTED',
      reserve: true,
      replaces: null,
      group: {
        delegateCount: 1,
        delegatesSelectedOn: '2010-01-11',
        delegates: [{ id: 'ncm:d2' }],
      },
    });
  });

  it('lets a reserve be selected again as a member, in the place of somebody who withdrew', async () => {
    await using offices = await openWrittenOffices(database, [
      reserved,
      nomination('2', 'WITHDRAWN'),
    ]);
    offices.hub.set('nbnp:g', small);
    const promotion = { ...decision, replaces, version: 2 };
    const { value } = await offices.call('selectDelegate', promotion, selection);
    expect(value).toEqual({
      status: 'SELECTED',
      reserve: false,
      replaces: { id: replaces, status: 'WITHDRAWN' },
      group: {
        delegateCount: 1,
        delegatesSelectedOn: '2010-01-12',
        delegates: [{ id: 'ncm:d1' }],
      },
    });
  });

  it('counts no reserve as a member in the statistics', async () => {
    await using offices = await openWrittenOffices(database, [
      reserved,
      nomination('2', 'SELECTED'),
    ]);
    const { data } = await offices.partner.ask(
      '{ delegateStatistics { targetGroup nominated { value } members { value } } }',
    );
    expect(data?.['delegateStatistics']).toContainEqual({
      targetGroup: 'POLICE',
      nominated: { value: 2 },
      members: { value: 1 },
    });
  });

  it('refuses what a reserve may not do, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database, [
      reserved,
      nomination('2', 'SELECTED'),
      nomination('3'),
    ]);
    const bad = (argument: string) => ({ code: 'BAD_USER_INPUT', argument });
    const full = { code: 'GROUP_FULL', argument: 'input.nomination' };
    await expectRefusals(offices, 'selectDelegate', { ...decision, version: 2 }, [
      { input: { reserve: true }, as: rule('ALREADY_DECIDED', 'input.nomination') },
      { input: { reserve: true, replaces }, as: bad('input.replaces') },
      { input: { on: '2010-01-10' }, as: rule('DATE_ORDER', 'input.on') },
      { hub: { 'nbnp:g': small }, as: full },
    ]);
    const declined = { ...decision, localAuthority: null, nomination: 'ncm:n3' };
    await expectRefusals(offices, 'declineDelegate', declined, [
      { input: { reserve: false }, as: bad('input.reserve') },
      { input: { replaces }, as: bad('input.replaces') },
    ]);
  });
});

describe.each(testDatabases)('DecideNominationInput.replaces on $name', (database) => {
  it('gives the place of an absent member of a full group away, and releases the member', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      nomination('2', 'SELECTED'),
    ]);
    offices.hub.set('nbnp:g', absentFrom('2010-04-12'));
    const { value } = await offices.call('selectDelegate', { ...decision, replaces }, selection);
    expect(value).toMatchObject({
      replaces: { id: replaces, status: 'DECLINED' },
      group: { delegateCount: 1, delegates: [{ id: 'ncm:d1' }] },
    });
    const { manager } = offices.partner.source;
    const released = await manager.findOneBy(DelegateNomination, { id: replaces });
    expect(released).toMatchObject({ decidedOn: '2010-01-12', version: 3 });
  });

  it('refuses whoever is not gone, is of another group, or is replaced already', async () => {
    await using offices = await openWrittenOffices(database, [
      nomination('1'),
      nomination('2', 'SELECTED'),
      nomination('3', 'DECLINED'),
      { ...nomination('4', 'SELECTED'), replacesId: 'ncm:n3' },
      nomination('5', 'DECLINED', 'nbnp:other'),
    ]);
    const unknown = { code: 'NOT_FOUND', argument: 'input.replaces' };
    const notGone = rule('NOT_GONE', 'input.replaces');
    const early = { ...absentFrom('2010-04-13'), programme };
    await expectRefusals(offices, 'selectDelegate', decision, [
      { input: { replaces: 'ncm:none' }, as: unknown },
      { input: { replaces: 'ncm:n5' }, as: unknown },
      { input: { replaces }, as: notGone },
      { input: { replaces }, hub: { 'nbnp:g': early }, as: notGone },
      { input: { replaces: 'ncm:n3' }, as: rule('REPLACED', 'input.replaces') },
    ]);
  });
});
