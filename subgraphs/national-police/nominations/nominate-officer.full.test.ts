import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  expectRefusals,
  group,
  openWrittenPolice,
  programme,
  refusalOf,
  rule,
  type Facts,
} from '../testing/test-mutations.js';

/** Every list of some of these. */
const subsetsOf = (all: readonly string[]): string[][] =>
  all.reduce<string[][]>((some, one) => [...some, ...some.map((each) => [...each, one])], [[]]);

const but = (change: object): Facts => ({ 'group nbnp:g': { ...group, ...change } });

describe.each(testDatabases)('Mutation.nominateOfficer on $name', (kind) => {
  it('adds a nomination of the first version', async () => {
    await using police = await openWrittenPolice(kind);
    const nomination = await police.write('nominateOfficer');
    expect(nomination).toEqual({
      id: expect.stringMatching(/^fi:/),
      groupId: 'nbnp:g',
      officer: { id: 'fi:demo-officer-5' },
      nominatedOn: '2026-02-03',
      withdrawnOn: null,
      motivation: 'Works on such cases.',
      version: 1,
    });
    const { officer } = await police.read(
      '{ officer(id: "fi:demo-officer-5") { nominations { id motivation } } }',
    );
    expect(officer).toEqual({
      nominations: [{ id: nomination.id, motivation: 'Works on such cases.' }],
    });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('nominateOfficer', { officer: 'fi:demo-officer-1' });
    await expectRefusals(police, 'nominateOfficer', [
      ['again', { officer: 'fi:demo-officer-1' }, rule('ALREADY_NOMINATED', 'officer')],
      [
        'a group from Russia',
        {},
        rule('DIRECTION', 'group'),
        but({ direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' }),
      ],
      [
        'a group that left',
        {},
        rule('DEPARTED', 'group'),
        but({ visits: [{ departedOn: null }, { departedOn: '2026-02-02' }] }),
      ],
    ]);
  });

  it.each(
    subsetsOf(['FI', 'EE', 'RU', 'UA']).flatMap((from) =>
      [['FI'], ['LV', 'DK']].map((to) => ({ from, to })),
    ),
  )('nominates for groups from a side of its country, wherever they go: %j', async (ends) => {
    await using police = await openWrittenPolice(kind);
    const { from, to } = ends;
    const side = { regions: [], selectors: [], hosts: [], coordinators: [] };
    const sides = {
      direction: null,
      from: { ...side, countries: from },
      to: { ...side, countries: to },
    };
    Object.assign(police.facts, but(sides));
    if (from.includes('FI')) await police.write('nominateOfficer');
    else
      await expectRefusals(police, 'nominateOfficer', [
        ['a side elsewhere', {}, rule('SIDE', 'group', 'PERSON_ELSEWHERE')],
      ]);
  });

  it('accepts the last day of a programme whose end is a month, and any day if the end is open', async () => {
    await using police = await openWrittenPolice(kind);
    await police.write('nominateOfficer', { on: '2027-06-30' });
    Object.assign(police.facts, but({ programme: { ...programme, endsOn: null } }));
    await police.write('nominateOfficer', { officer: 'fi:demo-officer-6', on: '2031-01-01' });
  });

  it('accepts one of fifty concurrent requests, and a new one after a withdrawal', async () => {
    await using police = await openWrittenPolice(kind);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => police.try('nominateOfficer')),
    );
    const refused = answers.filter(({ errors }) => errors);
    expect(refused).toHaveLength(49);
    for (const answer of refused) {
      expect(refusalOf(answer)).toMatchObject(rule('ALREADY_NOMINATED', 'officer'));
    }
    const id = answers.flatMap(({ data }) => (data?.['it'] as { id: string } | null)?.id ?? [])[0];
    police.facts['officer fi:demo-officer-5'] = {
      nominations: [{ id, acceptedOn: null, declinedOn: null }],
    };
    await police.write('withdrawOfficer', { nomination: id, on: '2026-02-04' });
    await police.write('nominateOfficer');
  });
});
