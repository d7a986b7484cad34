import { readerOf, testDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { away, openTestVisits, programme, south, type TestVisits } from '../testing/test-visits.js';

const { group } = south;

/** Everybody is nominated but `se:nobody`, and number 9 is withdrawn. Norway can be unavailable. */
const NominationsOf = ({ id }: Readonly<Record<string, unknown>>) => {
  const officer = String(id);
  if (officer === 'se:nobody') return { officer: null };
  if (officer.startsWith('no:')) return away('no')();
  return {
    officer: {
      isRehearsal: false,
      targetGroup: 'POLICE',
      nominations: [
        {
          id: `${officer}-nomination`,
          groupId: group,
          nominatedOn: '2030-01-15',
          withdrawnOn: officer.endsWith('9') ? '2030-01-20' : null,
          version: 1,
        },
      ],
    },
  };
};
const hub = { NominationsOf };

interface Decision {
  readonly nomination: string;
  readonly officer: string;
  readonly decision: 'ACCEPT' | 'RESERVE' | 'DECLINE';
  readonly replaces?: string;
  readonly version: number;
  readonly decisionVersion: number;
}

const decide = (officer: string, more: Partial<Decision> & { readonly reason?: string } = {}) => ({
  officer,
  nomination: `${officer}-nomination`,
  decision: 'ACCEPT' as const,
  version: 1,
  decisionVersion: 0,
  ...more,
});

const results =
  'results { nomination { id } refusal { code rule argument currentVersion partner } }';

type Result = Readonly<{
  nomination: { id: string } | null;
  refusal: Readonly<Record<string, unknown>> | null;
}>;

async function decideAll(
  network: TestVisits,
  decisions: readonly object[],
  more: object = {},
): Promise<readonly Result[]> {
  const input = { group, on: '2030-02-20', decisions, ...more };
  return (await network.done('decideOfficers', input, results))['results'] as readonly Result[];
}

/** The same by the mutations of one decision each, in order. */
async function decideEach(network: TestVisits, decisions: readonly Decision[]) {
  const found: Result[] = [];
  for (const [place, { decision, replaces, ...one }] of decisions.entries()) {
    const input = { ...one, group, on: '2030-02-20' };
    const { errors } =
      decision === 'DECLINE'
        ? await network.change('declineOfficer', input)
        : await network.change('acceptOfficer', {
            ...input,
            reserve: decision === 'RESERVE',
            ...(replaces !== undefined && { replaces }),
          });
    const extensions: Readonly<Record<string, unknown>> = errors?.[0]?.extensions ?? {};
    const { code, rule, argument, currentVersion, partner } = extensions;
    const isShared =
      argument === undefined || ['input.group', 'input.on'].includes(String(argument));
    const path = isShared
      ? argument
      : String(argument).replace('input', `input.decisions.${place}`);
    const refusal = { code, rule, argument: path, currentVersion, partner };
    // Whoever is unknown to the police force has no nomination.
    const isUnknown = code === 'NOT_FOUND' && /officer|nomination/.test(String(argument));
    found.push({
      nomination: isUnknown ? null : { id: one.nomination },
      refusal: errors
        ? Object.fromEntries(Object.entries(refusal).map(([name, value]) => [name, value ?? null]))
        : null,
    });
  }
  return found;
}

/** What each group and each decision looks like, with its version. */
const stateOf = async ({ source }: TestVisits) => ({
  groups: await source.manager.find(Group, { order: { id: 'ASC' } }),
  decisions: await source.manager.find(OfficerNomination, { order: { id: 'ASC' } }),
});

const people = [
  'dk:a',
  'dk:b',
  'dk:c',
  'se:d',
  'se:e',
  'se:nobody',
  'fi:9',
  'no:f',
  'lt:g',
  'lt:h',
];
const nominations = people.map((person) => `${person}-nomination`);
const officersBefore = ['dk:officer-1-for-south', 'fi:officer-1-for-south'];

const decision = fc.record({
  person: fc.constantFrom(...people),
  decision: fc.constantFrom('ACCEPT', 'ACCEPT', 'RESERVE', 'DECLINE'),
  replaces: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(...nominations, ...officersBefore, 'dk:none') },
  ),
  version: fc.constantFrom(1, 1, 1, 1, 1, 2),
  decisionVersion: fc.constantFrom(0, 0, 0, 1, 1, 2),
});
const batches = fc
  .uniqueArray(decision, { minLength: 1, maxLength: 8, selector: ({ person }) => person })
  .map((some) =>
    some.map(({ person, replaces, ...one }) =>
      decide(person, {
        ...one,
        ...(replaces !== null && one.decision === 'ACCEPT' && { replaces }),
      }),
    ),
  );

