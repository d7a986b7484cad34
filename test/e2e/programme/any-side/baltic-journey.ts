import { expect } from 'vitest';
import { expectOpen } from '../both-ways/formalities.js';
import type { Chapter, Story } from '../both-ways/story.js';
import { members } from './baltic-people.js';
import {
  completes,
  record,
  refusesRecord,
  reportOf,
  reports,
  type Traveller,
} from './travellers.js';

const visit = 'the week in the north';

const meeting = (
  story: Story,
  [kind, office, on]: readonly [kind: string, office: string, on: string],
  people: readonly Traveller[] = [],
) => ({
  group: story.of('baltic'),
  kind,
  office,
  on,
  place: 'A meeting room',
  attendees: people.map(({ name }) => story.of(name)),
});

const met = 'state delegateMeetings { kind attended missed }';

/** NBNP would meet the group itself, which its offices do. */
const refusesNetwork = async (story: Story, kind: string, on: string): Promise<void> => {
  const group = story.of('baltic');
  const input = await story.now('group', group, { group, kind, on });
  await story.refused('nbnp', 'recordGroupMeeting', input, { rule: 'COORDINATOR' });
};

/** Riga briefs the group and Vilnius debriefs it; all twelve travel and report. */
export const balticJourney: Chapter = {
  title: 'To Denmark and Sweden',
  steps: [
    [
      '2031-04-01',
      'five formalities of each of twelve members are open',
      (story) => expectOpen(story, 'baltic', 60),
    ],
    ...members.map((one) => completes(one, '2031-04-01')),
    [
      '2031-04-02',
      'all formalities are complete, and only the briefing waits',
      async (story) => {
        await expectOpen(story, 'baltic', 0);
        const waiting = { ncm: [`BRIEF_GROUP ${story.of('baltic')}`] };
        for (const who of story.network.codes)
          expect(await story.tasksOf(who), who).toEqual(who === 'ncm' ? waiting.ncm : []);
      },
    ],
    [
      '2031-04-20',
      'the group is briefed by an office of its side, not by NBNP nor by an office elsewhere',
      async (story) => {
        await refusesNetwork(story, 'BRIEFING', '2031-04-20');
        const elsewhere = meeting(story, ['BRIEFING', 'ncm:tll', '2031-04-20']);
        const refusal = { rule: 'COORDINATOR', argument: 'input.office' };
        await story.refused('ncm', 'recordDelegatesMeeting', elsewhere, refusal);
      },
    ],
    [
      '2031-04-20',
      'Riga briefs officers and delegates together',
      async (story) => {
        const input = meeting(story, ['BRIEFING', 'ncm:rix', '2031-04-20'], members.slice(1));
        await story.finish('ncm', `BRIEF_GROUP ${input.group}`, async () =>
          expect(await story.done('ncm', 'recordDelegatesMeeting', input, met)).toEqual({
            state: 'BRIEFED',
            delegateMeetings: [{ kind: 'BRIEFING', attended: 11, missed: 1 }],
          }),
        );
        expect(await story.warnings(input.group)).toEqual([expect.stringContaining('1 of 12')]);
      },
    ],
    [
      '2031-05-04',
      'a stop that Denmark has not confirmed again keeps the group at home',
      async (story) => {
        const stop = story.of('the Danish investigators');
        const moved = { stop, day: '2031-05-06', from: '08:00', version: 1 };
        await story.done('nbnp', 'moveItineraryStop', moved);
        await refusesRecord(story, visit, 'recordDeparture', '2031-05-04', 'UNCONFIRMED_STOP');
        const again = { unit: 'dk:nec', stop, on: '2031-05-04', stopVersion: 2 };
        await story.finish('dk', `CONFIRM_STOP ${stop}`, () =>
          story.done('dk', 'confirmStop', again),
        );
      },
    ],
    [
      '2031-05-04',
      'the group departs',
      (story) =>
        story.finish('nbnp', `RECORD_DEPARTURE ${story.of(visit)}`, async () =>
          expect(
            await record(story, visit, 'recordDeparture', '2031-05-04', 'group { state }'),
          ).toEqual({ group: { state: 'TRAVELLING' } }),
        ),
    ],
    [
      '2031-05-05',
      'nobody is briefed any more',
      (story) =>
        story.refused(
          'ncm',
          'recordDelegatesMeeting',
          { ...meeting(story, ['BRIEFING', 'ncm:rix', '2031-05-05']), version: 1 },
          { rule: 'DEPARTED' },
        ),
    ],
    [
      '2031-05-07',
      'a Lithuanian officer falls ill under way',
      async (story) => {
        const group = story.of('baltic');
        const absence = { group, visit: story.of(visit), from: '2031-05-07', reason: 'ILLNESS' };
        const input = { ...absence, participant: story.of('lt 3') };
        const selection = 'memberCount reportsExpected';
        expect(
          await story.done(
            'nbnp',
            'recordAbsence',
            await story.now('group', group, input),
            selection,
          ),
        ).toEqual({ memberCount: 12, reportsExpected: 12 });
      },
    ],
    [
      '2031-05-08',
      'the stops were held',
      async (story) => {
        for (const name of ['the Danish investigators', 'the Swedish investigators']) {
          const stop = story.of(name);
          const input = await story.now('itineraryStop', stop, { stop, held: true });
          expect(await story.done('nbnp', 'recordStopHeld', input, 'status')).toEqual({
            status: 'HELD',
          });
        }
      },
    ],
    [
      '2031-05-08',
      'nobody reports, and nobody meets the group, before its return',
      async (story) => {
        for (const one of [members[0], members.at(-1)]) {
          if (!one) throw new Error('There is no member.');
          const { mutation, input } = reportOf(story, one, visit, '2031-05-08');
          await story.refused(one.who, mutation, input, { rule: 'NOT_RETURNED' });
        }
        const debriefing = meeting(story, ['DEBRIEFING', 'ncm:vno', '2031-05-08']);
        await story.refused('ncm', 'recordDelegatesMeeting', debriefing, { rule: 'NOT_RETURNED' });
      },
    ],
    [
      '2031-05-09',
      'the group returns',
      (story) =>
        story.finish('nbnp', `RECORD_RETURN ${story.of(visit)}`, async () =>
          expect(
            await record(story, visit, 'recordReturn', '2031-05-09', 'group { state }'),
          ).toEqual({ group: { state: 'RETURNED' } }),
        ),
    ],
    [
      '2031-05-10',
      'each of four senders owes its reports, and the offices the debriefing',
      async (story) => {
        for (const who of ['lv', 'lt', 'ncm', 'nbnp', 'dk']) {
          const owed = members
            .filter((one) => one.who === who)
            .map(({ name }) => `HAND_IN_REPORT ${story.of(name)}`);
          const meets = who === 'ncm' ? [`DEBRIEF_GROUP ${story.of('baltic')}`] : [];
          expect((await story.tasksOf(who)).toSorted(), who).toEqual(
            [...owed, ...meets].toSorted(),
          );
        }
      },
    ],
    [
      '2031-05-30',
      'Vilnius debriefs the group, which NBNP does not',
      async (story) => {
        await refusesNetwork(story, 'DEBRIEFING', '2031-05-30');
        const early = meeting(story, ['DEBRIEFING', 'ncm:vno', '2031-05-08']);
        await story.refused('ncm', 'recordDelegatesMeeting', early, { rule: 'DATE_ORDER' });
        const input = meeting(story, ['DEBRIEFING', 'ncm:vno', '2031-05-30'], members.slice(2));
        await story.finish('ncm', `DEBRIEF_GROUP ${input.group}`, async () => {
          const { state, delegateMeetings } = await story.done(
            'ncm',
            'recordDelegatesMeeting',
            input,
            met,
          );
          expect(state).toBe('DEBRIEFED');
          expect(delegateMeetings).toContainEqual({ kind: 'DEBRIEFING', attended: 10, missed: 2 });
        });
      },
    ],
    ...members.map((one) => reports(one, visit, '2031-06-02')),
    [
      '2031-06-03',
      'all have reported',
      async (story) =>
        expect(
          await story.read(
            'se analyst',
            'group',
            story.of('baltic'),
            'state reportsReceived reportsExpected warnings { code }',
          ),
        ).toEqual({ state: 'REPORTED', reportsReceived: 12, reportsExpected: 12, warnings: [] }),
    ],
  ],
};
