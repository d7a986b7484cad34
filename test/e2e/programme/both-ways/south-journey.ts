import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { officers, type Police } from './officers.js';
import type { Chapter, Step, Story } from './story.js';

const travellers = ['dk', 'ee', 'is', 'lv', 'no', 'se'] as const;

const personOf = (story: Story, police: Police): string => story.of(officers[police][0]);

const record = async (story: Story, mutation: string, on: string, selection: string) => {
  const id = story.of('the other week');
  return story.done('nbnp', mutation, await story.now('visit', id, { id, on }), selection);
};

const reportOf = (story: Story, police: Police, on: string, text = `What ${police} saw.`) => ({
  officer: personOf(story, police),
  group: story.of('south'),
  visit: story.of('the other week'),
  on,
  text,
});

const handsIn = (police: Police, day = '2031-10-05'): Step => [
  day,
  `${police} hands in ${officers[police][0]}’s report`,
  async (story) => {
    await story.finish(police, `HAND_IN_REPORT ${personOf(story, police)}`, () =>
      story.done(police, 'handInOfficerReport', reportOf(story, police, day)),
    );
  },
];

const refusesDebriefing = async (story: Story, on: string, rule: string) => {
  const group = story.of('south');
  const input = await story.now('group', group, { group, kind: 'DEBRIEFING', on });
  await story.refused('nbnp', 'recordGroupMeeting', input, { rule });
};

/** What a reader gets of one absence: the reason, or null where it or the absence is withheld. */
const reasonFor = async (story: Story, who: string, police: Police): Promise<unknown> => {
  const query = `{ group(id: "${story.of('south')}") { absences { participant { id } reason } } }`;
  const { data } = await story.ask(who, query);
  const absences: Tree[] = data.group.absences ?? [];
  const own = absences.filter(({ participant }) => participant.id === personOf(story, police));
  return (own[0]?.reason ?? null) as unknown;
};

