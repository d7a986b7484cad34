import { expect } from 'vitest';
import type { Chapter, Step, Story } from './story.js';

const authority = 'nbnp:ru-mvd-karelia';

/** The nomination of a delegate: what decides on it. */
export const nominationOf = (story: Story, name: string, on: string) => ({
  nomination: story.of(`${name}’s nomination`),
  on,
});

const nominates = (name: string): Step => [
  '2031-01-15',
  `the offices register ${name} and nominate her`,
  async (story) => {
    const person = { office: 'ncm:led', name, targetGroup: 'POLICE', region: 'RU-KR' };
    const input = { ...person, email: `${name}@example.org`, languages: ['ru'] };
    const { id: delegate } = await story.done('ncm', 'registerDelegate', input);
    story.keep(name, delegate);
    const nominee = { group: story.of('north'), delegate, on: '2031-01-15' };
    const { id } = await story.done('ncm', 'nominateDelegate', nominee);
    story.keep(`${name}’s nomination`, id);
    expect(await story.tasksOf('ncm')).toContain(`DECIDE_NOMINATION ${id}`);
  },
];

const selects = (name: string): Step => [
  '2031-02-02',
  `the office and the local authority select ${name}`,
  async (story) => {
    const decision = nominationOf(story, name, '2031-02-02');
    await story.finish('ncm', `DECIDE_NOMINATION ${decision.nomination}`, () =>
      story.done('ncm', 'selectDelegate', {
        ...decision,
        localAuthority: 'Administration of the Republic of Karelia',
        version: 1,
      }),
    );
  },
];

/** The offices find six people in Karelia: four members, a reserve, and one whom they decline. */
export const delegates: Chapter = {
  title: 'The delegates',
  steps: [
    [
      '2031-01-15',
      'a police registers no delegate',
      (story) =>
        story.refused(
          'fi',
          'registerDelegate',
          { office: 'ncm:led', name: 'A', targetGroup: 'POLICE', region: 'RU-KR', languages: [] },
          { code: 'FORBIDDEN' },
        ),
    ],
    ...['Anna', 'Boris', 'Clara', 'Dina', 'Elena', 'Fedor'].map(nominates),
    [
      '2031-01-16',
      'the group has nominees now',
      async (story) =>
        expect(
          await story.read('anonymous', 'group', story.of('north'), 'state memberCount'),
        ).toEqual({ state: 'NOMINATED', memberCount: 0 }),
    ],
    [
      '2031-01-20',
      'the offices correct what Anna speaks',
      async (story) => {
        const change = { delegate: story.of('Anna'), languages: ['ru', 'en'], version: 1 };
        const changed = await story.done('ncm', 'changeDelegate', change, 'languages name version');
        expect(changed).toEqual({ languages: ['ru', 'en'], name: 'Anna', version: 2 });
      },
    ],
    [
      '2031-02-01',
      'nobody is selected without a local authority',
      (story) =>
        story.refused(
          'ncm',
          'selectDelegate',
          { ...nominationOf(story, 'Anna', '2031-02-01'), version: 1 },
          { rule: 'AUTHORITY' },
        ),
    ],
    [
      '2031-02-01',
      'two letters name no authority',
      (story) =>
        story.refused(
          'ncm',
          'selectDelegate',
          { ...nominationOf(story, 'Anna', '2031-02-01'), localAuthority: 'MV', version: 1 },
          { rule: 'AUTHORITY' },
        ),
    ],
    [
      '2031-02-01',
      'nor does an organisation that the network does not know',
      (story) =>
        story.refused(
          'ncm',
          'selectDelegate',
          { ...nominationOf(story, 'Anna', '2031-02-01'), authority: 'nbnp:none', version: 1 },
          { code: 'NOT_FOUND', argument: 'input.authority' },
        ),
    ],
    [
      '2031-02-02',
      'the office and the ministry in Karelia select Anna',
      async (story) => {
        const input = { ...nominationOf(story, 'Anna', '2031-02-02'), authority, version: 1 };
        const selection = 'status reserve replaces { id } authority { id name }';
        expect(await story.done('ncm', 'selectDelegate', input, selection)).toEqual({
          status: 'SELECTED',
          reserve: false,
          replaces: null,
          authority: { id: authority, name: expect.stringContaining('Karelia') },
        });
      },
    ],
    ...['Boris', 'Clara', 'Dina'].map(selects),
    [
      '2031-02-03',
      'a reserve replaces nobody',
      (story) =>
        story.refused(
          'ncm',
          'selectDelegate',
          {
            ...nominationOf(story, 'Elena', '2031-02-03'),
            authority,
            reserve: true,
            replaces: story.of('Dina’s nomination'),
            version: 1,
          },
          { code: 'BAD_USER_INPUT', argument: 'input.replaces' },
        ),
    ],
    [
      '2031-02-03',
      'Elena becomes a reserve, and takes no place',
      async (story) => {
        const decision = nominationOf(story, 'Elena', '2031-02-03');
        const input = { ...decision, authority, reserve: true, version: 1 };
        const selection = 'status reserve group { memberCount delegateCount members { id } }';
        const { group, ...nomination } = await story.done(
          'ncm',
          'selectDelegate',
          input,
          selection,
        );
        expect(nomination).toEqual({ status: 'SELECTED', reserve: true });
        expect(group).toMatchObject({ memberCount: 4, delegateCount: 4 });
        expect(group.members).not.toContainEqual({ id: story.of('Elena') });
      },
    ],
    [
      '2031-02-03',
      'nobody is replaced who is not gone',
      (story) =>
        story.refused(
          'ncm',
          'selectDelegate',
          {
            ...nominationOf(story, 'Fedor', '2031-02-03'),
            authority,
            replaces: story.of('Dina’s nomination'),
            version: 1,
          },
          { rule: 'NOT_GONE', argument: 'input.replaces' },
        ),
    ],
    [
      '2031-02-04',
      'the offices decline Fedor',
      async (story) => {
        const decision = nominationOf(story, 'Fedor', '2031-02-04');
        const input = { ...decision, reason: 'He is needed at home.', version: 1 };
        await story.finish('ncm', `DECIDE_NOMINATION ${decision.nomination}`, () =>
          story.done('ncm', 'declineDelegate', input),
        );
      },
    ],
    [
      '2031-02-05',
      'the group is selected: NBNP reads its people, and a police that has no part in it does not',
      async (story) => {
        const group = await story.read(
          'nbnp',
          'group',
          story.of('north'),
          'state delegatesSelectedOn members { id name }',
        );
        const names = ['Anna', 'Boris', 'Clara', 'Dina'];
        expect(group).toMatchObject({ state: 'SELECTED', delegatesSelectedOn: '2031-02-02' });
        expect(group.members.map(({ name }: { name: string }) => name).toSorted()).toEqual(names);
        await story.expectReaders(['delegate', story.of('Anna'), 'name'], {
          may: ['ncm', 'ncm liaison', 'nbnp'],
          mayNot: ['fi', 'dk', 'nbnp liaison', 'ncm analyst', 'ncm auditor'],
        });
      },
    ],
  ],
};
