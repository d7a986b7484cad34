import { bothDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { openTestVisits, programme, south, type TestVisits } from '../testing/test-visits.js';

const { group } = south;

const hub = {
  NominationsOf: ({ id }: Readonly<Record<string, unknown>>) => ({
    officer: {
      targetGroup: 'POLICE',
      nominations: [
        {
          id: `${String(id)}-nomination`,
          groupId: group,
          nominatedOn: '2030-01-15',
          withdrawnOn: null,
          version: 1,
        },
      ],
    },
  }),
};

/** What people decide at the same time, about the person of this number. */
interface Decision {
  readonly person: number;
  readonly way: 'member' | 'reserve' | 'decline';
}

const decision = fc.record<Decision>({
  person: fc.nat({ max: 9 }),
  way: fc.constantFrom('member', 'reserve', 'decline'),
});

/** All of them read the same: nobody is decided, and the group has its first version. */
async function decideAll(network: TestVisits, decisions: readonly Decision[]): Promise<string[]> {
  const responses = await Promise.all(
    decisions.map(({ person, way }) =>
      network.change(way === 'decline' ? 'declineOfficer' : 'acceptOfficer', {
        group,
        officer: `no:race-${person}`,
        nomination: `no:race-${person}-nomination`,
        on: '2030-02-20',
        version: 1,
        ...(way === 'reserve' && { reserve: true }),
      }),
    ),
  );
  return responses.map(({ errors }) => String(errors?.[0]?.extensions.code ?? 'done'));
}

const ten = Array.from({ length: 10 }, (_, person): Decision => ({ person, way: 'member' }));

describe.each(bothDatabases)('Concurrent decisions on officers on $name', (kind) => {
  it('succeed for different people, and once for one person', async () => {
    const races = fc.array(decision, { minLength: 2, maxLength: 25 });
    for (const decisions of fc.sample(races, { numRuns: 8, seed: 29 })) {
      await using network = await openTestVisits(kind, hub);
      await network.update(Programme, programme, { groupSizeMax: 100 });
      const codes = await decideAll(network, decisions);
      const people = new Set(decisions.map(({ person }) => person));
      for (const person of people) {
        const own = codes.filter((_, index) => decisions[index]?.person === person);
        const done = own.filter((code) => code === 'done');
        const refused = own.filter((code) => ['CONFLICT', 'RULE_VIOLATED'].includes(code));
        expect([done.length, refused.length], JSON.stringify(decisions)).toEqual([
          1,
          own.length - 1,
        ]);
      }
      const decided = await network.source.manager.countBy(OfficerNomination, {
        groupId: group,
        decisionVersion: 1,
      });
      // Two are members of the group before.
      expect(decided).toBe(people.size + 2);
    }
  });

  it('give the last two places to two of ten people, and GROUP_FULL to eight', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.update(Programme, programme, { groupSizeMax: 4 });
    const codes = await decideAll(network, ten);
    expect(codes.toSorted()).toEqual([...Array<string>(8).fill('GROUP_FULL'), 'done', 'done']);
  });

  it('give all ten their places in a group that has them', async () => {
    await using network = await openTestVisits(kind, hub);
    await network.update(Programme, programme, { groupSizeMax: 12 });
    expect(await decideAll(network, ten)).toEqual(Array(10).fill('done'));
    expect(await network.read(`{ group(id: "${group}") { version } }`)).toEqual({
      group: { version: 11 },
    });
  });
});
