import { expect } from 'vitest';
import { completeFormalities, expectOpen, recordFormality } from './formalities.js';
import type { Chapter, Step, Story } from './story.js';

export const traveller = (name: string) => ({ who: 'ncm', name, group: 'north' });

export const completes = (day: string, name: string): Step => [
  day,
  `the offices complete ${name}’s formalities`,
  (story) => completeFormalities(story, traveller(name), day),
];

export const briefing = (story: Story, on: string, attendees: readonly string[]) => ({
  group: story.of('north'),
  office: 'ncm:led',
  kind: 'BRIEFING',
  on,
  place: 'Petrozavodsk',
  agenda: 'Visas, and what to ask.',
  attendees: attendees.map((name) => story.of(name)),
});

export const meetings = 'delegatesBriefedOn delegateMeetings { kind on attended missed }';

export const missedWarnings = async (story: Story): Promise<string[]> =>
  (await story.warnings(story.of('north'))).filter((text) => text.includes('missed'));

/** What travellers must have, know and need; Clara’s visa is late, and Dina misses the briefing. */
export const northPeople: Chapter = {
  title: 'Before the departure',
  steps: [
    [
      '2031-04-01',
      'five formalities of each of four members are open, and NBNP is warned',
      async (story) => {
        await expectOpen(story, 'north', 20);
        const open = ['Anna', 'Boris', 'Clara', 'Dina'].map(
          (name) => `COMPLETE_FORMALITIES ${story.of(name)}`,
        );
        expect(await story.tasksOf('ncm')).toEqual(expect.arrayContaining(open));
        expect(await story.tasksOf('ncm')).not.toContain(
          `COMPLETE_FORMALITIES ${story.of('Elena')}`,
        );
      },
    ],
    [
      '2031-04-01',
      'whoever is declined has no formalities',
      (story) =>
        story.refused(
          'ncm',
          'recordDelegateFormality',
          {
            delegate: story.of('Fedor'),
            group: story.of('north'),
            kind: 'VISA',
            status: 'REQUESTED',
            on: '2031-04-01',
          },
          { rule: 'NOT_MEMBER' },
        ),
    ],
    completes('2031-04-01', 'Anna'),
    completes('2031-04-01', 'Boris'),
    completes('2031-04-01', 'Dina'),
    [
      '2031-04-01',
      'Clara has everything but her visa, which is requested',
      async (story) => {
        for (const [kind, status] of [
          ['INVITATION_LETTER', 'RECEIVED'],
          ['TICKET', 'RECEIVED'],
          ['INSURANCE', 'NOT_NEEDED'],
          ['CONSENT', 'RECEIVED'],
          ['VISA', 'REQUESTED'],
        ] as const)
          await recordFormality(story, traveller('Clara'), { kind, status, on: '2031-04-01' });
        await expectOpen(story, 'north', 1);
      },
    ],
    [
      '2031-04-02',
      'formalities are for the offices and NBNP',
      (story) =>
        story.expectReaders(
          [
            'delegate',
            story.of('Clara'),
            `formalities(group: "${story.of('north')}") { kind status on note }`,
          ],
          {
            may: ['ncm', 'ncm liaison', 'nbnp'],
            mayNot: ['fi', 'no', 'dk', 'nbnp liaison', 'ncm analyst', 'ncm auditor', 'anonymous'],
          },
        ),
    ],
    [
      '2031-04-03',
      'Anna’s needs are for the offices and NBNP until 30 days before the departure',
      async (story) => {
        const needs = { diet: 'No nuts', access: null, emergencyContact: 'A sister' };
        const input = { delegate: story.of('Anna'), ...needs };
        const selection = 'travelNeeds { diet access emergencyContact }';
        expect(await story.done('ncm', 'setDelegateTravelNeeds', input, selection)).toEqual({
          travelNeeds: needs,
        });
        await story.expectReaders(['delegate', story.of('Anna'), 'travelNeeds { diet }'], {
          may: ['ncm', 'ncm liaison', 'nbnp'],
          mayNot: ['fi', 'no', 'dk', 'anonymous'],
        });
      },
    ],
    [
      '2031-04-04',
      'from then on the hosts read them too',
      (story) =>
        story.expectReaders(['delegate', story.of('Anna'), 'travelNeeds { diet }'], {
          may: ['ncm', 'nbnp', 'fi', 'no'],
          mayNot: ['fi liaison', 'fi auditor', 'lv', 'dk', 'anonymous'],
        }),
    ],
    [
      '2031-04-20',
      'only members are briefed: Elena is a reserve',
      (story) =>
        story.refused(
          'ncm',
          'recordDelegatesMeeting',
          briefing(story, '2031-04-20', ['Anna', 'Elena']),
          { rule: 'NOT_MEMBER' },
        ),
    ],
    [
      '2031-04-20',
      'the offices brief the group; Dina misses it, which is a warning',
      async (story) => {
        const input = briefing(story, '2031-04-20', ['Anna', 'Boris', 'Clara']);
        await story.finish('ncm', `BRIEF_GROUP ${input.group}`, async () =>
          expect(await story.done('ncm', 'recordDelegatesMeeting', input, meetings)).toEqual({
            delegatesBriefedOn: '2031-04-20',
            delegateMeetings: [{ kind: 'BRIEFING', on: '2031-04-20', attended: 3, missed: 1 }],
          }),
        );
        expect(await missedWarnings(story)).toEqual([expect.stringContaining('1 of 4')]);
      },
    ],
    [
      '2031-04-21',
      'where they met is for every organisation, what it was about for those who run the week',
      async (story) => {
        const group = story.of('north');
        await story.expectReaders(['group', group, 'delegateMeetings { kind on place }'], {
          may: ['dk', 'dk auditor', 'fi analyst'],
          mayNot: [],
        });
        for (const field of ['agenda', 'outcome', 'attended'])
          await story.expectReaders(['group', group, `delegateMeetings { ${field} }`], {
            may: ['ncm', 'nbnp', 'fi', 'no liaison'],
            mayNot: ['dk', 'fi analyst', 'ncm auditor'],
          });
        // As a visit that has not ended, a meeting is left out for the anonymous.
        expect(await story.see('anonymous', 'group', group, 'delegateMeetings { on }')).toEqual([]);
      },
    ],
  ],
};
