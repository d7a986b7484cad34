import { testDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  expectRefusals,
  openWrittenPolice,
  rule,
  visit,
  type Facts,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const [given] = visit.plans;

/** What the network knows of the visit after it was moved: each change is a new version. */
function moved(...changes: readonly object[]): Facts {
  const later = changes.map((change, index) => ({ ...given, ...change, fromVersion: index + 2 }));
  const present = { ...visit, version: changes.length + 1, plans: [given, ...later] };
  return {
    'visit nbnp:v': { ...present, ...later.at(-1) },
    'expert fi:lent': { assignments: [{ id: 'nbnp:a', visit: present }] },
  };
}

/** The days around both ends of the week from 2 to 7 November for which consents are given. */
const moves = [
  ['no change', {}, true],
  ['a later first day', { startsOn: '2026-11-03' }, true],
  ['an earlier last day', { endsOn: '2026-11-06' }, true],
  ['an earlier first day', { startsOn: '2026-11-01' }, false],
  ['a later last day', { endsOn: '2026-11-08' }, false],
] as const;

async function readConsents({ read, entities }: WrittenPolice) {
  const { policeUnit } = await read(
    '{ policeUnit(id: "fi:npb") { hostings { id status isPutBack decidedOn confirmedVersion } } }',
  );
  const { hostings } = policeUnit as { hostings: readonly Readonly<Record<string, unknown>>[] };
  const [loan] = await entities(
    [{ __typename: 'ExpertAssignment', id: 'nbnp:a', expertId: 'fi:lent' }],
    '... on ExpertAssignment { loanGranted loanDecidedOn isLoanPutBack loanGrantedVersion }',
  );
  return { hosting: hostings.find(({ id }) => id === 'fi:offered'), loan };
}

/** Both consents, given for a version of the visit; null where nobody recorded it. */
const consentedTo = (version: number | null) => ({
  hosting: {
    id: 'fi:offered',
    status: 'CONFIRMED',
    isPutBack: false,
    decidedOn: '2026-10-01',
    confirmedVersion: version,
  },
  loan: {
    loanGranted: true,
    loanDecidedOn: '2026-10-04',
    isLoanPutBack: false,
    loanGrantedVersion: version,
  },
});
const consented = consentedTo(1);
const putBackTo = (version: number | null) => ({
  hosting: {
    id: 'fi:offered',
    status: 'OFFERED',
    isPutBack: true,
    decidedOn: null,
    confirmedVersion: version,
  },
  loan: { loanGranted: null, loanDecidedOn: null, isLoanPutBack: true, loanGrantedVersion: null },
});
const putBack = putBackTo(1);

const grant = { grant: true, reason: null };

async function openConsented(kind: TestDatabaseKind): Promise<WrittenPolice> {
  const police = await openWrittenPolice(kind);
  await police.write('confirmHosting');
  await police.write('decideExpertLoan', grant);
  return police;
}

describe.each(testDatabases)('a consent on $name', (kind) => {
  it.each(moves)('after %s of the visit: %j holds: %s', async (_what, change, holds) => {
    await using police = await openConsented(kind);
    Object.assign(police.facts, moved(change));
    expect(await readConsents(police)).toEqual(holds ? consented : putBack);
  });

  it('does not come back with the old days, and can be given again', async () => {
    await using police = await openConsented(kind);
    Object.assign(police.facts, moved({ endsOn: '2026-11-08' }, {}));
    expect(await readConsents(police)).toEqual(putBack);
    await police.write('confirmHosting');
    await police.write('decideExpertLoan', grant);
    expect(await readConsents(police)).toEqual(consentedTo(3));
  });

  it('to host ends when another country hosts instead, and a loan does not', async () => {
    await using police = await openConsented(kind);
    const hosts = [{ country: 'SE', owner: 'se' }];
    Object.assign(police.facts, moved({ hostCountries: ['SE'], hosts }));
    const { hosting, loan } = await readConsents(police);
    expect([hosting, loan]).toEqual([putBack.hosting, consented.loan]);
    await expectRefusals(police, 'confirmHosting', [
      ['a visit elsewhere', {}, rule('HOST_COUNTRY', 'hosting', 'VISIT_ELSEWHERE')],
    ]);
  });

  it('to a version that the network has lost is none, and can be given again', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, moved({}));
    await police.write('confirmHosting');
    await police.write('decideExpertLoan', grant);
    expect(await readConsents(police)).toEqual(consentedTo(2));
    Object.assign(police.facts, moved());
    expect(await readConsents(police)).toEqual(putBackTo(2));
    await police.write('confirmHosting');
    await police.write('decideExpertLoan', grant);
    expect(await readConsents(police)).toEqual(consented);
  });

  it('from before the upgrade is for the oldest known days', async () => {
    await using police = await openConsented(kind);
    await police.source.query('UPDATE "hostings" SET "confirmed_version" = NULL');
    await police.source.query('UPDATE "expert_loans" SET "granted_version" = NULL');
    Object.assign(police.facts, moved({ startsOn: '2026-11-03' }));
    expect(await readConsents(police)).toEqual(consentedTo(null));
    Object.assign(police.facts, moved({ startsOn: '2026-11-03' }, { startsOn: '2026-11-01' }));
    expect(await readConsents(police)).toEqual(putBackTo(null));
  });

  it('is refused for days that the caller has not seen', async () => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, moved({ endsOn: '2026-11-08' }));
    const unseen = { code: 'CONFLICT', currentVersion: 2, argument: 'input.visitVersion' };
    const seenVersions = [1, 3].map(
      (visitVersion) => [`version ${visitVersion}`, { visitVersion }, unseen] as const,
    );
    await expectRefusals(police, 'confirmHosting', seenVersions);
    await expectRefusals(
      police,
      'decideExpertLoan',
      seenVersions.map(([what, seen, refusal]) => [what, { ...grant, ...seen }, refusal]),
    );
    await police.write('confirmHosting', { visitVersion: 2 });
    await police.write('decideExpertLoan', { ...grant, visitVersion: 2 });
  });

  it('a refusal stays, whatever the days', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('decideExpertLoan');
    Object.assign(police.facts, moved({ endsOn: '2026-11-08' }));
    expect((await readConsents(police)).loan).toMatchObject({
      loanGranted: false,
      isLoanPutBack: false,
    });
    await expectRefusals(police, 'decideExpertLoan', [
      ['once more', grant, rule('ALREADY_DECIDED', 'assignment')],
    ]);
  });
});

