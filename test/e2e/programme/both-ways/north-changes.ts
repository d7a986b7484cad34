import { expect } from 'vitest';
import { nominationOf } from './delegates.js';
import { expectOpen, recordFormality } from './formalities.js';
import { briefing, completes, meetings, missedWarnings, traveller } from './north-people.js';
import type { Chapter, Story } from './story.js';

const absence = (story: Story, name: string, from: string) => ({
  group: story.of('north'),
  visit: story.of('the week'),
  participant: story.of(name),
  from,
  reason: 'ILLNESS',
});

/** A stop is called off, Elena travels for Dina, who is ill, and Clara’s visa comes on the last day. */
export const northChanges: Chapter = {
  title: 'The last days before the departure',
  steps: [
    [
      '2031-04-25',
      'the reception centre closes: NBNP may not remove what Finland has confirmed',
      (story) =>
        story.refused(
          'nbnp',
          'removeItineraryStop',
          { stop: story.of('the reception centre'), version: 1 },
          { rule: 'CONFIRMED' },
        ),
    ],
    [
      '2031-04-25',
      'so NBNP calls it off with a reason, and calendars take it out',
      async (story) => {
        const [visit, stop] = [story.of('the week'), story.of('the reception centre')];
        const before = (await story.calendarOf('fi', visit)).get(stop);
        expect(before?.status).toBe('CONFIRMED');
        const input = { stop, on: '2031-04-25', reason: 'The centre is closed.', version: 1 };
        const selection = 'status statusReason visit { missingSectors }';
        expect(await story.done('nbnp', 'callOffItineraryStop', input, selection)).toEqual({
          status: 'CALLED_OFF',
          statusReason: 'The centre is closed.',
          visit: { missingSectors: ['SOCIAL'] },
        });
        const calendar = await story.calendarOf('fi', visit);
        expect(calendar.get(stop)?.status).toBe('CANCELLED');
        expect(calendar.get(stop)?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
        expect(calendar.get(story.of('the police board'))?.status).toBe('CONFIRMED');
      },
    ],
    [
      '2031-04-25',
      'what is called off changes no more',
      async (story) => {
        const stop = story.of('the reception centre');
        const move = { stop, day: '2031-05-07', version: 2 };
        await story.refused('nbnp', 'moveItineraryStop', move, { rule: 'CANCELLED' });
        const confirmation = { unit: 'fi:npb', stop, on: '2031-04-25', stopVersion: 2 };
        await story.refused('fi', 'confirmStop', confirmation, { rule: 'CANCELLED' });
      },
    ],
    [
      '2031-04-28',
      'Dina is ill, but nobody leaves early before the day has come',
      async (story) => {
        const input = absence(story, 'Dina', '2031-05-05');
        const current = await story.now('group', input.group, input);
        await story.refused('nbnp', 'recordAbsence', current, { rule: 'FUTURE' });
      },
    ],
    [
      '2031-05-04',
      'nobody is absent before the first day',
      async (story) => {
        const input = absence(story, 'Dina', '2031-05-03');
        const current = await story.now('group', input.group, input);
        await story.refused('nbnp', 'recordAbsence', current, { rule: 'OUTSIDE_VISIT' });
      },
    ],
    [
      '2031-05-04',
      'nor is a reserve, who does not travel',
      async (story) => {
        const input = absence(story, 'Elena', '2031-05-04');
        const current = await story.now('group', input.group, input);
        await story.refused('nbnp', 'recordAbsence', current, { rule: 'NOT_MEMBER' });
      },
    ],
    [
      '2031-05-04',
      'Dina does not travel; why is for those who know who she is',
      async (story) => {
        const input = absence(story, 'Dina', '2031-05-04');
        const current = await story.now('group', input.group, input);
        const selection = 'reportsExpected absences { participant { id } from reason }';
        const { absences, reportsExpected } = await story.done(
          'nbnp',
          'recordAbsence',
          current,
          selection,
        );
        const ofDina = { participant: { id: story.of('Dina') }, from: '2031-05-04' };
        expect(absences).toEqual([{ ...ofDina, reason: 'ILLNESS' }]);
        expect(reportsExpected).toBe(3);
        await story.expectReaders(['group', input.group, 'absences { from }'], {
          may: ['nbnp', 'ncm', 'fi', 'no'],
          mayNot: ['fi analyst', 'anonymous'],
        });
        // No task with the group, or with this person: the list is without her.
        for (const who of ['dk', 'dk auditor', 'nbnp auditor'] as const)
          expect(await story.see(who, 'group', input.group, 'absences { from }'), who).toEqual([]);
        await story.expectReaders(['group', input.group, 'absences { reason }'], {
          may: ['nbnp', 'ncm', 'ncm liaison', 'fi', 'no'],
          mayNot: ['fi liaison', 'fi analyst', 'anonymous'],
        });
      },
    ],
    [
      '2031-05-04',
      'Elena takes Dina’s place',
      async (story) => {
        const replaces = story.of('Dina’s nomination');
        const decision = nominationOf(story, 'Elena', '2031-05-04');
        const authority = 'nbnp:ru-mvd-karelia';
        const selection =
          'reserve replaces { id status } group { memberCount formalitiesOpen reportsExpected }';
        expect(
          await story.done(
            'ncm',
            'selectDelegate',
            { ...decision, authority, replaces, version: 2 },
            selection,
          ),
        ).toEqual({
          reserve: false,
          replaces: { id: replaces, status: 'DECLINED' },
          group: { memberCount: 4, formalitiesOpen: 6, reportsExpected: 4 },
        });
        expect(await missedWarnings(story)).toEqual([expect.stringContaining('1 of 4')]);
      },
    ],
    completes('2031-05-04', 'Elena'),
    [
      '2031-05-04',
      'the offices brief Elena, and nobody has missed the briefing any more',
      async (story) => {
        const input = briefing(story, '2031-05-04', ['Anna', 'Boris', 'Clara', 'Elena']);
        const { delegateMeetings } = await story.done(
          'ncm',
          'recordDelegatesMeeting',
          input,
          meetings,
        );
        expect(delegateMeetings).toEqual([
          { kind: 'BRIEFING', on: '2031-05-04', attended: 4, missed: 0 },
        ]);
        expect(await missedWarnings(story)).toEqual([]);
      },
    ],
    [
      '2031-05-04',
      'on the day of the departure Clara’s visa is the only warning that is left',
      async (story) => {
        await expectOpen(story, 'north', 1);
        expect(await story.warnings(story.of('north'))).toHaveLength(1);
        expect(await story.tasksOf('ncm')).toEqual([`COMPLETE_FORMALITIES ${story.of('Clara')}`]);
      },
    ],
    [
      '2031-05-04',
      'her visa comes, and nothing warns any more',
      async (story) => {
        const visa = { kind: 'VISA', status: 'RECEIVED', on: '2031-05-04' };
        await story.finish('ncm', `COMPLETE_FORMALITIES ${story.of('Clara')}`, () =>
          recordFormality(story, traveller('Clara'), visa),
        );
        expect(await story.warnings(story.of('north'))).toEqual([]);
      },
    ],
  ],
};
