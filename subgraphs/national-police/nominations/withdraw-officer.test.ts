import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  accepted,
  expectRefusals,
  open,
  openWrittenPolice,
  refusalOf,
  rule,
  type Facts,
} from '../testing/test-mutations.js';

const decided = (nomination: object): Facts => ({
  'officer fi:demo-officer-3': { nominations: [nomination] },
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

  it('refuses an accepted officer, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await expectRefusals(police, 'withdrawOfficer', [
      ['an accepted officer', {}, rule('ACCEPTED', 'nomination'), decided(accepted)],
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
