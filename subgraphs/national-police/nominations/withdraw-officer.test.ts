import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  accepted,
  expectRefusals,
  group,
  notThere,
  open,
  openWrittenPolice,
  refusalOf,
  rule,
  type Facts,
} from '../testing/test-mutations.js';

const decided = (nomination: object): Facts => ({
  'officer fi:demo-officer-3': { nominations: [nomination] },
});

const its = (change: object): Facts => ({
  ...decided(open),
  'group nbnp:demo-group-2': { ...group, ...change },
});

describe.each(testDatabases)('Mutation.withdrawOfficer on $name', (kind) => {
  it('withdraws a nomination, which is then no longer counted', async () => {
    await using police = await openWrittenPolice(kind);
    const count = async () => {
      const [counted] = await police.entities(
        [{ __typename: 'Group', id: 'nbnp:demo-group-2' }],
        '... on Group { officerNominationCount }',
      );
      return counted?.['officerNominationCount'];
    };
    expect(await count()).toBe(2);
    expect(await police.write('withdrawOfficer')).toEqual({
      id: 'fi:demo-nomination-2-3',
      groupId: 'nbnp:demo-group-2',
      officer: { id: 'fi:demo-officer-3' },
      nominatedOn: '2026-09-01',
      withdrawnOn: '2026-09-20',
      version: 2,
    });
    expect(await count()).toBe(1);
    await expectRefusals(police, 'withdrawOfficer', [
      ['once more', { version: 2 }, rule('WITHDRAWN', 'nomination')],
      [
        'with a stale version',
        {},
        { code: 'CONFLICT', currentVersion: 2, argument: 'input.version' },
      ],
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'withdrawOfficer', [
      ['no such nomination', { nomination: 'fi:nothing' }, notThere('nomination')],
      ['nothing’s id', { nomination: 'fi:\0' }, notThere('nomination')],
      ['another version', { version: 7 }, { code: 'CONFLICT', currentVersion: 1 }],
      ['an accepted officer', {}, rule('ACCEPTED', 'nomination'), decided(accepted)],
      ['before it', { on: '2026-08-31' }, rule('DATE_ORDER', 'on')],
      ['after the programme', { on: '2027-07-01' }, rule('OUTSIDE_PROGRAMME', 'on')],
      [
        'of a cancelled group',
        {},
        rule('CANCELLED', 'nomination'),
        its({ cancelledOn: '2026-09-12' }),
      ],
      [
        'of a group that departed',
        {},
        rule('DEPARTED', 'nomination'),
        its({ visits: [{ departedOn: '2026-09-12' }] }),
      ],
    ]);
  });

  it.each([
    ['declined', { ...open, declinedOn: '2026-09-12' }],
    ['released', { ...accepted, declinedOn: '2026-09-12' }],
  ])('withdraws one that is %s', async (_, nomination) => {
    await using police = await openWrittenPolice(kind);
    Object.assign(police.facts, decided(nomination));
    await police.write('withdrawOfficer');
  });

  it('is executed once by fifty concurrent requests', async () => {
    await using police = await openWrittenPolice(kind);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => police.try('withdrawOfficer')),
    );
    const refused = answers.filter(({ errors }) => errors);
    expect(refused).toHaveLength(49);
    for (const answer of refused) {
      expect(refusalOf(answer)).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    }
  });
});
