import { expect } from 'vitest';
import type { Chapter, Step, Story } from './story.js';

const week = { startsOn: '2031-05-04', endsOn: '2031-05-09' };

/** The stops of the week, by the name that the story gives them. */
const stops = {
  'the police board': ['FI', '2031-05-05', 'POLICE', { site: 'fi:site-fi-npb', from: '09:00' }],
  'the reception centre': ['FI', '2031-05-06', 'SOCIAL', { site: 'fi:site-fi-joutseno' }],
  'the shelter': ['NO', '2031-05-07', 'NGO', { site: 'no:site-no-rosa' }],
  'the prosecutor': ['NO', '2031-05-08', 'PROSECUTION', { address: 'Oslo', note: 'Passports.' }],
} as const;
type StopName = keyof typeof stops;

const stopOf = (story: Story, [hostCountry, day, sector, place]: (typeof stops)[StopName]) => ({
  visit: story.of('the week'),
  hostCountry,
  day,
  sector,
  ...place,
});

const adds = (name: StopName): Step => [
  '2031-03-01',
  `NBNP plans ${name}`,
  async (story) => {
    const input = { ...stopOf(story, stops[name]), title: name };
    const selection = 'id version status confirmed';
    const { id, ...stop } = await story.done('nbnp', 'addItineraryStop', input, selection);
    expect(stop).toEqual({ version: 1, status: 'PLANNED', confirmed: false });
    story.keep(name, id);
  },
];

const units = { fi: 'fi:npb', no: 'no:pod' } as const;

const confirmation = (story: Story, unit: string, name: StopName, stopVersion: number) => ({
  unit,
  stop: story.of(name),
  on: '2031-03-05',
  stopVersion,
});

const confirms = (who: 'fi' | 'no' | 'fi liaison', name: StopName, version: number): Step => [
  '2031-03-05',
  `${who} confirms ${name}`,
  async (story) => {
    const unit = units[who === 'no' ? 'no' : 'fi'];
    const input = confirmation(story, unit, name, version);
    await story.finish(who, `CONFIRM_STOP ${input.stop}`, async () => {
      const selection = 'confirmed confirmingUnit { id }';
      const stop = await story.done(who, 'confirmStop', input, selection);
      expect(stop).toEqual({ confirmed: true, confirmingUnit: { id: unit } });
    });
  },
];

