import { expect } from 'vitest';
import type { Chapter, Step, Story } from './story.js';

/** Whom each police nominates, and from which unit. */
export const officers = {
  dk: ['Astrid', 'dk:police'],
  ee: ['Triin', 'ee:ppa'],
  fi: ['Aino', 'fi:npb'],
  is: ['Birna', 'is:rls'],
  lt: ['Rasa', 'lt:lkpb'],
  lv: ['Ilze', 'lv:police'],
  no: ['Ingrid', 'no:pod'],
  se: ['Karin', 'se:npb'],
} as const;
export type Police = keyof typeof officers;
export const polices = Object.keys(officers) as Police[];

/** A decision of NBNP on the officer of a police. */
export const decisionOn = (story: Story, police: Police, on: string) => {
  const [name] = officers[police];
  return {
    group: story.of('south'),
    officer: story.of(name),
    nomination: story.of(`${name}’s nomination`),
    on,
    version: 1,
  };
};

export const accept = (
  story: Story,
  police: Police,
  on: string,
  more: object = {},
  selection?: string,
) => {
  const input = { ...decisionOn(story, police, on), ...more };
  return story.done('nbnp', 'acceptOfficer', input, selection);
};

const nominates = (police: Police): Step => [
  '2031-02-06',
  `${police} registers ${officers[police][0]} and nominates her`,
  async (story) => {
    const [name, unit] = officers[police];
    const person = { unit, name, email: `${name}@example.org`, rank: 'Inspector' };
    const input = { ...person, targetGroup: 'POLICE', languages: ['en'] };
    const { id: officer } = await story.done(police, 'registerOfficer', input);
    story.keep(name, officer);
    const nominee = { group: story.of('south'), officer, on: '2031-02-06' };
    const motivation = 'She works with victims.';
    const { id } = await story.done(police, 'nominateOfficer', { ...nominee, motivation });
    story.keep(`${name}’s nomination`, id);
    expect(await story.tasksOf('nbnp')).toContain(`DECIDE_NOMINATION ${id}`);
  },
];

/** All eight polices nominate; NBNP decides after Sweden was away. */
export const nominations: Chapter = {
  title: 'The officers',
  steps: [
    ...polices.map(nominates),
    [
      '2031-02-06',
      'a police nominates nobody else’s officer',
      (story) =>
        story.refused(
          'dk',
          'nominateOfficer',
          { group: story.of('south'), officer: story.of('Karin'), on: '2031-02-06' },
          { code: 'FORBIDDEN' },
        ),
    ],
    [
      '2031-02-06',
      'nobody is nominated twice',
      (story) =>
        story.refused(
          'dk',
          'nominateOfficer',
          { group: story.of('south'), officer: story.of('Astrid'), on: '2031-02-06' },
          { rule: 'ALREADY_NOMINATED' },
        ),
    ],
    [
      '2031-02-07',
      'Denmark promotes Astrid, and another desk had read her before',
      async (story) => {
        const change = { officer: story.of('Astrid'), rank: 'Chief inspector', version: 1 };
        expect(await story.done('dk', 'changeOfficer', change, 'rank version')).toEqual({
          rank: 'Chief inspector',
          version: 2,
        });
        await story.refused('dk', 'changeOfficer', change, { code: 'CONFLICT', currentVersion: 2 });
      },
    ],
    [
      '2031-02-08',
      'her rank is for Denmark, and for the network that decides on her, as long as she is a nominee',
      (story) =>
        story.expectReaders(['officer', story.of('Astrid'), 'rank'], {
          may: ['dk', 'dk liaison', 'nbnp'],
          mayNot: ['nbnp liaison', 'ncm', 'se', 'dk analyst', 'dk auditor', 'anonymous'],
        }),
    ],
  ],
};

