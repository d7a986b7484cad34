import { testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import {
  away,
  departed,
  expectRefusals,
  group,
  nomination,
  openWrittenOffices,
  rule,
  visit,
  type MutationName,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const common = { on: '2010-01-12', localAuthority: 'Regional administration' };

interface Decision {
  readonly nomination: string;
  readonly decision: 'SELECT' | 'RESERVE' | 'DECLINE' | 'WITHDRAW';
  readonly replaces?: string;
  readonly reason?: string;
  readonly version: number;
}

const mutationOf: Readonly<Record<Decision['decision'], MutationName>> = {
  SELECT: 'selectDelegate',
  RESERVE: 'selectDelegate',
  DECLINE: 'declineDelegate',
  WITHDRAW: 'withdrawDelegate',
};

type Result = Readonly<Record<string, unknown>> | null;

const fields = ['code', 'rule', 'argument', 'currentVersion', 'partner'] as const;

/** The refusal of each decision, or null. */
async function decideAll(
  { call }: WrittenOffices,
  decisions: readonly object[],
  more: object = {},
): Promise<Result[]> {
  const { value, refusal } = await call(
    'decideDelegates',
    { group: 'nbnp:g', ...common, decisions, ...more },
    `results { refusal { ${fields.join(' ')} } }`,
  );
  expect(refusal).toBeUndefined();
  return (value as { results: { refusal: Result }[] }).results.map((one) => one.refusal);
}

/** The same by the mutations of one decision each, in order. */
async function decideEach({ call }: WrittenOffices, decisions: readonly Decision[]) {
  const found: Result[] = [];
  for (const [place, { decision, ...one }] of decisions.entries()) {
    const reserve = decision === 'RESERVE' && { reserve: true };
    const { refusal } = await call(mutationOf[decision], { ...one, ...common, ...reserve });
    const argument = String(refusal?.['argument'] ?? '');
    const path = ['', 'input.on', 'input.localAuthority'].includes(argument)
      ? argument || null
      : argument.replace('input', `input.decisions.${place}`);
    found.push(
      refusal
        ? {
            ...Object.fromEntries(fields.map((field) => [field, refusal[field] ?? null])),
            argument: path,
          }
        : null,
    );
  }
  return found;
}

const stateOf = ({ partner }: WrittenOffices) =>
  partner.source.manager.find(DelegateNomination, { order: { id: 'ASC' } });

/** The third is selected for another group too, which travels on the same days. */
const before = () => [
  nomination('1'),
  nomination('2'),
  nomination('3'),
  nomination('4', 'SELECTED'),
  nomination('5', 'DECLINED'),
  { ...nomination('3', 'SELECTED', 'nbnp:other'), id: 'ncm:n3-other' },
];
const ids = ['1', '2', '3', '4', '5', 'one'].map((name) => `ncm:n${name}`);

const decision = fc.record({
  nomination: fc.constantFrom(...ids),
  decision: fc.constantFrom('SELECT', 'SELECT', 'RESERVE', 'DECLINE', 'WITHDRAW'),
  replaces: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...ids) },
  ),
  version: fc.constantFrom(1, 1, 1, 2, 2, 3),
});
const batches = fc
  .uniqueArray(decision, { minLength: 1, maxLength: 6, selector: (one) => one.nomination })
  .map((some) =>
    some.map(({ replaces, ...one }): Decision => ({
      ...one,
      ...(replaces !== null && one.decision === 'SELECT' && { replaces }),
    })),
  );

async function openGroups(database: (typeof testDatabases)[number]): Promise<WrittenOffices> {
  const offices = await openWrittenOffices(database, before());
  offices.hub.set('nbnp:other', { ...group, visits: [visit] });
  return offices;
}

