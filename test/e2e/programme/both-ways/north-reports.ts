import { expect } from 'vitest';
import { reportOf } from './north-journey.js';
import type { Chapter, Step, Story } from './story.js';

const debriefing = (story: Story, on: string) => ({
  group: story.of('north'),
  office: 'ncm:led',
  kind: 'DEBRIEFING',
  on,
  outcome: 'A second visit.',
  attendees: [story.of('Anna'), story.of('Clara')],
});

const handsIn = (name: string): Step => [
  '2031-06-02',
  `the offices hand in ${name}’s report`,
  async (story) => {
    await story.finish('ncm', `HAND_IN_REPORT ${story.of(name)}`, () =>
      story.done('ncm', 'handInDelegateReport', reportOf(story, name, '2031-06-02')),
    );
  },
];

/** What is due after the week: a meeting, the reports of those who travelled, a correction. */
export const northReports: Chapter = {
  title: 'After the week',
  steps: [
    [
      '2031-05-13',
      'the offices have to meet the group, and to hand in a report of each who travelled',
      async (story) => {
        const reports = ['Anna', 'Boris', 'Clara', 'Elena'].map(
          (name) => `HAND_IN_REPORT ${story.of(name)}`,
        );
        const expected = [`DEBRIEF_GROUP ${story.of('north')}`, ...reports];
        expect((await story.tasksOf('ncm')).toSorted()).toEqual(expected.toSorted());
      },
    ],
    [
      '2031-05-30',
      'a debriefing lies after the return, and at most two years after the programme',
      async (story) => {
        for (const [on, rule] of [
          ['2031-05-08', 'DATE_ORDER'],
          ['2035-01-01', 'FUTURE'],
        ] as const)
          await story.refused('ncm', 'recordDelegatesMeeting', debriefing(story, on), { rule });
      },
    ],
    [
      '2031-05-30',
      'the offices meet the group: two of four come',
      async (story) => {
        await story.finish('ncm', `DEBRIEF_GROUP ${story.of('north')}`, async () => {
          const input = debriefing(story, '2031-05-30');
          const selection = 'state delegateMeetings { kind attended missed outcome }';
          const { state, delegateMeetings } = await story.done(
            'ncm',
            'recordDelegatesMeeting',
            input,
            selection,
          );
          expect(state).toBe('DEBRIEFED');
          expect(delegateMeetings).toContainEqual({
            kind: 'DEBRIEFING',
            attended: 2,
            missed: 2,
            outcome: 'A second visit.',
          });
        });
      },
    ],
    [
      '2031-06-01',
      'a report of the year 9999 is a typing error, and hides nothing',
      (story) =>
        story.refused('ncm', 'handInDelegateReport', reportOf(story, 'Anna', '9999-12-31'), {
          rule: 'FUTURE',
        }),
    ],
    [
      '2031-06-01',
      'Dina, who was ill, has nothing to report',
      (story) =>
        story.refused('ncm', 'handInDelegateReport', reportOf(story, 'Dina', '2031-06-01'), {
          rule: 'NOT_TRAVELLED',
        }),
    ],
    [
      '2031-06-01',
      'nobody corrects a report that did not come',
      (story) =>
        story.refused('ncm', 'correctDelegateReport', reportOf(story, 'Anna', '2031-06-01'), {
          code: 'NOT_FOUND',
        }),
    ],
    ...['Anna', 'Boris', 'Clara', 'Elena'].map(handsIn),
    [
      '2031-06-03',
      'all who travelled have reported',
      async (story) =>
        expect(
          await story.read(
            'dk analyst',
            'group',
            story.of('north'),
            'state reportsReceived reportsExpected warnings { code }',
          ),
        ).toEqual({ state: 'REPORTED', reportsReceived: 4, reportsExpected: 4, warnings: [] }),
    ],
    [
      '2031-06-04',
      'the offices correct Anna’s report, not with an earlier day, and its text is for the organisers',
      async (story) => {
        const earlier = reportOf(story, 'Anna', '2031-06-01', 'Too early.');
        await story.refused('ncm', 'correctDelegateReport', earlier, { rule: 'DATE_ORDER' });
        const input = reportOf(story, 'Anna', '2031-06-04', 'What Anna really saw.');
        const { id } = await story.done('ncm', 'correctDelegateReport', input);
        const report = { receivedOn: '2031-06-04', text: 'What Anna really saw.' };
        const selection = 'report { receivedOn text }';
        expect(await story.read('nbnp', 'delegate', story.of('Anna'), selection)).toEqual({
          report,
        });
        await story.expectReaders(['delegate', story.of('Anna'), 'report { text }'], {
          may: ['ncm', 'ncm liaison', 'nbnp'],
          mayNot: ['fi', 'no', 'dk', 'nbnp liaison', 'ncm auditor', 'anonymous'],
        });
        story.keep('Anna’s report', id);
      },
    ],
    [
      '2031-06-05',
      'the changes of the report say who and when, and not what was written',
      async (story) => {
        const changes = `{ officeChanges(filter: { subject: "${story.of('Anna’s report')}" }) {
          nodes { mutation organisation at fields } } }`;
        // Denmark has no task with the group.
        const strange = await story.ask('dk auditor', changes);
        expect(strange.data).toEqual({ officeChanges: { nodes: [] } });
        const { data, errors } = await story.ask('nbnp', changes);
        expect(errors).toBeUndefined();
        const { nodes } = data.officeChanges;
        expect(nodes).toMatchObject([
          {
            mutation: 'correctDelegateReport',
            organisation: 'ncm',
            fields: ['receivedOn', 'text', 'version'],
          },
          { mutation: 'handInDelegateReport', organisation: 'ncm' },
        ]);
        expect(nodes[0].at).toMatch(/^2031-06-04T/);
        expect(JSON.stringify(data)).not.toContain('Anna');
        const persons = changes.replace('mutation', 'person mutation');
        const own = await story.ask('ncm', persons);
        expect(own.data.officeChanges.nodes[0].person).toBe('ncm-coordinator');
        const others = await story.ask('nbnp', persons);
        expect(others.data.officeChanges.nodes[0].person).toBeNull();
        expect(others.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      },
    ],
  ],
};
