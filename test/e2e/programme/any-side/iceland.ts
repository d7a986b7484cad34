import { expect } from 'vitest';
import type { Chapter, Story } from '../both-ways/story.js';
import {
  completes,
  confirms,
  hosts,
  nominates,
  plansStop,
  record,
  refusesRecord,
  reports,
  selects,
  type PlannedStop,
  type Traveller,
} from './travellers.js';

const visit = 'the week in Estonia';
const group = 'iceland';

const members = Array.from({ length: 10 }, (_, index): Traveller => {
  const home = { unit: index % 2 === 0 ? 'is:rls' : 'is:rmp' };
  return { who: 'is', name: `is ${index + 1}`, group, home };
});

const stops = (
  [
    ['the prosecutors in Tallinn', '2031-09-08', 'PROSECUTION', 'ee:site-ee-npo'],
    ['the police in Tallinn', '2031-09-08', 'POLICE', 'ee:site-ee-ppa-hq'],
    ['the house for children', '2031-09-09', 'SOCIAL', 'ee:site-ee-children'],
    ['the shelter in Estonia', '2031-09-10', 'NGO', 'ee:site-ee-vega'],
  ] as const
).map(([name, day, sector, site]): PlannedStop => ({
  name,
  visit,
  day,
  sector,
  host: 'ee',
  unit: 'ee:ppa',
  place: { site },
}));

const on = ([, sentence, act]: Chapter['steps'][number], day: string): Chapter['steps'][number] => [
  day,
  sentence,
  act,
];

const meet = async (story: Story, kind: string, day: string, selection: string) => {
  const id = story.of(group);
  const attendees = members.map(({ name }) => story.of(name));
  const input = { group: id, kind, on: day, place: 'Reykjavik', attendees };
  return story.done('nbnp', 'recordGroupMeeting', await story.now('group', id, input), selection);
};

const refusesOffice = (story: Story, kind: string, day: string): Promise<void> =>
  story.refused(
    'ncm',
    'recordDelegatesMeeting',
    { group: story.of(group), office: 'ncm:tll', kind, on: day },
    { rule: 'SIDE' },
  );

/** Ten officers from Iceland visit Estonia. No office is named, so that NBNP co-ordinates. */
export const iceland: Chapter = {
  title: 'From Iceland to Estonia',
  steps: [
    ...members.map((one) => on(nominates(one), '2031-06-10')),
    ...members.map((one) => on(selects(one), '2031-06-20')),
    [
      '2031-06-21',
      'the group has ten members, and the offices have no part in it',
      async (story) => {
        const selection = 'state memberCount coordinatingOffice { id }';
        expect(await story.read('anonymous', 'group', story.of(group), selection)).toEqual({
          state: 'SELECTED',
          memberCount: 10,
          coordinatingOffice: null,
        });
        await story.expectReaders(['officer', story.of('is 1'), 'name'], {
          may: ['is', 'nbnp'],
          mayNot: ['ncm', 'ee', 'lv', 'dk', 'anonymous'],
        });
        expect(await story.tasksOf('ncm')).toEqual([]);
      },
    ],
    [
      '2031-06-22',
      'no delegate travels with it',
      async (story) => {
        const delegate = story.of('rix 1');
        const nomination = { group: story.of(group), delegate, on: '2031-06-22' };
        await story.refused('ncm', 'nominateDelegate', nomination, { rule: 'SIDE' });
      },
    ],
    [
      '2031-06-25',
      'NBNP schedules a week that Estonia hosts',
      async (story) => {
        const week = { startsOn: '2031-09-07', endsOn: '2031-09-12' };
        const planned = { group: story.of(group), title: 'A week in Estonia', ...week };
        const input = { ...planned, hostCountries: ['EE'] };
        const { id } = await story.done('nbnp', 'scheduleVisit', input);
        story.keep(visit, id);
        expect(await story.tasksOf('ee')).toEqual([`OFFER_HOSTING ${id}`]);
        expect(await story.tasksOf('ncm')).toEqual([]);
      },
    ],
    ...stops.map((stop) => on(plansStop(stop), '2031-06-26')),
    ...stops.map((stop) => on(confirms(stop), '2031-06-27')),
    on(hosts('ee', 'ee:ppa', visit), '2031-06-28'),
    ...members.map((one) => completes(one, '2031-07-01')),
    [
      '2031-07-02',
      'NBNP has to brief the group, and the offices have not',
      async (story) => {
        expect(await story.tasksOf('nbnp')).toEqual([`BRIEF_GROUP ${story.of(group)}`]);
        expect(await story.tasksOf('ncm')).toEqual([]);
        await refusesOffice(story, 'BRIEFING', '2031-07-02');
      },
    ],
    [
      '2031-09-06',
      'the group does not depart without its briefing',
      (story) => refusesRecord(story, visit, 'recordDeparture', '2031-09-06', 'NOT_BRIEFED'),
    ],
    [
      '2031-09-06',
      'NBNP briefs it',
      (story) =>
        story.finish('nbnp', `BRIEF_GROUP ${story.of(group)}`, async () =>
          expect(
            await meet(story, 'BRIEFING', '2031-09-06', 'state meetings { attended missed }'),
          ).toEqual({ state: 'BRIEFED', meetings: [{ attended: 10, missed: 0 }] }),
        ),
    ],
    [
      '2031-09-07',
      'the group departs',
      (story) =>
        story.finish('nbnp', `RECORD_DEPARTURE ${story.of(visit)}`, () =>
          record(story, visit, 'recordDeparture', '2031-09-07'),
        ),
    ],
    [
      '2031-09-12',
      'and returns',
      (story) =>
        story.finish('nbnp', `RECORD_RETURN ${story.of(visit)}`, () =>
          record(story, visit, 'recordReturn', '2031-09-12'),
        ),
    ],
    [
      '2031-10-01',
      'NBNP debriefs it, which no office does',
      async (story) => {
        await refusesOffice(story, 'DEBRIEFING', '2031-10-01');
        await story.finish('nbnp', `DEBRIEF_GROUP ${story.of(group)}`, async () =>
          expect(await meet(story, 'DEBRIEFING', '2031-10-01', 'state')).toEqual({
            state: 'DEBRIEFED',
          }),
        );
      },
    ],
    ...members.map((one) => reports(one, visit, '2031-10-05')),
    [
      '2031-10-06',
      'all have reported',
      async (story) =>
        expect(await story.read('is', 'group', story.of(group), 'state warnings { code }')).toEqual(
          { state: 'REPORTED', warnings: [] },
        ),
    ],
  ],
};
