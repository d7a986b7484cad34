import { expect } from 'vitest';
import type { Chapter, Story } from './story.js';

const record = async (story: Story, mutation: string, on: string, selection?: string) => {
  const id = story.of('the week');
  return story.done('nbnp', mutation, await story.now('visit', id, { id, on }), selection);
};

const refuses = async (story: Story, mutation: string, on: string, rule: string) => {
  const id = story.of('the week');
  const input = await story.now('visit', id, { id, on });
  await story.refused('nbnp', mutation, input, { rule });
};

export const reportOf = (story: Story, name: string, on: string, text = `What ${name} saw.`) => ({
  delegate: story.of(name),
  group: story.of('north'),
  visit: story.of('the week'),
  on,
  text,
});

/** The week itself: a stop is not held, and Boris leaves early. */
export const northJourney: Chapter = {
  title: 'To Finland and Norway',
  steps: [
    [
      '2031-05-04',
      'NBNP moves the prosecutor to the afternoon, and departs without Norway’s word',
      async (story) => {
        const stop = story.of('the prosecutor');
        await story.done('nbnp', 'moveItineraryStop', {
          stop,
          day: '2031-05-08',
          from: '15:00',
          version: 1,
        });
        await refuses(story, 'recordDeparture', '2031-05-04', 'UNCONFIRMED_STOP');
        await story.finish('no', `CONFIRM_STOP ${stop}`, () =>
          story.done('no', 'confirmStop', {
            unit: 'no:pod',
            stop,
            on: '2031-05-04',
            stopVersion: 2,
          }),
        );
      },
    ],
    [
      '2031-05-04',
      'a stop is not held before its day',
      async (story) => {
        const stop = story.of('the police board');
        const input = await story.now('itineraryStop', stop, { stop, held: true });
        await story.refused('nbnp', 'recordStopHeld', input, { rule: 'FUTURE' });
      },
    ],
    [
      '2031-05-04',
      'the group departs',
      async (story) => {
        await story.finish('nbnp', `RECORD_DEPARTURE ${story.of('the week')}`, async () =>
          expect(
            await record(story, 'recordDeparture', '2031-05-04', 'departedOn group { state }'),
          ).toEqual({ departedOn: '2031-05-04', group: { state: 'TRAVELLING' } }),
        );
      },
    ],
    [
      '2031-05-05',
      'there is no briefing any more',
      (story) =>
        story.refused(
          'ncm',
          'recordDelegatesMeeting',
          { group: story.of('north'), office: 'ncm:led', kind: 'BRIEFING', on: '2031-05-05' },
          { rule: 'DEPARTED' },
        ),
    ],
    [
      '2031-05-05',
      'the host sees what is on, where, and what is called off',
      async (story) => {
        const week = story.of('the week');
        const file = await story.download('fi', `itinerary.ics?id=${week}`);
        // Long lines are folded.
        const text = file.replaceAll('\r\n ', '');
        for (const known of ['The week', 'The main gate', 'The centre is closed.'])
          expect(text).toContain(known);
        const hostings = await story.see('fi', 'visit', week, 'hostings { meetingPoint }');
        expect(hostings).toContainEqual({ meetingPoint: 'The lobby' });
      },
    ],
    [
      '2031-05-05',
      'the police board was held',
      async (story) => {
        const stop = story.of('the police board');
        const input = await story.now('itineraryStop', stop, { stop, held: true });
        expect(await story.done('nbnp', 'recordStopHeld', input, 'status')).toEqual({
          status: 'HELD',
        });
      },
    ],
    [
      '2031-05-07',
      'Boris falls ill and goes home: he has travelled, so his report is still expected',
      async (story) => {
        const group = story.of('north');
        const input = await story.now('group', group, {
          group,
          visit: story.of('the week'),
          participant: story.of('Boris'),
          from: '2031-05-07',
          reason: 'ILLNESS',
        });
        expect(
          await story.done('nbnp', 'recordAbsence', input, 'memberCount reportsExpected'),
        ).toEqual({ memberCount: 4, reportsExpected: 4 });
      },
    ],
    [
      '2031-05-08',
      'the prosecutor has no time',
      async (story) => {
        const stop = story.of('the prosecutor');
        const input = { stop, held: false, reason: 'A court day.' };
        const current = await story.now('itineraryStop', stop, input);
        const selection = 'status statusReason';
        expect(await story.done('nbnp', 'recordStopHeld', current, selection)).toEqual({
          status: 'NOT_HELD',
          statusReason: 'A court day.',
        });
      },
    ],
    [
      '2031-05-08',
      'nobody reports before the return',
      (story) =>
        story.refused('ncm', 'handInDelegateReport', reportOf(story, 'Anna', '2031-05-08'), {
          rule: 'NOT_RETURNED',
        }),
    ],
    [
      '2031-05-09',
      'a return is neither before the departure nor in the future',
      async (story) => {
        await refuses(story, 'recordReturn', '2031-05-03', 'DATE_ORDER');
        await refuses(story, 'recordReturn', '2031-05-10', 'FUTURE');
      },
    ],
    [
      '2031-05-09',
      'the group returns',
      async (story) => {
        await story.finish('nbnp', `RECORD_RETURN ${story.of('the week')}`, async () =>
          expect(await record(story, 'recordReturn', '2031-05-09', 'group { state }')).toEqual({
            group: { state: 'RETURNED' },
          }),
        );
      },
    ],
    [
      '2031-05-10',
      'the hosts read Anna’s needs no more, and the offices and NBNP still do',
      (story) =>
        story.expectReaders(['delegate', story.of('Anna'), 'travelNeeds { diet }'], {
          may: ['ncm', 'nbnp'],
          mayNot: ['fi', 'no', 'dk', 'anonymous'],
        }),
    ],
    [
      '2031-05-10',
      'the week is over: every organisation reads its stops, and everybody its title',
      async (story) => {
        await story.expectReaders(['visit', story.of('the week'), 'stops { title }'], {
          may: ['dk analyst', 'dk', 'dk liaison', 'fi', 'no', 'nbnp'],
          mayNot: ['dk auditor', 'anonymous'],
        });
        const seen = await story.read('anonymous', 'visit', story.of('the week'), 'title');
        expect(seen).toEqual({ title: 'The week' });
      },
    ],
    [
      '2031-05-10',
      'a visit that has returned is not cancelled, and its hosts change no more',
      async (story) => {
        const visit = story.of('the week');
        const cancellation = { visit, on: '2031-05-10', reason: 'Too late.' };
        const current = await story.now('visit', visit, cancellation);
        await story.refused('nbnp', 'cancelVisit', current, { rule: 'RETURNED' });
        const change = { hosting: story.of('the hotel'), note: 'It was good.', version: 3 };
        await story.refused('fi', 'changeHosting', change, { rule: 'RETURNED' });
      },
    ],
    [
      '2031-05-12',
      'NBNP thanks the shelter',
      async (story) => {
        const stop = story.of('the shelter');
        const input = { stop, status: 'THANKED', on: '2031-05-12' };
        const current = await story.now('itineraryStop', stop, input);
        expect(await story.done('nbnp', 'recordSiteContact', current, 'siteContact')).toEqual({
          siteContact: 'THANKED',
        });
      },
    ],
  ],
};