/** The week in Russia: a stop is called off under way, Triin is called home, all report. */
export const southJourney: Chapter = {
  title: 'To North-West Russia',
  steps: [
    [
      '2031-09-07',
      'the group departs without a briefing that the rules ask for in the other direction',
      async (story) => {
        await story.finish('nbnp', `RECORD_DEPARTURE ${story.of('the other week')}`, async () =>
          expect(await record(story, 'recordDeparture', '2031-09-07', 'group { state }')).toEqual({
            group: { state: 'TRAVELLING' },
          }),
        );
      },
    ],
    [
      '2031-09-08',
      'nobody joins a group that is away',
      async (story) => {
        const person = { unit: 'fi:npb', name: 'Eeva', targetGroup: 'POLICE', languages: ['en'] };
        const { id: officer } = await story.done('fi', 'registerOfficer', person);
        const nominee = { group: story.of('south'), officer, on: '2031-09-08' };
        await story.refused('fi', 'nominateOfficer', nominee, { rule: 'DEPARTED' });
      },
    ],
    [
      '2031-09-08',
      'the anonymous do not learn that the group is away',
      async (story) => {
        const { data } = await story.ask(
          'anonymous',
          `{ group(id: "${story.of('south')}") { state visits { id } } }`,
        );
        expect(data.group).toEqual({ state: 'SELECTED', visits: [] });
      },
    ],
    [
      '2031-09-08',
      'the shelter was held',
      async (story) => {
        const stop = story.of('the shelter in St. Petersburg');
        const input = await story.now('itineraryStop', stop, { stop, held: true });
        expect(await story.done('nbnp', 'recordStopHeld', input, 'status')).toEqual({
          status: 'HELD',
        });
      },
    ],
    [
      '2031-09-09',
      'the prosecutor is called off under way, and calendars take it out',
      async (story) => {
        const [visit, stop] = [
          story.of('the other week'),
          story.of('the prosecutor in Petrozavodsk'),
        ];
        const before = (await story.calendarOf('se', visit)).get(stop);
        expect(before?.status).toBe('CONFIRMED');
        const input = { stop, on: '2031-09-09', reason: 'A trial.', version: 1 };
        await story.done('nbnp', 'callOffItineraryStop', input);
        const after = (await story.calendarOf('se', visit)).get(stop);
        expect(after?.status).toBe('CANCELLED');
        expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
      },
    ],
    [
      '2031-09-10',
      'Triin is called home',
      async (story) => {
        const group = story.of('south');
        const absence = { group, visit: story.of('the other week'), reason: 'DUTY' };
        const input = { ...absence, participant: personOf(story, 'ee'), from: '2031-09-10' };
        const current = await story.now('group', group, input);
        const selection = 'memberCount reportsExpected';
        expect(await story.done('nbnp', 'recordAbsence', current, selection)).toEqual({
          memberCount: 6,
          reportsExpected: 6,
        });
      },
    ],
    [
      '2031-09-11',
      'why is for her police and for those who run the group',
      async (story) => {
        for (const who of ['ee', 'ee liaison', 'nbnp', 'ncm'])
          expect(await reasonFor(story, who, 'ee'), who).toBe('DUTY');
        for (const who of ['dk', 'se', 'ee analyst', 'ncm liaison', 'nbnp auditor'])
          expect(await reasonFor(story, who, 'ee'), who).toBeNull();
      },
    ],
    [
      '2031-09-12',
      'the group returns',
      async (story) => {
        await story.finish('nbnp', `RECORD_RETURN ${story.of('the other week')}`, async () =>
          expect(await record(story, 'recordReturn', '2031-09-12', 'group { state }')).toEqual({
            group: { state: 'RETURNED' },
          }),
        );
      },
    ],
    [
      '2031-09-13',
      'member days leave out those not travelled: 24 less Boris’ three, 36 less Triin’s three',
      async (story) => {
        for (const [name, daysTravelled, memberDays] of [
          ['north', 6, 21],
          ['south', 6, 33],
        ] as const)
          expect(
            await story.read('dk analyst', 'group', story.of(name), 'daysTravelled memberDays'),
          ).toEqual({ daysTravelled, memberDays });
      },
    ],
    [
      '2031-09-13',
      'six polices owe a report; Finland, whose officer was ill, owes none',
      async (story) => {
        for (const police of travellers)
          expect(await story.tasksOf(police)).toEqual([
            `HAND_IN_REPORT ${personOf(story, police)}`,
          ]);
        for (const police of ['fi', 'lt']) expect(await story.tasksOf(police)).toEqual([]);
        expect(await story.tasksOf('nbnp')).toContain(`DEBRIEF_GROUP ${story.of('south')}`);
      },
    ],
    [
      '2031-10-01',
      'a debriefing lies after the return, and at most two years after the programme',
      async (story) => {
        await refusesDebriefing(story, '2031-09-11', 'DATE_ORDER');
        await refusesDebriefing(story, '2035-01-01', 'FUTURE');
      },
    ],
    [
      '2031-10-01',
      'NBNP meets the group',
      async (story) => {
        const group = story.of('south');
        const people = travellers.map((police) => personOf(story, police));
        const meeting = { group, kind: 'DEBRIEFING', on: '2031-10-01', place: 'Copenhagen' };
        const input = { ...meeting, outcome: 'Write to each other.', attendees: people };
        const selection = 'state debriefedOn meetings { kind attended missed }';
        await story.finish('nbnp', `DEBRIEF_GROUP ${group}`, async () => {
          const current = await story.now('group', group, input);
          const met = await story.done('nbnp', 'recordGroupMeeting', current, selection);
          expect(met).toMatchObject({ state: 'DEBRIEFED', debriefedOn: '2031-10-01' });
          const debriefing = { kind: 'DEBRIEFING', attended: 6, missed: 0 };
          expect(met.meetings).toContainEqual(debriefing);
        });
      },
    ],
    [
      '2031-10-02',
      'the programme is under way as long as a group has not reported',
      async (story) => {
        const input = { programme: story.of('programme'), on: '2031-10-02' };
        await story.refused('nbnp', 'signEvaluation', input, { rule: 'UNDER_WAY' });
        await story.refused('ncm', 'signOfficeEvaluation', input, { rule: 'UNDER_WAY' });
      },
    ],
    [
      '2031-10-05',
      'Aino, who was ill, has nothing to report; nor does anybody in the year 2035',
      async (story) => {
        const report = reportOf(story, 'fi', '2031-10-05');
        await story.refused('fi', 'handInOfficerReport', report, { rule: 'NOT_TRAVELLED' });
        const late = reportOf(story, 'dk', '2035-01-01');
        await story.refused('dk', 'handInOfficerReport', late, { rule: 'FUTURE' });
      },
    ],
    ...(['dk', 'ee', 'is', 'lv', 'no'] as const).map((police) => handsIn(police)),
    [
      '2031-10-06',
      'one report is outstanding, which is a warning',
      async (story) =>
        expect(await story.warnings(story.of('south'))).toEqual([
          expect.stringContaining('1 of 6 reports'),
        ]),
    ],
    [
      '2031-10-07',
      'Denmark corrects Astrid’s report, whose text is for Denmark and the organisers',
      async (story) => {
        const text = 'What dk really saw.';
        const input = reportOf(story, 'dk', '2031-10-07', text);
        const selection = 'receivedOn text';
        expect(await story.done('dk', 'correctOfficerReport', input, selection)).toEqual({
          receivedOn: '2031-10-07',
          text,
        });
        await story.expectReaders(['officer', personOf(story, 'dk'), 'report { text }'], {
          may: ['dk', 'dk liaison', 'nbnp', 'ncm'],
          mayNot: ['se', 'ncm liaison', 'dk analyst', 'dk auditor', 'anonymous'],
        });
      },
    ],
    handsIn('se', '2031-10-08'),
    [
      '2031-10-09',
      'all have reported',
      async (story) =>
        expect(
          await story.read(
            'fi analyst',
            'group',
            story.of('south'),
            'state reportsReceived reportsExpected warnings { code }',
          ),
        ).toEqual({ state: 'REPORTED', reportsReceived: 6, reportsExpected: 6, warnings: [] }),
    ],
  ],
};
