import { expect } from 'vitest';
import type { Tree } from '../../network/open-hub.js';
import { accept, decisionOn, officers, polices } from './officers.js';
import type { Chapter, Story } from './story.js';

const missing = { code: 'PARTNER_UNAVAILABLE', partner: 'se' };

const toDecide = (story: Story) =>
  polices.map((police) => `DECIDE_NOMINATION ${story.of(`${officers[police][0]}’s nomination`)}`);

const readTasks = async (story: Story, who: string) => {
  const { data, errors, extensions } = await story.ask(who, '{ tasks { nodes { kind subject } } }');
  const nodes = data.tasks.nodes as Tree[];
  const tasks = nodes.map(({ kind, subject }) => `${kind} ${subject}`);
  return { tasks, errors, extensions };
};

/** Sweden’s server is down for two days. What needs it waits; everything else goes on. */
export const policeAway: Chapter = {
  title: 'Sweden is away',
  steps: [
    [
      '2031-02-17',
      'NBNP has eight nominations to decide before',
      async (story) =>
        expect((await story.tasksOf('nbnp')).toSorted()).toEqual(toDecide(story).toSorted()),
    ],
    [
      '2031-02-18',
      'Sweden’s server stops: its nomination is left out of NBNP’s tasks, and Sweden is named',
      async (story) => {
        await story.network.stop('se');
        const { tasks, errors, extensions } = await readTasks(story, 'nbnp');
        const left = toDecide(story).filter((task) => !task.includes(' se:'));
        expect(left).toHaveLength(7);
        const toPlan = ['north', 'south'].map((name) => `PLAN_VISIT ${story.of(name)}`);
        expect(tasks.toSorted()).toEqual([...left, ...toPlan].toSorted());
        expect(errors).toMatchObject([{ path: ['tasks'], extensions: missing }]);
        expect(extensions.completeness).toMatchObject({
          complete: false,
          partners: { se: { status: 'UNAVAILABLE' } },
        });
      },
    ],
    [
      '2031-02-18',
      'the offices’ tasks do not depend on Sweden',
      async (story) =>
        expect(await story.tasksOf('ncm')).toEqual([`BRIEF_GROUP ${story.of('north')}`]),
    ],
    [
      '2031-02-18',
      'the officers of seven countries are listed, and the whole count is unknown',
      async (story) => {
        const query = '{ officers { totalCount countAtLeast nodes { country } } }';
        const { data, errors } = await story.ask('nbnp', query);
        const countries = polices.filter((code) => code !== 'se').map((code) => code.toUpperCase());
        expect(data.officers).toEqual({
          totalCount: null,
          countAtLeast: 7,
          nodes: countries.map((country) => ({ country })),
        });
        expect(errors).toMatchObject([{ extensions: missing }]);
      },
    ],
    [
      '2031-02-18',
      'the group’s state is at least what the others know',
      async (story) => {
        const query = `{ group(id: "${story.of('south')}") { state stateIsCertain } }`;
        const { data } = await story.ask('nbnp', query);
        expect(data.group).toEqual({ state: 'NOMINATED', stateIsCertain: false });
      },
    ],
    [
      '2031-02-18',
      'NBNP cannot accept Karin of Sweden now',
      async (story) => {
        const input = decisionOn(story, 'se', '2031-02-18');
        await story.refused('nbnp', 'acceptOfficer', input, missing);
      },
    ],
    [
      '2031-02-18',
      'nor can Sweden write',
      (story) =>
        story.refused(
          'se',
          'changeOfficer',
          { officer: story.of('Karin'), rank: 'Superintendent', version: 1 },
          missing,
        ),
    ],
    [
      '2031-02-18',
      'NBNP accepts Astrid of Denmark meanwhile',
      async (story) => {
        expect(await accept(story, 'dk', '2031-02-18', {}, 'memberCount')).toEqual({
          memberCount: 1,
        });
      },
    ],
    [
      '2031-02-18',
      'what was changed in Sweden is not known, and in Denmark it is',
      async (story) => {
        const changes = (country: string) =>
          story.ask('nbnp', `{ policeChanges(country: "${country}") { nodes { mutation } } }`);
        const swedish = await changes('SE');
        expect(swedish.data).toEqual({ policeChanges: null });
        expect(swedish.errors).toMatchObject([{ path: ['policeChanges'], extensions: missing }]);
        const danish = await changes('DK');
        expect(danish.errors).toBeUndefined();
        expect(danish.data.policeChanges.nodes).toEqual([
          { mutation: 'changeOfficer' },
          { mutation: 'nominateOfficer' },
          { mutation: 'registerOfficer' },
        ]);
      },
    ],
    [
      '2031-02-19',
      'Sweden is back with everything that it had',
      async (story) => {
        await story.network.start('se');
        const left = toDecide(story).filter((task) => !task.includes(' dk:'));
        expect((await story.tasksOf('nbnp')).toSorted()).toEqual(left.toSorted());
      },
    ],
  ],
};