describe.each(testDatabases)('Mutation.withdrawExpertLoan on $name', (kind) => {
  it('refuses a loan that was put back: the request can be refused', async () => {
    await using police = await openConsented(kind);
    Object.assign(police.facts, moved({ endsOn: '2026-11-08' }));
    await expectRefusals(police, 'withdrawExpertLoan', [
      ['put back', {}, rule('NOT_LENT', 'assignment')],
    ]);
    await police.write('decideExpertLoan', { grant: false });
  });

  it('takes back an expert who is lent, with a reason that the erasure removes', async () => {
    await using police = await openConsented(kind);
    const withdrawn = {
      id: 'nbnp:a',
      loanGranted: false,
      loanDecidedOn: '2026-10-04',
      loanReason: 'She is ill.',
      loanWithdrawnOn: '2026-10-06',
      isLoanPutBack: false,
      loanGrantedVersion: null,
    };
    expect(await police.write('withdrawExpertLoan')).toEqual(withdrawn);
    await expectRefusals(police, 'withdrawExpertLoan', [
      ['once more', {}, rule('WITHDRAWN', 'assignment')],
    ]);
    await expectRefusals(police, 'decideExpertLoan', [
      ['a new loan', grant, rule('ALREADY_DECIDED', 'assignment')],
    ]);
    await police.read('mutation { eraseExpert(id: "fi:lent") }');
    expect((await police.readTables()).join('\n')).not.toContain('She is ill.');
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'withdrawExpertLoan', [
      ['nobody lent', {}, rule('NOT_LENT', 'assignment')],
    ]);
    await police.write('decideExpertLoan', grant);
    const but = (change: object): Facts => ({
      'expert fi:lent': { assignments: [{ id: 'nbnp:a', visit: { ...visit, ...change } }] },
    });
    await expectRefusals(police, 'withdrawExpertLoan', [
      ['another assignment', { assignment: 'nbnp:b' }, rule('NOT_ASSIGNED', 'assignment')],
      ['a day before the loan', { on: '2026-10-03' }, rule('DATE_ORDER', 'on')],
      ['after the programme', { on: '2027-07-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
      ['no reason', { reason: ' ' }, { code: 'BAD_USER_INPUT', argument: 'input.reason' }],
      ['after the return', {}, rule('RETURNED', 'assignment'), but({ returnedOn: '2026-10-05' })],
      [
        'a cancelled visit',
        {},
        rule('CANCELLED', 'assignment'),
        but({ cancelledOn: '2026-10-05' }),
      ],
    ]);
  });
});
