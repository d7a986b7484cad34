import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import type { Input } from '../../network/run-programme.js';
import type { Chapter, Story } from '../both-ways/story.js';

const baltic = {
  name: 'Latvia and Lithuania',
  countries: ['LV', 'LT'],
  selectors: ['ncm:rix', 'ncm:vno', 'lv:police', 'lt:lkpb', 'nbnp:lv-prosecutor', 'nbnp:lt-moi'],
  coordinators: ['ncm:rix', 'ncm:vno'],
};
const nordic = {
  name: 'Denmark and Sweden',
  countries: ['DK', 'SE'],
  hosts: ['dk:nec', 'se:npb'],
  sectorsToShow: ['POLICE', 'SOCIAL', 'GOVERNMENT'],
};
const iceland = { name: 'Iceland', countries: ['IS'], selectors: ['is:rls', 'is:rmp'] };
const estonia = { name: 'Estonia', countries: ['EE'], hosts: ['ee:ppa'] };

const programme = {
  title: 'From any side to any side',
  startsOn: '2031',
  endsOn: '2032',
  plannedGroups: 2,
  groupSizeMin: 10,
  groupSizeMax: 12,
  targetGroups: ['POLICE', 'PROSECUTION', 'COURT'],
  sectorsToShow: ['POLICE', 'SOCIAL', 'NGO'],
  workingLanguages: ['en'],
  sides: [baltic, nordic, iceland, estonia],
  plannedJourneys: [
    { from: baltic.name, to: nordic.name, weeks: 1, destination: 'Copenhagen and Stockholm' },
    { from: iceland.name, to: estonia.name, weeks: 1, destination: 'Tallinn' },
  ],
};

const createGroup = async (story: Story, name: string, group: Input) => {
  const input = { programme: story.of('programme'), name, ...group };
  const { id } = await story.done('nbnp', 'createGroup', input);
  story.keep(name, id);
};

const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

/** NBNP plans four sides and two groups; no office in Russia is open, and none is needed. */
export const plan: Chapter = {
  title: 'The plan',
  steps: [
    [
      '2031-01-03',
      'a police force hosts in its own country alone',
      (story) =>
        story.refused(
          'nbnp',
          'createProgramme',
          { ...programme, sides: [{ ...nordic, hosts: ['no:pod'] }], plannedJourneys: [] },
          { rule: 'SIDE', argument: 'input.sides.0.hosts.0' },
        ),
    ],
    [
      '2031-01-03',
      'no office that has closed co-ordinates a side',
      (story) =>
        story.refused(
          'nbnp',
          'createProgramme',
          { ...programme, sides: [{ ...baltic, coordinators: ['ncm:kgd'] }], plannedJourneys: [] },
          { rule: 'CLOSED', argument: 'input.sides.0.coordinators.0' },
        ),
    ],
    [
      '2031-01-03',
      'NBNP plans four sides, and the journeys between them',
      async (story) => {
        const selection = `id plannedJourneys { direction from { name } to { name } weeks }
          sides { id name countries selectors { id } hosts { id } coordinators { id } sectorsToShow unansweredIn source }`;
        const planned = await story.done('nbnp', 'createProgramme', programme, selection);
        story.keep('programme', planned.id);
        for (const { id, name } of planned.sides) story.keep(name, id);
        expect(planned.sides.map(({ id: _, ...side }: Tree) => side)).toEqual([
          {
            name: baltic.name,
            countries: baltic.countries,
            selectors: baltic.selectors.map((id) => ({ id })),
            hosts: [],
            coordinators: baltic.coordinators.map((id) => ({ id })),
            sectorsToShow: programme.sectorsToShow,
            unansweredIn: [],
            source: null,
          },
          expect.objectContaining({ name: nordic.name, sectorsToShow: nordic.sectorsToShow }),
          expect.objectContaining({ name: iceland.name, coordinators: [] }),
          expect.objectContaining({ name: estonia.name, hosts: [{ id: 'ee:ppa' }] }),
        ]);
        expect(planned.plannedJourneys).toEqual([
          { direction: null, from: { name: baltic.name }, to: { name: nordic.name }, weeks: 1 },
          { direction: null, from: { name: iceland.name }, to: { name: estonia.name }, weeks: 1 },
        ]);
      },
    ],
    [
      '2031-01-04',
      'a group goes from a side to another one of its own programme',
      async (story) => {
        const group = { programme: story.of('programme'), name: 'A', plannedSize: 12 };
        const from = story.of(baltic.name);
        for (const [ends, refusal] of [
          [{ from, to: from }, { code: 'BAD_USER_INPUT' }],
          [{ from }, { code: 'BAD_USER_INPUT' }],
          [
            { from, to: 'nbnp:none' },
            { code: 'NOT_FOUND', argument: 'input.to' },
          ],
          [
            { from, to: story.of(nordic.name), direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' },
            { code: 'BAD_USER_INPUT' },
          ],
        ] as const)
          await story.refused('nbnp', 'createGroup', { ...group, ...ends }, refusal);
      },
    ],
    [
      '2031-01-05',
      'NBNP creates a group from each of two sides',
      async (story) => {
        const ends = (from: { name: string }, to: { name: string }) => ({
          from: story.of(from.name),
          to: story.of(to.name),
        });
        await createGroup(story, 'baltic', { ...ends(baltic, nordic), plannedSize: 12 });
        await createGroup(story, 'iceland', { ...ends(iceland, estonia), plannedSize: 10 });
        const selection =
          'direction isBriefingDue state from { name } to { name } coordinatingOffice { id }';
        const planned = { direction: null, isBriefingDue: true, state: 'PLANNED' };
        expect(await story.read('anonymous', 'group', story.of('baltic'), selection)).toEqual({
          ...planned,
          from: { name: baltic.name },
          to: { name: nordic.name },
          coordinatingOffice: { id: 'ncm:rix' },
        });
        expect(await story.read('anonymous', 'group', story.of('iceland'), selection)).toEqual({
          ...planned,
          from: { name: iceland.name },
          to: { name: estonia.name },
          coordinatingOffice: null,
        });
      },
    ],
    [
      '2031-01-05',
      'both offices find their group',
      async (story) => {
        for (const office of baltic.coordinators) {
          const query = `{ groups(filter: { coordinatingOffice: "${office}" }) { nodes { id } } }`;
          const { data } = await story.ask('ncm', query);
          expect(idsOf(data.groups.nodes)).toEqual([story.of('baltic')]);
        }
      },
    ],
    [
      '2031-01-06',
      'who selects has to nominate, NBNP plans the visits, and nothing else waits',
      async (story) => {
        const [fromBaltic, fromIceland] = [story.of('baltic'), story.of('iceland')];
        const expected: Readonly<Record<string, readonly string[]>> = {
          nbnp: [`PLAN_VISIT ${fromBaltic}`, `PLAN_VISIT ${fromIceland}`],
          ncm: [`NOMINATE ${fromBaltic}`],
          lv: [`NOMINATE ${fromBaltic}`],
          lt: [`NOMINATE ${fromBaltic}`],
          is: [`NOMINATE ${fromIceland}`],
        };
        for (const who of story.network.codes)
          expect((await story.allTasksOf(who)).toSorted(), who).toEqual(
            [...(expected[who] ?? [])].toSorted(),
          );
      },
    ],
  ],
};