const accepts = (police: Police): Step => [
  '2031-02-20',
  `NBNP accepts ${officers[police][0]}`,
  async (story) => {
    const { nomination } = decisionOn(story, police, '2031-02-20');
    await story.finish('nbnp', `DECIDE_NOMINATION ${nomination}`, () =>
      accept(story, police, '2031-02-20'),
    );
  },
];

const membersAre = (story: Story, names: readonly string[]) =>
  names.map((name) => ({ id: story.of(name) })).toSorted((one, two) => (one.id < two.id ? -1 : 1));

/** Six members, a reserve, and one for whom there is no place. */
export const acceptances: Chapter = {
  title: 'The members',
  steps: [
    ...(['ee', 'fi', 'lv', 'no', 'se'] as const).map(accepts),
    [
      '2031-02-21',
      'the group is full: Rasa of Lithuania gets no place',
      async (story) => {
        const input = decisionOn(story, 'lt', '2031-02-21');
        await story.refused('nbnp', 'acceptOfficer', input, { code: 'GROUP_FULL' });
      },
    ],
    [
      '2031-02-21',
      'Birna of Iceland is accepted as a reserve into the full group',
      async (story) => {
        const selection = 'memberCount acceptedOfficers { id } state';
        expect(await accept(story, 'is', '2031-02-21', { reserve: true }, selection)).toEqual({
          memberCount: 6,
          acceptedOfficers: membersAre(story, [
            'Astrid',
            'Triin',
            'Aino',
            'Ilze',
            'Ingrid',
            'Karin',
          ]),
          state: 'SELECTED',
        });
        const { nominations } = await story.read(
          'is',
          'officer',
          story.of('Birna'),
          'nominations { reserve acceptedOn replaces { id } }',
        );
        expect(nominations).toEqual([{ reserve: true, acceptedOn: '2031-02-21', replaces: null }]);
      },
    ],
    [
      '2031-02-21',
      'a reserve becomes no member while the group is full',
      async (story) => {
        const input = decisionOn(story, 'is', '2031-02-21');
        await story.refused('nbnp', 'acceptOfficer', input, { code: 'GROUP_FULL' });
      },
    ],
    [
      '2031-02-22',
      'Lithuania withdraws Rasa, and nobody has to decide on her any more',
      async (story) => {
        const nomination = story.of('Rasa’s nomination');
        const input = { nomination, on: '2031-02-22', version: 1 };
        await story.finish('nbnp', `DECIDE_NOMINATION ${nomination}`, () =>
          story.done('lt', 'withdrawOfficer', input),
        );
      },
    ],
    [
      '2031-02-22',
      'NBNP can read of Birna, its reserve, and no longer of Rasa, whom Lithuania withdrew',
      async (story) => {
        const nobodyElse = ['ncm', 'dk', 'nbnp liaison', 'anonymous'] as const;
        for (const field of ['name', 'email', 'rank']) {
          const readers = { may: ['nbnp', 'is'] as const, mayNot: nobodyElse };
          await story.expectReaders(['officer', story.of('Birna'), field], readers);
          const others = { may: ['lt'] as const, mayNot: ['nbnp', ...nobodyElse] as const };
          await story.expectReaders(['officer', story.of('Rasa'), field], others);
        }
      },
    ],
    [
      '2031-02-22',
      'Denmark cannot withdraw Astrid, whom NBNP has accepted',
      (story) =>
        story.refused(
          'dk',
          'withdrawOfficer',
          { nomination: story.of('Astrid’s nomination'), on: '2031-02-22', version: 1 },
          { rule: 'ACCEPTED' },
        ),
    ],
    [
      '2031-02-22',
      'Astrid’s name is read by those who run her group now, and by no other police',
      (story) =>
        story.expectReaders(['officer', story.of('Astrid'), 'name'], {
          may: ['dk', 'nbnp', 'ncm'],
          mayNot: ['se', 'nbnp liaison', 'ncm liaison', 'ncm auditor', 'anonymous'],
        }),
    ],
  ],
};
