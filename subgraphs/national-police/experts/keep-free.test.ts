import { HubError } from '@hub/shared/errors';
import { anonymous, type Reader } from '@hub/shared/identity';
import type { AskHub } from '@hub/shared/policy';
import { createFactsHub, readerOf, testDatabases, type TestFact } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { unitRow } from '../testing/test-rows.js';

const open = { startsOn: '2030-05-06', endsOn: '2030-05-11', cancelledOn: null, group: null };

/** What the network asks each expert for. */
const visits: Readonly<Record<string, object>> = {
  asked: open,
  lent: open,
  declined: open,
  withdrawn: open,
  cancelled: { ...open, cancelledOn: '2030-01-01' },
  disbanded: { ...open, group: { cancelledOn: '2030-01-01' } },
  undated: { ...open, startsOn: null, endsOn: null },
};
const everybody = [...Object.keys(visits), 'idle'];

const answer = (_field: string, id: string): TestFact => {
  const visit = visits[id.slice(3)];
  return { assignments: visit ? [{ id: `nbnp:${id}`, visit }] : [] };
};

const loan = (who: string, loanGranted: boolean, withdrawnOn: string | null = null) => ({
  assignmentId: `nbnp:lt:${who}`,
  expertId: `lt:${who}`,
  loanGranted,
  loanDecidedOn: '2030-02-01',
  loanReason: null,
  grantedVersion: null,
  withdrawnOn,
  withdrawReason: null,
});

async function openExperts(
  kind: (typeof testDatabases)[number],
  { askHub, asked }: Pick<ReturnType<typeof createFactsHub>, 'askHub' | 'asked'> = createFactsHub(
    answer,
  ),
  ids: readonly string[] = everybody,
) {
  const police = await openTestPolice(kind, 'lt', 'nothing', { askHub });
  const { manager } = police.source;
  await manager.insert(PoliceUnit, unitRow({ id: 'lt:unit', country: 'LT' }));
  await manager.insert(
    Expert,
    ids.map((id) => ({ id: `lt:${id}`, unitId: 'lt:unit', name: id, email: null, version: 1 })),
  );
  if (ids === everybody)
    await manager.insert(ExpertLoan, [
      loan('lent', true),
      loan('declined', false),
      loan('withdrawn', true, '2030-03-01'),
    ]);
  const find = async (filter: object, reader: Reader = readerOf('lt', 'coordinator')) => {
    const { data, errors = [] } = await police.ask(
      'query ($filter: ExpertFilter) { experts(filter: $filter) { nodes { id } totalCount } }',
      { filter },
      reader,
    );
    const found = data?.['experts'] as { nodes: { id: string }[]; totalCount: number } | null;
    return {
      ids: found?.nodes.map(({ id }) => id.slice(3)),
      count: found?.totalCount,
      errors: errors.map(({ extensions }) => extensions),
    };
  };
  return { find, asked, [Symbol.asyncDispose]: () => police[Symbol.asyncDispose]() };
}

