import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  nominateDelegate,
  nominateOfficer,
  plan,
  reopenOffice,
  runIn,
  selectDelegate,
  type Outcome,
  type Programme,
} from '../network/run-programme.js';

const callers = 50;
const repeat = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: callers }, (_, index) => make(index)));

/** How often each outcome came: `done`, or the code of a refusal. */
function countOutcomes(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code = 'done' } of outcomes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe(`${callers} callers at one time`, () => {
  let network: OpenNetwork;
  let programme: Programme;
  let id: string;

  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    await reopenOffice(network);
    id = (await programme.done('nbnp', 'createProgramme', plan)).id;
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const createGroup = async (direction: string): Promise<string> =>
    (
      await programme.done('nbnp', 'createGroup', {
        programme: id,
        name: 'A group',
        direction,
        plannedSize: plan.groupSizeMin,
      })
    ).id;

  it('select no delegate above the programme’s largest group, however small it was planned', async () => {
    const group = await createGroup('NORTH_WEST_RUSSIA_TO_NORDIC');
    const nominees = await repeat((index) =>
      nominateDelegate(programme, group, `Nominee ${index}`),
    );
    const outcomes = await Promise.all(
      nominees.map(({ nomination }) => selectDelegate(programme, nomination)),
    );
    expect(countOutcomes(outcomes)).toEqual({
      done: plan.groupSizeMax,
      GROUP_FULL: callers - plan.groupSizeMax,
    });
    expect(await programme.group(group, 'delegateCount memberCount plannedSize')).toEqual({
      delegateCount: plan.groupSizeMax,
      memberCount: plan.groupSizeMax,
      plannedSize: plan.groupSizeMin,
    });
  });

  it('accept as many officers as there are places, whatever else changes the group', async () => {
    const group = await createGroup('NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA');
    const nominees = await repeat((index) =>
      index % 2
        ? nominateOfficer(programme, 'dk', 'dk:police', group)
        : nominateOfficer(programme, 'fi', 'fi:npb', group),
    );
    const accept = ({ officer, nomination }: (typeof nominees)[number]): Promise<Outcome> =>
      programme.call('nbnp', 'acceptOfficer', {
        group,
        officer,
        nomination,
        on: '2031-02-01',
        version: 1,
      });
    const outcomes = await Promise.all(nominees.map(accept));
    expect(countOutcomes(outcomes)).toEqual({
      done: plan.groupSizeMax,
      GROUP_FULL: nominees.length - plan.groupSizeMax,
    });
    expect(await programme.group(group, 'memberCount version')).toEqual({
      memberCount: plan.groupSizeMax,
      version: 1 + plan.groupSizeMax,
    });
  });

  it('have one effect and one answer under one idempotency key, also after a restart', async () => {
    const input = {
      programme: id,
      name: 'Once',
      direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
      plannedSize: 2,
      coordinatingOffice: 'ncm:led',
      idempotencyKey: 'once',
    };
    const create = (changed = {}) =>
      programme.call('nbnp', 'createGroup', { ...input, ...changed }, 'id name version');
    const groups = (await repeat(() => create())).map(({ payload }) => payload);
    expect(new Set(groups.map((group) => group.id)).size).toBe(1);
    await network.stop('nbnp');
    await network.start('nbnp');
    expect((await create()).payload).toEqual(groups[0]);
    expect(await create({ name: 'Another' })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
      payload: null,
    });
    const { data } = await network.ask(
      'query ($id: ID!) { groups(filter: { programme: $id }) { nodes { name } } }',
      { id },
    );
    const names = (data.groups.nodes as { name: string }[]).map(({ name }) => name);
    expect(names.filter((name) => name === 'Once')).toHaveLength(1);
    expect(names).not.toContain('Another');
  });
});
