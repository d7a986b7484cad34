import { expect } from 'vitest';
import { expectOpen } from './formalities.js';
import { officers } from './officers.js';
import type { Chapter, Step, Story } from './story.js';

const week = { startsOn: '2031-09-07', endsOn: '2031-09-12' };
const members = ['dk', 'ee', 'fi', 'lv', 'no', 'se'] as const;

const stops = {
  'the shelter in St. Petersburg': ['2031-09-08', 'NGO', 'ncm:site-ru-shelter'],
  'the police in Petrozavodsk': ['2031-09-09', 'POLICE', null],
  'the prosecutor in Petrozavodsk': ['2031-09-10', 'PROSECUTION', null],
} as const;

const addsAndConfirms = (name: keyof typeof stops): Step => [
  '2031-06-20',
  `NBNP plans ${name}, and the office’s liaison confirms it`,
  async (story) => {
    const [day, sector, site] = stops[name];
    const planned = { visit: story.of('the other week'), hostCountry: 'RU', title: name };
    const input = { ...planned, day, sector, site };
    const { id: stop } = await story.done('nbnp', 'addItineraryStop', input);
    story.keep(name, stop);
    const confirmation = { stop, office: 'ncm:led', on: '2031-06-20', stopVersion: 1 };
    for (const [office, rule] of [
      ['ncm:tll', 'HOST_COUNTRY'],
      ['ncm:kgd', 'CLOSED'],
    ] as const)
      await story.refused('ncm', 'confirmRegionalStop', { ...confirmation, office }, { rule });
    const selection = 'confirmed confirmingOffice { id }';
    await story.finish('ncm', `CONFIRM_STOP ${stop}`, async () =>
      expect(
        await story.done('ncm liaison', 'confirmRegionalStop', confirmation, selection),
      ).toEqual({ confirmed: true, confirmingOffice: { id: 'ncm:led' } }),
    );
  },
];

const offer = (story: Story, office: string) => ({ office, visit: story.of('the other week') });

/** The office in St. Petersburg confirms the stops, and hosts the week; Sweden lends a support person. */
export const southVisit: Chapter = {
  title: 'The week in North-West Russia',
  steps: [
    [
      '2031-06-15',
      'NBNP schedules it: the offices have to host, and six polices to complete formalities',
      async (story) => {
        const planned = { group: story.of('south'), title: 'The other week', ...week };
        const input = { ...planned, hostCountries: ['RU'] };
        const { id } = await story.done('nbnp', 'scheduleVisit', input);
        story.keep('the other week', id);
        expect(await story.tasksOf('ncm')).toEqual([`OFFER_HOSTING ${id}`]);
        for (const police of members)
          expect(await story.tasksOf(police)).toEqual([
            `COMPLETE_FORMALITIES ${story.of(officers[police][0])}`,
          ]);
        for (const police of ['is', 'lt']) expect(await story.tasksOf(police)).toEqual([]);
        await expectOpen(story, 'south', 30);
      },
    ],
    ...(Object.keys(stops) as (keyof typeof stops)[]).map(addsAndConfirms),
    [
      '2031-06-21',
      'no office outside Russia hosts it, and none that has closed',
      async (story) => {
        for (const [office, rule] of [
          ['ncm:tll', 'HOST_COUNTRY'],
          ['ncm:kgd', 'CLOSED'],
        ] as const)
          await story.refused('ncm', 'offerRegionalHosting', offer(story, office), { rule });
      },
    ],
    [
      '2031-06-21',
      'the office in St. Petersburg offers a guest house',
      async (story) => {
        const input = { ...offer(story, 'ncm:led'), accommodation: 'A guest house' };
        const selection = 'id status office { id } version';
        const { id, ...hosting } = await story.finish('ncm', `OFFER_HOSTING ${input.visit}`, () =>
          story.done('ncm', 'offerRegionalHosting', input, selection),
        );
        expect(hosting).toEqual({ status: 'OFFERED', office: { id: 'ncm:led' }, version: 1 });
        story.keep('the guest house', id);
      },
    ],
    [
      '2031-06-22',
      'it adds what participants need, and an older form gets a conflict',
      async (story) => {
        const hosting = story.of('the guest house');
        const input = { hosting, transport: 'A train', contactOnTheSpot: 'Olga', version: 1 };
        const selection = 'accommodation transport contactOnTheSpot version';
        expect(await story.done('ncm', 'changeRegionalHosting', input, selection)).toEqual({
          accommodation: 'A guest house',
          transport: 'A train',
          contactOnTheSpot: 'Olga',
          version: 2,
        });
        const conflict = { code: 'CONFLICT', currentVersion: 2 };
        await story.refused('ncm', 'changeRegionalHosting', input, conflict);
        const decision = { hosting, on: '2031-06-22', version: 1 };
        await story.refused('ncm', 'confirmRegionalHosting', decision, conflict);
      },
    ],
    [
      '2031-06-23',
      'it confirms the guest house, and withdraws a second offer',
      async (story) => {
        const hosting = story.of('the guest house');
        const decision = { hosting, on: '2031-06-23', version: 2 };
        await story.finish('ncm', `CONFIRM_HOSTING ${hosting}`, async () =>
          expect(
            await story.done('ncm', 'confirmRegionalHosting', decision, 'status decidedOn'),
          ).toEqual({ status: 'CONFIRMED', decidedOn: '2031-06-23' }),
        );
        const second = await story.done('ncm', 'offerRegionalHosting', offer(story, 'ncm:led'));
        const withdrawal = { hosting: second.id, on: '2031-06-23', version: 1 };
        expect(await story.done('ncm', 'withdrawRegionalHosting', withdrawal, 'status')).toEqual({
          status: 'WITHDRAWN',
        });
        expect(await story.tasksOf('ncm')).toEqual([]);
      },
    ],
    [
      '2031-06-24',
      'those who send read where the group sleeps; Lithuania, which sends nobody, does not',
      (story) =>
        story.expectReaders(
          ['visit', story.of('the other week'), 'regionalHostings { accommodation }'],
          {
            may: ['nbnp', 'ncm', ...members, 'dk liaison'],
            mayNot: ['lt', 'lt liaison', 'dk analyst', 'dk auditor', 'anonymous'],
          },
        ),
    ],
    [
      '2031-06-25',
      'Sweden lends a support person, whose name the senders read',
      async (story) => {
        const skills = { roles: ['SUPPORT_PERSON'], languages: ['ru'], fields: ['NGO'] };
        const person = { unit: 'se:npb', name: 'Britta', ...skills };
        const { id: expert } = await story.done('se', 'registerExpert', person);
        story.keep('Britta', expert);
        const visit = story.of('the other week');
        const request = { visit, expert, role: 'SUPPORT_PERSON', languages: ['ru'] };
        const { experts } = await story.done('nbnp', 'assignExpert', request, 'experts { id }');
        const assignment = experts[0].id as string;
        await story.finish('se', `DECIDE_LOAN ${assignment}`, () =>
          story.done('se', 'decideExpertLoan', {
            expert,
            assignment,
            grant: true,
            on: '2031-06-25',
          }),
        );
        await story.expectReaders(['expert', expert, 'name'], {
          may: ['se', 'nbnp', 'ncm', 'dk', 'lv'],
          mayNot: ['lt', 'dk liaison', 'anonymous'],
        });
      },
    ],
  ],
};