describe.each(testDatabases)('ExpertFilter.freeFrom and freeTo on $name', (kind) => {
  const free = everybody.filter((one) => !['asked', 'lent'].includes(one)).toSorted();

  it.each([
    ['the days of the visit', { freeFrom: '2030-05-06', freeTo: '2030-05-11' }, free],
    ['its last day', { freeFrom: '2030-05-11', freeTo: '2030-06-11' }, free],
    ['its first day', { freeFrom: '2030-05-01', freeTo: '2030-05-06' }, free],
    ['any day after its beginning', { freeFrom: '2030-05-07' }, free],
    ['any day before its end', { freeTo: '2030-05-10' }, free],
    ['the day after it', { freeFrom: '2030-05-12' }, everybody.toSorted()],
    ['the day before it', { freeTo: '2030-05-05' }, everybody.toSorted()],
  ])('finds who is neither asked for nor lent on %s', async (_, filter, expected) => {
    await using police = await openExperts(kind);
    expect(await police.find(filter)).toEqual({
      ids: expected,
      count: expected.length,
      errors: [],
    });
    expect(police.asked).toHaveLength(1);
  });

  it('asks the network once for 500 experts', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `${index}`);
    const asked: string[][] = [];
    const askHub: AskHub = async (query) => {
      asked.push([query]);
      const assignments = [{ id: 'nbnp:one', visit: open }];
      const nodes = many.map((id) => ({
        id: `lt:${id}`,
        assignments: id === '7' ? [] : assignments,
      }));
      return { records: { nodes } };
    };
    await using police = await openExperts(kind, { askHub, asked }, many);
    expect(await police.find({ freeFrom: '2030-05-06' })).toMatchObject({ ids: ['7'], errors: [] });
    expect(asked).toHaveLength(1);
  });

  it('finds nobody while the network is away, and names it', async () => {
    const away = () => Promise.reject(new HubError('PARTNER_TIMED_OUT', { partner: 'nbnp' }));
    await using police = await openExperts(kind, { askHub: away, asked: [] });
    expect(await police.find({ freeFrom: '2030-05-06' })).toEqual({
      ids: [],
      count: 0,
      errors: [expect.objectContaining({ code: 'PARTNER_TIMED_OUT', partner: 'nbnp' })],
    });
  });

  it.each<[what: string, fact: (id: string) => TestFact, found: readonly string[]]>([
    ['nothing', () => null, []],
    ['no list', () => ({ assignments: null }), []],
    ['an assignment that is missing', () => ({ assignments: [null] }), []],
    [
      'an assignment without its visit, unless the loan is over',
      (id) => ({ assignments: [{ id: `nbnp:${id}`, visit: null }] }),
      ['declined', 'withdrawn'],
    ],
  ])('does not find an expert of whom the network says %s', async (_, fact, found) => {
    await using police = await openExperts(
      kind,
      createFactsHub((_field, id) => fact(id)),
    );
    expect(await police.find({ freeFrom: '2030-05-06', freeTo: '2030-05-11' })).toEqual({
      ids: found,
      count: found.length,
      errors: [expect.objectContaining({ code: 'PARTNER_INVALID_RESPONSE', partner: 'nbnp' })],
    });
  });

  it('is for staff of the police force and of the network', async () => {
    await using police = await openExperts(kind);
    const filter = { freeFrom: '2030-05-06', country: 'LT' };
    for (const reader of [readerOf('lt', 'liaison'), readerOf('nbnp', 'coordinator')])
      expect((await police.find(filter, reader)).ids).toEqual(free);
    const others = [
      anonymous,
      readerOf('lt', 'analyst'),
      readerOf('lt', 'auditor'),
      readerOf('lv', 'coordinator'),
      readerOf('ncm', 'coordinator'),
      readerOf('nbnp', 'auditor'),
    ];
    for (const reader of others) {
      const { ids, errors } = await police.find(filter, reader);
      expect([ids, errors.map(({ code }) => code)]).toEqual([undefined, ['FORBIDDEN']]);
    }
    expect(police.asked).toHaveLength(2);
  });

  it('refuses days that end before they begin, and more than 500 experts', async () => {
    const many = Array.from({ length: 501 }, (_, index) => `${index}`);
    await using police = await openExperts(kind, createFactsHub(answer), many);
    expect(await police.find({ freeFrom: '2030-05-06', freeTo: '2030-05-05' })).toMatchObject({
      errors: [{ code: 'BAD_USER_INPUT', argument: 'filter.freeTo' }],
    });
    expect(await police.find({ freeFrom: '2030-05-06' })).toMatchObject({
      errors: [{ code: 'QUERY_TOO_COMPLEX', argument: 'filter.freeFrom' }],
    });
    expect(police.asked).toEqual([]);
  });
});
