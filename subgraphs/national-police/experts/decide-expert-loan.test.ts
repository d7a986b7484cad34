import { HubError } from '@hub/shared/errors';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import {
  badInput,
  expectRefusals,
  group,
  notThere,
  openWrittenPolice,
  refusalOf,
  rule,
  visit,
  type Facts,
} from '../testing/test-mutations.js';

const lent = 'expert fi:lent';
const of = (change: object): Facts => ({
  [lent]: { assignments: [{ id: 'nbnp:a', visit: { ...visit, ...change } }] },
});
const refused = {
  id: 'nbnp:a',
  loanGranted: false,
  loanDecidedOn: '2026-10-04',
  loanReason: 'Needed here.',
};

describe.each(testDatabases)('Mutation.decideExpertLoan on $name', (kind) => {
  it('refuses an expert or lends her, and shows the decision at the assignment', async () => {
    await using police = await openWrittenPolice(kind);
    const known = async (id: string, expertId = 'fi:lent') => {
      const representation = { __typename: 'ExpertAssignment', id, expertId };
      const fields = 'loanGranted loanDecidedOn loanReason';
      return (await police.entities([representation], `... on ExpertAssignment { ${fields} }`))[0];
    };
    const undecided = { loanGranted: null, loanDecidedOn: null, loanReason: null };
    expect(await known('nbnp:a')).toEqual(undecided);
    expect(await police.write('decideExpertLoan')).toEqual(refused);
    Object.assign(police.facts, {
      [lent]: {
        assignments: [
          { id: 'nbnp:a', visit },
          { id: 'nbnp:b', visit },
        ],
      },
    });
    const grant = { assignment: 'nbnp:b', grant: true, reason: null };
    const granted = { loanGranted: true, loanDecidedOn: '2026-10-04', loanReason: null };
    expect(await police.write('decideExpertLoan', grant)).toEqual({ id: 'nbnp:b', ...granted });
    expect(await known('nbnp:b')).toEqual(granted);
    // Another police force’s expert has no loan here.
    expect(await known('nbnp:b', 'se:lent')).toEqual(undecided);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'decideExpertLoan', [
      ['an unknown expert', { expert: 'fi:nobody' }, notThere('expert')],
      ['an id with NUL', { expert: 'fi:\0' }, notThere('expert')],
      ['another assignment', { assignment: 'nbnp:b' }, rule('NOT_ASSIGNED', 'assignment')],
      [
        'a released expert',
        {},
        rule('NOT_ASSIGNED', 'assignment'),
        { [lent]: { assignments: [] } },
      ],
      ['a visit that ended', {}, rule('RETURNED', 'assignment'), of({ returnedOn: '2026-10-02' })],
      ['a cancelled visit', {}, rule('CANCELLED', 'assignment'), of({ cancelledOn: '2026-10-02' })],
      [
        'a cancelled group',
        {},
        rule('CANCELLED', 'assignment'),
        of({ group: { ...group, cancelledOn: '2026-10-02' } }),
      ],
      ['after the programme', { on: '2027-07-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
      ['an empty reason', { reason: ' ' }, badInput('reason')],
      [
        'an unavailable network',
        {},
        { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' },
        { [lent]: new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' }) },
      ],
    ]);
    await police.write('decideExpertLoan');
    await expectRefusals(police, 'decideExpertLoan', [
      ['a second decision', { grant: true }, rule('ALREADY_DECIDED', 'assignment')],
      [
        'a decided assignment that was released',
        {},
        rule('NOT_ASSIGNED', 'assignment'),
        { [lent]: { assignments: [] } },
      ],
    ]);
  });

  it('decides once when many decisions arrive together', async () => {
    await using police = await openWrittenPolice(kind);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        police.try('decideExpertLoan', { grant: index % 2 === 0 }),
      ),
    );
    const rejected = answers.filter(({ errors }) => errors);
    expect(rejected).toHaveLength(9);
    for (const answer of rejected)
      expect(refusalOf(answer)).toMatchObject(rule('ALREADY_DECIDED', 'assignment'));
    expect(await police.source.manager.count(ExpertLoan)).toBe(1);
  });

  it('adds nothing about an erased expert, whose reasons are erased too', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('decideExpertLoan');
    await police.read('mutation { erased: eraseExpert(id: "fi:lent") }');
    expect(await police.source.manager.findBy(ExpertLoan, {})).toMatchObject([
      { assignmentId: 'nbnp:a', loanGranted: false, loanReason: null },
    ]);
    Object.assign(police.facts, { [lent]: { assignments: [{ id: 'nbnp:b', visit }] } });
    const other = { assignment: 'nbnp:b' };
    await expectRefusals(police, 'decideExpertLoan', [
      ['a loan', { ...other, grant: true, reason: null }, rule('ERASED', 'expert')],
      ['a reason', other, rule('ERASED', 'expert')],
    ]);
    await police.write('decideExpertLoan', { ...other, reason: null });
  });
});
