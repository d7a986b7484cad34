import { expect } from 'vitest';
import type { Chapter, Story } from '../both-ways/story.js';
import {
  decisionOn,
  nominates,
  nominationMutation,
  personOf,
  register,
  selects,
  type Traveller,
} from './travellers.js';

const group = 'baltic';

const officers = (who: 'lv' | 'lt', ...units: string[]): Traveller[] =>
  units.map((unit, index) => ({ who, name: `${who} ${index + 1}`, group, home: { unit } }));

const delegates = (local: 'rix' | 'vno', country: string, authority: string, count: number) =>
  Array.from({ length: count }, (_, index): Traveller => {
    const home = { office: `ncm:${local}`, country };
    return { who: 'ncm', name: `${local} ${index + 1}`, group, home, authority };
  });

const nominees = [
  officers('lv', 'lv:police', 'lv:police', 'lv:oced', 'lv:oced', 'lv:police'),
  officers('lt', 'lt:lkpb', 'lt:lkpb', 'lt:lkpb', 'lt:lkpb'),
  delegates('rix', 'LV', 'nbnp:lv-prosecutor', 4),
  delegates('vno', 'LT', 'nbnp:lt-moi', 3),
];
/** Twelve: four and three officers, three and two delegates. */
export const members = nominees.flatMap((some) => some.slice(0, -1));
/** One of each. */
const reserves = nominees.flatMap((some) => some.slice(-1));

const of = (name: string): Traveller => {
  const found = [...members, ...reserves].find((one) => one.name === name);
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found;
};

const nominee = (who: Traveller['who'], name: string, home: object): Traveller => ({
  who,
  name,
  group,
  home,
});

const refusesNominee = async (story: Story, stranger: Traveller, rule: string): Promise<void> => {
  await register(story, stranger);
  const nomination = { group: story.of(group), on: '2031-01-15' };
  const input = { ...nomination, ...personOf(story, stranger) };
  await story.refused(stranger.who, nominationMutation(stranger), input, { rule });
};

/** Police forces and offices of Latvia and Lithuania find twelve people and four reserves. */
export const balticPeople: Chapter = {
  title: 'The people from Latvia and Lithuania',
  steps: [
    ...[...members, ...reserves].map(nominates),
    [
      '2031-01-16',
      'nobody comes from a country that the side does not name',
      async (story) => {
        const officer = nominee('ee', 'ee 1', { unit: 'ee:ppa' });
        await refusesNominee(story, officer, 'SIDE');
        const delegate = nominee('ncm', 'tll 1', { office: 'ncm:rix', country: 'EE' });
        await refusesNominee(story, delegate, 'SIDE');
      },
    ],
    [
      '2031-01-16',
      'an office registers nobody of a country that no side names',
      (story) =>
        story.refused(
          'ncm',
          'registerDelegate',
          { office: 'ncm:rix', country: 'PL', name: 'A', targetGroup: 'COURT', languages: [] },
          { rule: 'SIDE', argument: 'input.country' },
        ),
    ],
    [
      '2031-01-16',
      'an office that the side does not name selects nobody',
      async (story) => {
        const stranger = nominee('ncm', 'narva 1', { office: 'ncm:narva', country: 'LV' });
        await refusesNominee(story, stranger, 'SIDE');
      },
    ],
    [
      '2031-01-20',
      'NBNP decides on the officers, and the offices on their delegates',
      async (story) => {
        const waiting = (who: string) =>
          members
            .concat(reserves)
            .flatMap((one) =>
              (one.who === 'ncm') === (who === 'ncm')
                ? `DECIDE_NOMINATION ${story.of(`${one.name}’s nomination`)}`
                : [],
            );
        for (const who of ['nbnp', 'ncm'])
          expect((await story.tasksOf(who)).toSorted(), who).toEqual(waiting(who).toSorted());
      },
    ],
    [
      '2031-02-01',
      'a delegate is selected with an authority that the side names, and with no other',
      async (story) => {
        const { input } = decisionOn(story, of('rix 1'));
        for (const authority of [undefined, 'nbnp:ru-mvd-karelia', 'nbnp:lv-moi'])
          await story.refused(
            'ncm',
            'selectDelegate',
            { ...input, authority, on: '2031-02-01' },
            { rule: 'AUTHORITY' },
          );
      },
    ],
    ...members.map((one) => selects(one)),
    [
      '2031-02-03',
      'the thirteenth finds no place, an officer as little as a delegate',
      async (story) => {
        for (const one of reserves) {
          const { who, mutation, input } = decisionOn(story, one);
          const late = { ...input, on: '2031-02-03' };
          await story.refused(who, mutation, late, { code: 'GROUP_FULL' });
        }
      },
    ],
    ...reserves.map((one): Chapter['steps'][number] => {
      const [, sentence, act] = selects(one, true);
      return ['2031-02-03', sentence, act];
    }),
    [
      '2031-02-04',
      'twelve people of two police forces and two offices are one group',
      async (story) => {
        const selection =
          'state memberCount delegateCount officerNominationCount members { id } coordinatingOffice { id }';
        const read = await story.read('nbnp', 'group', story.of(group), selection);
        const ids = members.map(({ name }) => ({ id: story.of(name) }));
        expect(read).toMatchObject({ state: 'SELECTED', memberCount: 12, delegateCount: 5 });
        expect(read.members).toHaveLength(12);
        expect(read.members).toEqual(expect.arrayContaining(ids));
        for (const who of ['nbnp', 'ncm', 'lv', 'lt'])
          expect((await story.tasksOf(who)).join(), who).not.toContain('DECIDE_NOMINATION');
      },
    ],
    [
      '2031-02-05',
      'their names are for those who run the group, and for their own side',
      async (story) => {
        await story.expectReaders(['officer', story.of('lv 1'), 'name'], {
          may: ['lv', 'nbnp', 'ncm'],
          mayNot: ['lt', 'ee', 'dk', 'nbnp liaison', 'ncm auditor', 'anonymous'],
        });
        await story.expectReaders(['delegate', story.of('vno 1'), 'name'], {
          may: ['ncm', 'nbnp'],
          mayNot: ['lv', 'lt', 'dk', 'nbnp liaison', 'anonymous'],
        });
      },
    ],
  ],
};