describe.each(testDatabases)('Mutation.decideOfficers on $name', (kind) => {
  it('does what the mutations of each do in the same order, whatever is decided', async () => {
    await using together = await openTestVisits(kind, hub);
    await using oneByOne = await openTestVisits(kind, hub);
    for (const network of [together, oneByOne])
      await network.update(Programme, programme, { groupSizeMax: 6 });
    let written = 0;
    for (const [run, batch] of fc.sample(batches, { numRuns: 60, seed: 32 }).entries()) {
      if (batch.every(({ officer }) => officer.startsWith('no:'))) continue;
      const each = await decideEach(oneByOne, batch);
      expect(await decideAll(together, batch), JSON.stringify(batch)).toEqual(each);
      expect(await stateOf(together)).toEqual(await stateOf(oneByOne));
      written += each.filter(({ refusal }) => refusal === null).length;
      // Some begin with what others have decided.
      if (run % 4 !== 3) continue;
      for (const { source } of [together, oneByOne])
        for (const id of nominations) await source.manager.delete(OfficerNomination, { id });
    }
    expect(written).toBeGreaterThan(30);
  });

  it('gives the last places to the first, and the place of whoever is released to the next', async () => {
    await using network = await openTestVisits(kind, hub);
    const found = await decideAll(network, [
      decide('dk:a'),
      decide('dk:b'),
      decide('dk:c'),
      decide('se:d', { decision: 'RESERVE' }),
      { ...decide('dk:a', { decision: 'DECLINE', decisionVersion: 1 }), nomination: 'dk:a-again' },
      decide('dk:officer-1', { decision: 'DECLINE', decisionVersion: 1, reason: 'Ill.' }),
      decide('se:e'),
    ]);
    // The police force has no such nominations of the fifth and sixth.
    expect(found.map(({ refusal }) => refusal?.['code'] ?? null)).toEqual([
      null,
      null,
      'GROUP_FULL',
      null,
      'NOT_FOUND',
      'CONFLICT',
      'GROUP_FULL',
    ]);
    expect(found.map(({ nomination }) => nomination?.id ?? null)).toEqual([
      'dk:a-nomination',
      'dk:b-nomination',
      'dk:c-nomination',
      'se:d-nomination',
      null,
      'dk:officer-1-nomination',
      'se:e-nomination',
    ]);
    const { decisions } = await stateOf(network);
    expect(decisions.filter(({ groupId }) => groupId === group).map(({ id }) => id)).toEqual([
      'dk:a-nomination',
      'dk:b-nomination',
      ...officersBefore,
      'se:d-nomination',
    ]);
  });

  it('refuses all for what concerns the group, and for an input that cannot be meant', async () => {
    await using network = await openTestVisits(kind, hub);
    const refusal = (decisions: readonly object[], more: object = {}) =>
      network.refusal('decideOfficers', { group, on: '2030-02-20', decisions, ...more });
    const one = [decide('dk:a')];
    const of = (code: string, argument: string) => ({ code, argument });
    expect(await refusal(one, { group: 'nbnp:none' })).toMatchObject(
      of('NOT_FOUND', 'input.group'),
    );
    const invalid = 'BAD_USER_INPUT';
    expect(await refusal([])).toMatchObject(of(invalid, 'input.decisions'));
    expect(await refusal([...one, ...one])).toMatchObject(of(invalid, 'input.decisions'));
    const many = Array.from({ length: 51 }, (_, place) => decide(`dk:${place}`));
    expect(await refusal(many)).toMatchObject(of(invalid, 'input.decisions'));
    const reserve = decide('se:d', { decision: 'RESERVE', replaces: 'dk:officer-1-for-south' });
    expect(await refusal([...one, reserve])).toMatchObject(
      of(invalid, 'input.decisions.1.replaces'),
    );
    expect(await refusal([decide('dk:a', { reason: 'Good.' })])).toMatchObject(
      of(invalid, 'input.decisions.0.reason'),
    );
    for (const reason of [' ', 'a\0b', 'x'.repeat(20_001)])
      expect(
        await refusal([...one, decide('se:d', { decision: 'DECLINE', reason })]),
      ).toMatchObject(of(invalid, 'input.decisions.1.reason'));
    expect(network.asked).toEqual([]);
    await network.update(Visit, south.visit, { departedOn: '2030-05-06' });
    expect(await refusal(one)).toMatchObject({ rule: 'DEPARTED', argument: 'input.group' });
  });

  it('returns the same to a repetition, and its key matches nothing after an erasure', async () => {
    await using network = await openTestVisits(kind, hub);
    const decisions = [
      decide('dk:a'),
      decide('no:f'),
      decide('se:d', { decision: 'DECLINE', reason: 'A reason about her.', version: 7 }),
    ];
    const first = await decideAll(network, decisions, { idempotencyKey: 'k' });
    expect(first.map(({ refusal }) => refusal)).toEqual([
      null,
      expect.objectContaining({ code: 'PARTNER_UNAVAILABLE', partner: 'no', argument: null }),
      expect.objectContaining({
        code: 'CONFLICT',
        currentVersion: 1,
        argument: 'input.decisions.2.version',
      }),
    ]);
    const again = () => decideAll(network, decisions, { idempotencyKey: 'k' });
    for (const repeated of await Promise.all([again(), again(), again()]))
      expect(repeated).toEqual(first);
    const { groups } = await stateOf(network);
    expect(groups.find(({ id }) => id === group)?.version).toBe(2);
    const server = readerOf('se', 'service');
    // Nothing was written about her, but the key’s hash is of an input with the reason.
    const erased = await network.ask('mutation { eraseTexts(person: "se:d") }', {}, server);
    expect(erased).toMatchObject({ data: { eraseTexts: true } });
    const input = { group, on: '2030-02-20', decisions, idempotencyKey: 'k' };
    const { errors } = await network.change('decideOfficers', input, results);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
  });
});
