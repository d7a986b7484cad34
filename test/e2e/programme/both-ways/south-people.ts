import { expect } from 'vitest';
import { completeFormalities, expectOpen, recordFormality } from './formalities.js';
import { accept, officers, type Police } from './officers.js';
import type { Chapter, Step, Story } from './story.js';

const traveller = (police: Police) => ({
  who: police,
  name: officers[police][0],
  group: 'south',
});

const completes = (day: string, police: Police): Step => [
  day,
  `${police} completes ${officers[police][0]}’s formalities`,
  (story) => completeFormalities(story, traveller(police), day),
];

const briefing = (story: Story, on: string, polices: readonly Police[]) => ({
  group: story.of('south'),
  kind: 'BRIEFING',
  on,
  place: 'Copenhagen',
  agenda: 'What to ask.',
  attendees: polices.map((police) => story.of(officers[police][0])),
});

const brief = async (story: Story, on: string, polices: readonly Police[]) => {
  const input = briefing(story, on, polices);
  const current = await story.now('group', input.group, input);
  const selection = 'briefedOn meetings { kind attended missed }';
  return story.done('nbnp', 'recordGroupMeeting', current, selection);
};

const missedWarnings = async (story: Story): Promise<string[]> =>
  (await story.warnings(story.of('south'))).filter((text) => text.includes('missed'));

/** Formalities, needs and a briefing; Aino falls ill, and the reserve from Iceland travels for her. */
export const southPeople: Chapter = {
  title: 'Before the departure to Russia',
  steps: [
    ...(['dk', 'ee', 'lv', 'no', 'se'] as const).map((police) => completes('2031-07-01', police)),
    [
      '2031-07-01',
      'Iceland is ready for its reserve',
      async (story) => {
        const letter = { kind: 'INVITATION_LETTER', status: 'RECEIVED', on: '2031-07-01' };
        await recordFormality(story, traveller('is'), letter);
        await expectOpen(story, 'south', 5);
      },
    ],
    [
      '2031-08-07',
      'Astrid’s needs are for Denmark and NBNP until 30 days before the departure',
      async (story) => {
        const input = { officer: story.of('Astrid'), access: 'A lift' };
        await story.done('dk', 'setOfficerTravelNeeds', input);
        await story.expectReaders(['officer', story.of('Astrid'), 'travelNeeds { access }'], {
          may: ['dk', 'dk liaison', 'nbnp'],
          mayNot: ['ncm', 'se', 'dk analyst', 'anonymous'],
        });
      },
    ],
    [
      '2031-08-08',
      'from then on the office that hosts reads them too',
      (story) =>
        story.expectReaders(['officer', story.of('Astrid'), 'travelNeeds { access }'], {
          may: ['dk', 'nbnp', 'ncm'],
          mayNot: ['ncm liaison', 'se', 'anonymous'],
        }),
    ],
    [
      '2031-08-20',
      'the offices brief no officers',
      (story) =>
        story.refused(
          'ncm',
          'recordDelegatesMeeting',
          { group: story.of('south'), office: 'ncm:led', kind: 'BRIEFING', on: '2031-08-20' },
          { rule: 'DIRECTION' },
        ),
    ],
    [
      '2031-08-20',
      'NBNP briefs them; Aino misses it, which is a warning',
      async (story) => {
        expect(await brief(story, '2031-08-20', ['dk', 'ee', 'lv', 'no', 'se'])).toEqual({
          briefedOn: '2031-08-20',
          meetings: [{ kind: 'BRIEFING', attended: 5, missed: 1 }],
        });
        expect(await missedWarnings(story)).toEqual([expect.stringContaining('1 of 6')]);
      },
    ],
    [
      '2031-09-07',
      'Aino is ill: Finland has nothing to complete for her any more',
      async (story) => {
        const absence = {
          group: story.of('south'),
          visit: story.of('the other week'),
          participant: story.of('Aino'),
          from: '2031-09-07',
          reason: 'ILLNESS',
        };
        await story.finish('fi', `COMPLETE_FORMALITIES ${absence.participant}`, async () =>
          story.done('nbnp', 'recordAbsence', await story.now('group', absence.group, absence)),
        );
      },
    ],
    [
      '2031-09-07',
      'Birna takes the place of Aino, who is released',
      async (story) => {
        const replaces = story.of('Aino’s nomination');
        const selection = 'memberCount acceptedOfficers { id } reportsExpected';
        const group = await accept(
          story,
          'is',
          '2031-09-07',
          { replaces, decisionVersion: 1 },
          selection,
        );
        expect(group).toMatchObject({ memberCount: 6, reportsExpected: 6 });
        expect(group.acceptedOfficers).toContainEqual({ id: story.of('Birna') });
        expect(group.acceptedOfficers).not.toContainEqual({ id: story.of('Aino') });
        const own = 'nominations { reserve declinedOn replaces { id declinedOn } }';
        const { nominations } = await story.read('nbnp', 'officer', story.of('Birna'), own);
        const replaced = { id: replaces, declinedOn: '2031-09-07' };
        expect(nominations).toEqual([{ reserve: false, declinedOn: null, replaces: replaced }]);
      },
    ],
    [
      '2031-09-07',
      'Iceland sends now, and reads the plan; Finland does no more',
      (story) =>
        story.expectReaders(['visit', story.of('the other week'), 'stops { title }'], {
          may: ['is', 'is liaison', 'dk'],
          mayNot: ['fi', 'fi liaison', 'lt'],
        }),
    ],
    [
      '2031-09-07',
      'NBNP briefs Birna on her own, and nobody has missed the briefing any more',
      async (story) => {
        const { meetings } = await brief(story, '2031-09-07', ['dk', 'ee', 'is', 'lv', 'no', 'se']);
        expect(meetings).toEqual([{ kind: 'BRIEFING', attended: 6, missed: 0 }]);
        expect(await missedWarnings(story)).toEqual([]);
      },
    ],
    completes('2031-09-07', 'is'),
    [
      '2031-09-07',
      'everything is ready',
      async (story) => {
        expect(await story.warnings(story.of('south'))).toEqual([]);
        for (const who of story.network.codes)
          expect(await story.tasksOf(who), who).toEqual(
            who === 'nbnp' ? [`RECORD_DEPARTURE ${story.of('the other week')}`] : [],
          );
      },
    ],
  ],
};
