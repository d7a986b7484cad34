import { expect } from 'vitest';
import type { Chapter, Story } from '../both-ways/story.js';
import { confirmation, confirms, hosts, plansStop, type PlannedStop } from './travellers.js';

const visit = 'the week in the north';
const week = { startsOn: '2031-05-04', endsOn: '2031-05-09' };

const stops: readonly PlannedStop[] = [
  {
    name: 'the centre against trafficking',
    visit,
    day: '2031-05-05',
    sector: 'SOCIAL',
    host: 'dk',
    unit: 'dk:nec',
    place: { site: 'dk:site-dk-cmm' },
  },
  {
    name: 'the municipality',
    visit,
    day: '2031-05-05',
    sector: 'GOVERNMENT',
    host: 'dk',
    unit: 'dk:nec',
    place: { site: 'dk:site-muni-odense' },
  },
  {
    name: 'the Danish investigators',
    visit,
    day: '2031-05-06',
    sector: 'POLICE',
    host: 'dk',
    unit: 'dk:nec',
    place: { city: 'Copenhagen', from: '09:00' },
  },
  {
    name: 'the council of the Baltic states',
    visit,
    day: '2031-05-07',
    sector: 'GOVERNMENT',
    host: 'se',
    unit: 'se:npb',
    place: { site: 'se:site-se-cbss' },
  },
  {
    name: 'the Swedish investigators',
    visit,
    day: '2031-05-08',
    sector: 'POLICE',
    host: 'se',
    unit: 'se:rkp',
    place: { address: 'Stockholm' },
  },
];

const schedule = (story: Story, ...hostCountries: string[]) => ({
  group: story.of('baltic'),
  title: 'A week in the north',
  hostCountries,
  ...week,
});

/** Denmark and Sweden host a week, confirm its stops, and Norway lends an expert. */
export const balticWeek: Chapter = {
  title: 'The week in Denmark and Sweden',
  steps: [
    [
      '2031-02-25',
      'a country that is not of the side to which the group travels hosts no visit',
      async (story) => {
        for (const [hostCountries, situation] of [
          [['NO'], 'OTHER_SIDE'],
          [['LV'], 'OTHER_SIDE'],
          [['DK', 'PL'], 'NOT_IN_NETWORK'],
        ] as const)
          await story.refused('nbnp', 'scheduleVisit', schedule(story, ...hostCountries), {
            rule: 'HOST_COUNTRY',
            situation,
          });
      },
    ],
    [
      '2031-02-25',
      'NBNP schedules the week: Denmark and Sweden have to host, and nobody else',
      async (story) => {
        const selection = 'id hosts { country owner }';
        const planned = await story.done(
          'nbnp',
          'scheduleVisit',
          schedule(story, 'DK', 'SE'),
          selection,
        );
        story.keep(visit, planned.id);
        expect(planned.hosts).toEqual([
          { country: 'DK', owner: 'dk' },
          { country: 'SE', owner: 'se' },
        ]);
        for (const who of ['dk', 'se'])
          expect(await story.tasksOf(who), who).toEqual([`OFFER_HOSTING ${planned.id}`]);
        for (const who of ['nbnp', 'ee', 'no']) expect(await story.tasksOf(who), who).toEqual([]);
      },
    ],
    ...stops.map(plansStop),
    [
      '2031-03-02',
      'the week shows what that side should show',
      async (story) => {
        const selection = 'missingSectors stops { hostOwner }';
        const read = await story.read('nbnp', 'visit', story.of(visit), selection);
        expect(read.missingSectors).toEqual([]);
        const owners = ['dk', 'dk', 'dk', 'se', 'se'].map((hostOwner) => ({ hostOwner }));
        expect(read.stops).toEqual(owners);
      },
    ],
    [
      '2031-03-04',
      'nobody confirms for Denmark: neither an office, nor NBNP, nor Sweden',
      async (story) => {
        const [stop] = stops;
        if (!stop) throw new Error('There is no stop.');
        const { unit: _, ...input } = confirmation(story, stop, '2031-03-04');
        const rule = 'HOST_COUNTRY';
        const ofOffice = { ...input, office: 'ncm:rix' };
        await story.refused('ncm', 'confirmRegionalStop', ofOffice, { rule });
        await story.refused('nbnp', 'confirmNetworkStop', input, { rule });
        await story.refused('se', 'confirmStop', { ...input, unit: 'se:npb' }, { rule });
      },
    ],
    ...stops.map(confirms),
    hosts('dk', 'dk:nec', visit),
    hosts('se', 'se:npb', visit),
    [
      '2031-03-11',
      'no office hosts where police forces do',
      (story) =>
        story.refused(
          'ncm',
          'offerRegionalHosting',
          { office: 'ncm:rix', visit: story.of(visit) },
          { rule: 'HOST_COUNTRY' },
        ),
    ],
    [
      '2031-03-20',
      'Norway lends an expert',
      async (story) => {
        const skills = { roles: ['EXPERT'], languages: ['en'], fields: ['POLICE'] };
        const person = { unit: 'no:kripos', name: 'Ingrid', ...skills };
        const { id: expert } = await story.done('no', 'registerExpert', person);
        const request = { visit: story.of(visit), expert, role: 'EXPERT', languages: ['en'] };
        const { experts } = await story.done('nbnp', 'assignExpert', request, 'experts { id }');
        const assignment = experts[0].id as string;
        const decision = { expert, assignment, grant: true, on: '2031-03-20' };
        await story.finish('no', `DECIDE_LOAN ${assignment}`, async () =>
          expect(await story.done('no', 'decideExpertLoan', decision, 'status')).toEqual({
            status: 'LENT',
          }),
        );
      },
    ],
    [
      '2031-03-21',
      'the plan is for those who run it, host and send; and the hosts read who comes',
      async (story) => {
        await story.expectReaders(['visit', story.of(visit), 'stops { title }'], {
          may: ['nbnp', 'ncm', 'dk liaison', 'se', 'lv', 'lt'],
          mayNot: ['ee', 'is', 'no analyst', 'anonymous'],
        });
        await story.expectReaders(['delegate', story.of('rix 1'), 'name'], {
          may: ['ncm', 'nbnp', 'dk', 'se'],
          mayNot: ['ee', 'is', 'anonymous'],
        });
      },
    ],
  ],
};