describe.each(testDatabases)('Mutation.decideDelegates on $name', (database) => {
  it('does what the mutations of each do in the same order, whatever is decided', async () => {
    await using together = await openGroups(database);
    await using oneByOne = await openGroups(database);
    let written = 0;
    for (const [run, batch] of fc.sample(batches, { numRuns: 80, seed: 32 }).entries()) {
      for (const { hub } of [together, oneByOne])
        hub.set('nbnp:other', run % 5 === 4 ? away : { ...group, visits: [visit] });
      const each = await decideEach(oneByOne, batch);
      const isAway = each.every((refusal) => refusal?.['code'] === 'PARTNER_UNAVAILABLE');
      if (!isAway) expect(await decideAll(together, batch), JSON.stringify(batch)).toEqual(each);
      expect(await stateOf(together)).toEqual(await stateOf(oneByOne));
      written += each.filter((refusal) => refusal === null).length;
      // Some begin with what others have decided.
      if (run % 3 !== 2) continue;
      for (const { partner } of [together, oneByOne]) {
        await partner.source.manager.updateAll(DelegateNomination, { replacesId: null });
        for (const row of before())
          await partner.source.manager.update(DelegateNomination, row.id, row);
      }
    }
    expect(written).toBeGreaterThan(50);
  });

  it('gives the last places to the first, and the place of whoever is released to the next', async () => {
    await using offices = await openGroups(database);
    await offices.partner.source.manager.delete(DelegateNomination, { id: 'ncm:n3-other' });
    const select = (name: string, more: object = {}) => ({
      nomination: `ncm:n${name}`,
      decision: 'SELECT',
      version: 1,
      ...more,
    });
    const full = { code: 'GROUP_FULL', argument: 'input.decisions.2.nomination' };
    expect(
      await decideAll(offices, [
        select('1'),
        select('2'),
        select('3'),
        select('4', { decision: 'DECLINE', version: 2, reason: 'Ill.' }),
      ]),
    ).toEqual([null, null, expect.objectContaining(full), null]);
    const key = { idempotencyKey: 'k' };
    const next = [select('3', { replaces: 'ncm:n4' }), select('5', { version: 9 })];
    const first = await decideAll(offices, next, key);
    expect(first).toEqual([null, expect.objectContaining({ code: 'GROUP_FULL' })]);
    const state = await stateOf(offices);
    expect(await decideAll(offices, next, key)).toEqual(first);
    expect(await stateOf(offices)).toEqual(state);
    // The input has a text about her, so that an erasure closes the key.
    await offices.partner.ask('mutation { eraseDelegate(id: "ncm:d5") }', {});
    const { refusal } = await offices.call('decideDelegates', {
      group: 'nbnp:g',
      ...common,
      decisions: next,
      ...key,
    });
    expect(refusal).toMatchObject({ code: 'CONFLICT', argument: 'input.idempotencyKey' });
  });

  it('refuses all for what concerns the group or the authority, and nominations elsewhere', async () => {
    await using offices = await openGroups(database);
    const one = { nomination: 'ncm:n1', decision: 'SELECT', version: 1 };
    const input = { group: 'nbnp:g', ...common, decisions: [one] };
    const invalid = 'BAD_USER_INPUT';
    await expectRefusals(offices, 'decideDelegates', input, [
      { input: { group: 'nbnp:none' }, as: { code: 'NOT_FOUND', argument: 'input.group' } },
      { hub: { 'nbnp:g': away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
      { hub: { 'nbnp:g': { ...group, visits: [departed] } }, as: rule('DEPARTED', 'input.group') },
      {
        hub: { 'nbnp:g': { ...group, cancelledOn: '2010-01-01' } },
        as: rule('CANCELLED', 'input.group'),
      },
      { input: { localAuthority: 'ab' }, as: rule('AUTHORITY', 'input.localAuthority') },
      {
        input: { authority: 'nbnp:nobody' },
        as: { code: 'NOT_FOUND', argument: 'input.authority' },
      },
      { input: { decisions: [] }, as: { code: invalid, argument: 'input.decisions' } },
      { input: { decisions: [one, one] }, as: { code: invalid, argument: 'input.decisions' } },
      {
        input: { decisions: [{ ...one, decision: 'RESERVE', replaces: 'ncm:n4' }] },
        as: { code: invalid, argument: 'input.decisions.0.replaces' },
      },
    ]);
    const elsewhere = { nomination: 'ncm:n3-other', decision: 'DECLINE', version: 2 };
    expect(await decideAll(offices, [elsewhere, one], { localAuthority: null })).toMatchObject([
      { code: 'NOT_FOUND', argument: 'input.decisions.0.nomination' },
      { rule: 'AUTHORITY', argument: 'input.localAuthority' },
    ]);
  });
});