/** A first visit is cancelled alone; the one that replaces it gets stops, and its hosts confirm them. */
export const northVisit: Chapter = {
  title: 'The week in Finland and Norway',
  steps: [
    [
      '2031-02-25',
      'NBNP schedules a week in Norway, which Norway has to host',
      async (story) => {
        const planned = { group: story.of('north'), title: 'A week in Norway', ...week };
        const input = { ...planned, hostCountries: ['NO'] };
        const { id: visit } = await story.done('nbnp', 'scheduleVisit', input);
        story.keep('the dropped week', visit);
        expect(await story.tasksOf('no')).toEqual([`OFFER_HOSTING ${visit}`]);
        const stop = { visit, hostCountry: 'NO', day: '2031-05-05', title: 'A stop' };
        const { id } = await story.done('nbnp', 'addItineraryStop', { ...stop, sector: 'NGO' });
        story.keep('the dropped stop', id);
      },
    ],
    [
      '2031-02-25',
      'another visit on the same days is refused',
      (story) =>
        story.refused(
          'nbnp',
          'scheduleVisit',
          { group: story.of('north'), title: 'Another', hostCountries: ['FI'], ...week },
          { rule: 'OVERLAPPING_VISITS' },
        ),
    ],
    [
      '2031-02-26',
      'the week is cancelled alone, with its reason: nothing waits for Norway any more',
      async (story) => {
        const visit = story.of('the dropped week');
        const stop = story.of('the dropped stop');
        const before = (await story.calendarOf('no', visit)).get(stop);
        expect(before).toMatchObject({ status: 'TENTATIVE' });
        const input = { visit, on: '2031-02-26', reason: 'There is no hotel.', version: 1 };
        const selection = 'cancelledOn cancelReason version group { state cancelledOn }';
        expect(await story.done('nbnp', 'cancelVisit', input, selection)).toEqual({
          cancelledOn: '2031-02-26',
          cancelReason: 'There is no hotel.',
          version: 2,
          group: { state: 'SELECTED', cancelledOn: null },
        });
        expect(await story.tasksOf('no')).toEqual([]);
        const after = (await story.calendarOf('no', visit)).get(stop);
        expect(after?.status).toBe('CANCELLED');
        expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
      },
    ],
    [
      '2031-02-26',
      'nobody hosts a visit that is cancelled',
      (story) =>
        story.refused(
          'no',
          'offerHosting',
          { unit: 'no:pod', visit: story.of('the dropped week') },
          { rule: 'CANCELLED' },
        ),
    ],
    [
      '2031-02-27',
      'NBNP schedules a week in Finland and Norway on the same days',
      async (story) => {
        const planned = { group: story.of('north'), title: 'The week', ...week };
        const input = { ...planned, hostCountries: ['FI', 'NO'] };
        const selection = 'id missingSectors version';
        const { id, ...visit } = await story.done('nbnp', 'scheduleVisit', input, selection);
        visit.missingSectors.sort();
        const missingSectors = ['NGO', 'POLICE', 'PROSECUTION', 'SOCIAL'];
        expect(visit).toEqual({ missingSectors, version: 1 });
        story.keep('the week', id);
        for (const host of ['fi', 'no'])
          expect(await story.tasksOf(host)).toEqual([`OFFER_HOSTING ${id}`]);
      },
    ],
    [
      '2031-02-28',
      'its title is for everybody with an organisation, its plan for those who send, host or arrange it',
      async (story) => {
        const visit = story.of('the week');
        await story.expectReaders(['visit', visit, 'title'], {
          may: ['dk', 'dk auditor', 'ncm analyst'],
          mayNot: ['anonymous'],
        });
        await story.expectReaders(['visit', visit, 'stops { id }'], {
          may: ['nbnp', 'ncm', 'fi', 'no', 'fi liaison'],
          mayNot: ['dk', 'lv', 'fi analyst', 'fi auditor', 'anonymous'],
        });
      },
    ],
    ...(Object.keys(stops) as StopName[]).map(adds),
    [
      '2031-03-01',
      'a Finnish site is no stop in Norway',
      (story) =>
        story.refused(
          'nbnp',
          'addItineraryStop',
          { ...stopOf(story, stops['the shelter']), title: 'x', site: 'fi:site-fi-npb' },
          { rule: 'SITE_ELSEWHERE' },
        ),
    ],
    [
      '2031-03-01',
      'no stop is after the last day',
      (story) =>
        story.refused(
          'nbnp',
          'addItineraryStop',
          { ...stopOf(story, stops['the shelter']), title: 'x', day: '2031-05-10' },
          { rule: 'OUTSIDE_VISIT' },
        ),
    ],
    [
      '2031-03-02',
      'the week shows all that the programme wants to show',
      async (story) =>
        expect(await story.see('nbnp', 'visit', story.of('the week'), 'missingSectors')).toEqual(
          [],
        ),
    ],
    confirms('fi liaison', 'the police board', 1),
    confirms('fi', 'the reception centre', 1),
    [
      '2031-03-05',
      'Norway confirms no Finnish stop',
      (story) =>
        story.refused('no', 'confirmStop', confirmation(story, 'no:pod', 'the police board', 1), {
          rule: 'HOST_COUNTRY',
        }),
    ],
    [
      '2031-03-05',
      'and nobody confirms in Norway’s name',
      (story) =>
        story.refused('fi', 'confirmStop', confirmation(story, 'no:pod', 'the shelter', 1), {
          code: 'FORBIDDEN',
        }),
    ],
    confirms('no', 'the shelter', 1),
    confirms('no', 'the prosecutor', 1),
    [
      '2031-03-10',
      'NBNP moves the shelter by a day, and asks Norway again',
      async (story) => {
        const stop = story.of('the shelter');
        const input = { stop, day: '2031-05-08', from: '14:00', version: 1 };
        const selection = 'day version confirmed';
        expect(await story.done('nbnp', 'moveItineraryStop', input, selection)).toEqual({
          day: '2031-05-08',
          version: 2,
          confirmed: false,
        });
        expect(await story.tasksOf('no')).toContain(`CONFIRM_STOP ${stop}`);
      },
    ],
    [
      '2031-03-10',
      'Norway had the old plan before it, and gets a conflict',
      (story) =>
        story.refused('no', 'confirmStop', confirmation(story, 'no:pod', 'the shelter', 1), {
          code: 'CONFLICT',
          currentVersion: 2,
        }),
    ],
    [
      '2031-03-11',
      'Norway confirms the new plan',
      async (story) => {
        const input = confirmation(story, 'no:pod', 'the shelter', 2);
        expect(await story.done('no', 'confirmStop', input, 'confirmed')).toEqual({
          confirmed: true,
        });
      },
    ],
    [
      '2031-03-12',
      'NBNP names who meets the group at the police board, once, and not with the version before',
      async (story) => {
        const change = { stop: story.of('the police board'), contactOnTheSpot: 'The duty desk' };
        const input = { ...change, meetingPoint: 'The main gate', version: 1 };
        const selection = 'meetingPoint contactOnTheSpot version';
        const changed = await story.done('nbnp', 'changeItineraryStop', input, selection);
        const { meetingPoint, contactOnTheSpot } = input;
        expect(changed).toEqual({ meetingPoint, contactOnTheSpot, version: 2 });
        await story.refused('nbnp', 'changeItineraryStop', input, {
          code: 'CONFLICT',
          currentVersion: 2,
        });
        const again = confirmation(story, 'fi:npb', 'the police board', 2);
        await story.done('fi', 'confirmStop', again);
      },
    ],
    [
      '2031-03-13',
      'the meeting point is read as the stops are',
      (story) =>
        story.expectReaders(['itineraryStop', story.of('the police board'), 'meetingPoint'], {
          may: ['nbnp', 'ncm', 'fi liaison', 'no'],
          mayNot: ['dk', 'fi analyst', 'no auditor', 'anonymous'],
        }),
    ],
    [
      '2031-03-14',
      'NBNP asks the shelter, which agrees',
      async (story) => {
        for (const status of ['ASKED', 'AGREED']) {
          const stop = story.of('the shelter');
          const input = await story.now('itineraryStop', stop, { stop, status, on: '2031-03-14' });
          const selection = 'siteContact siteContactOn confirmed';
          expect(await story.done('nbnp', 'recordSiteContact', input, selection)).toEqual({
            siteContact: status,
            siteContactOn: '2031-03-14',
            confirmed: true,
          });
        }
      },
    ],
    [
      '2031-03-15',
      'NBNP writes what participants have to know, and the second of two secretaries gets a conflict',
      async (story) => {
        const visit = story.of('the week');
        const input = { visit, practicalInformation: 'Bring a coat.', version: 1 };
        const selection = 'practicalInformation version';
        expect(await story.done('nbnp', 'changeVisit', input, selection)).toEqual({
          practicalInformation: 'Bring a coat.',
          version: 2,
        });
        const other = { ...input, practicalInformation: 'Bring a hat.' };
        await story.refused('nbnp', 'changeVisit', other, { code: 'CONFLICT', currentVersion: 2 });
        await story.expectReaders(['visit', visit, 'practicalInformation'], {
          may: ['nbnp', 'ncm', 'fi', 'no'],
          mayNot: ['dk', 'fi auditor', 'anonymous'],
        });
      },
    ],
  ],
};
