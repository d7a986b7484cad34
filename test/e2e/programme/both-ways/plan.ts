import { expect } from 'vitest';
import type { Chapter, Story } from './story.js';

const aims = ['To meet those who do the same work.'];

const createGroup = async (story: Story, name: string, direction: string): Promise<void> => {
  const planned = { programme: story.of('programme'), direction, plannedSize: 4 };
  const input = { ...planned, name, coordinatingOffice: 'ncm:led' };
  story.keep(name, (await story.done('nbnp', 'createGroup', input)).id);
};

const seminar = (story: Story) => ({
  title: 'A seminar for both groups',
  kind: 'SEMINAR',
  startsOn: '2031-02',
  city: 'Petrozavodsk',
  country: 'RU',
  organisers: ['ncm:led'],
  programme: story.of('programme'),
});

/** NBNP plans the programme and its two groups; the offices add a seminar. */
export const plan: Chapter = {
  title: 'The plan',
  steps: [
    [
      '2031-01-03',
      'nobody but NBNP creates a programme',
      (story) =>
        story.refused(
          'dk',
          'createProgramme',
          { title: 'Ours', targetGroups: ['POLICE'], sectorsToShow: [], workingLanguages: [] },
          { code: 'FORBIDDEN' },
        ),
    ],
    [
      '2031-01-03',
      'NBNP creates the programme of two years',
      async (story) => {
        const { id } = await story.done('nbnp', 'createProgramme', {
          title: 'Programme of both ways',
          startsOn: '2031',
          endsOn: '2032',
          plannedGroups: 2,
          groupSizeMin: 4,
          groupSizeMax: 6,
          targetGroups: ['POLICE'],
          sectorsToShow: ['POLICE', 'PROSECUTION', 'SOCIAL', 'NGO'],
          workingLanguages: ['en', 'ru'],
          plannedJourneys: [
            { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 1, destination: 'Finland, Norway' },
          ],
          roles: [{ role: 'COORDINATOR', party: 'ncm:led' }],
        });
        story.keep('programme', id);
      },
    ],
    [
      '2031-01-04',
      'NBNP writes its aims and the areas to involve',
      async (story) => {
        const change = { programme: story.of('programme'), aims, areasToInvolve: ['RU-KR'] };
        const changed = await story.done(
          'nbnp',
          'changeProgramme',
          { ...change, version: 1 },
          'version areasToInvolve { code } statements(kind: AIM) { text } plannedJourneys { weeks }',
        );
        expect(changed).toEqual({
          version: 2,
          areasToInvolve: [{ code: 'RU-KR' }],
          statements: aims.map((text) => ({ text })),
          plannedJourneys: [{ weeks: 1 }],
        });
      },
    ],
    [
      '2031-01-04',
      'a second secretary, who had read the first version, gets a conflict',
      (story) =>
        story.refused(
          'nbnp',
          'changeProgramme',
          { programme: story.of('programme'), title: 'Another title', version: 1 },
          { code: 'CONFLICT', currentVersion: 2 },
        ),
    ],
    [
      '2031-01-05',
      'NBNP creates the group from North-West Russia',
      (story) => createGroup(story, 'north', 'NORTH_WEST_RUSSIA_TO_NORDIC'),
    ],
    [
      '2031-01-05',
      'NBNP creates the Nordic-Baltic group',
      (story) => createGroup(story, 'south', 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA'),
    ],
    [
      '2031-01-05',
      'an office in Estonia co-ordinates no group',
      (story) =>
        story.refused(
          'nbnp',
          'changeGroup',
          { group: story.of('south'), coordinatingOffice: 'ncm:tll', version: 1 },
          { rule: 'HOST_COUNTRY' },
        ),
    ],
    [
      '2031-01-05',
      'an office that has closed co-ordinates none either',
      (story) =>
        story.refused(
          'nbnp',
          'changeGroup',
          { group: story.of('south'), coordinatingOffice: 'ncm:kgd', version: 1 },
          { rule: 'CLOSED' },
        ),
    ],
    [
      '2031-01-06',
      'NBNP plans a larger Nordic-Baltic group',
      async (story) => {
        const change = { group: story.of('south'), plannedSize: 6, version: 1 };
        expect(
          await story.done('nbnp', 'changeGroup', change, 'plannedSize version state'),
        ).toEqual({ plannedSize: 6, version: 2, state: 'PLANNED' });
      },
    ],
    [
      '2031-01-06',
      'visits are to plan and people to nominate, and nothing else waits',
      async (story) => {
        const [north, south] = [story.of('north'), story.of('south')];
        const ofPolice = [`NOMINATE ${south}`];
        const ofOthers: Readonly<Record<string, readonly string[]>> = {
          nbnp: [north, south].map((group) => `PLAN_VISIT ${group}`),
          ncm: [`NOMINATE ${north}`],
        };
        for (const who of story.network.codes)
          expect((await story.allTasksOf(who)).toSorted(), who).toEqual(
            (ofOthers[who] ?? ofPolice).toSorted(),
          );
      },
    ],
    [
      '2031-01-10',
      'the offices record the seminar that they organise',
      async (story) => {
        const event = await story.done(
          'ncm',
          'recordEvent',
          { ...seminar(story), participants: 30 },
          'id version participants { value } roles { role party { id } }',
        );
        expect(event).toMatchObject({
          version: 1,
          participants: { value: 30 },
          roles: [{ role: 'ORGANISER', party: { id: 'ncm:led' } }],
        });
        story.keep('seminar', event.id);
      },
    ],
    [
      '2031-01-10',
      'a police that is not among the organisers records none',
      (story) => story.refused('dk', 'recordEvent', { ...seminar(story) }, { code: 'FORBIDDEN' }),
    ],
    [
      '2031-01-11',
      'the offices correct its town',
      async (story) => {
        const change = { event: story.of('seminar'), city: 'Murmansk', version: 1 };
        expect(await story.done('ncm', 'changeEvent', change, 'city version')).toEqual({
          city: 'Murmansk',
          version: 2,
        });
      },
    ],
    [
      '2031-01-11',
      'the offices do not record it a second time by mistake, and learn which one is the first',
      async (story) => {
        const same = { ...seminar(story), city: 'MURMANSK' };
        const refusal = { rule: 'DUPLICATE', argument: 'input.title', id: story.of('seminar') };
        await story.refused('ncm', 'recordEvent', same, refusal);
      },
    ],
    [
      '2031-01-12',
      'the offices record it twice by mistake, and remove the second with a reason',
      async (story) => {
        const { id: event } = await story.done('ncm', 'recordEvent', { ...seminar(story) });
        const reason = 'It was recorded twice.';
        await story.done('ncm', 'removeEvent', { event, reason, version: 1 }, '');
        expect((await story.ask('anonymous', `{ event(id: "${event}") { id } }`)).data).toEqual({
          event: null,
        });
        const changes = `{ networkChanges(filter: { subject: "${event}" }, first: 1) { nodes { mutation reason organisation } } }`;
        const { data } = await story.ask('nbnp', changes);
        expect(data.networkChanges.nodes).toEqual([
          { mutation: 'removeEvent', reason, organisation: 'ncm' },
        ]);
      },
    ],
  ],
};
