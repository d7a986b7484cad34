import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRussia, toRussia, Trip, type Journey } from '../network/journeys.js';
import type { OpenHub } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { plan, reopenOffice, runIn, type Programme } from '../network/run-programme.js';

/** A host, two that send officers, and one that has no part. */
const polices = ['fi', 'dk', 'lv', 'se'];

interface State {
  readonly state: string | null;
  readonly stateIsCertain: boolean | null;
}

const readState = async ({ ask }: OpenHub, id: string): Promise<State | null> =>
  (await ask('query ($id: ID!) { group(id: $id) { state stateIsCertain } }', { id })).data.group;

describe('Group.state with each owner away in turn', () => {
  let network: OpenNetwork;
  let programme: Programme;
  const without = new Map<string, OpenHub>();

  beforeAll(async () => {
    network = await openNetwork('facts');
    programme = runIn(network);
    await reopenOffice(network);
    for (const code of ['nbnp', 'ncm', ...polices])
      without.set(code, await network.openHubWithout([code]));
  });
  afterAll(async () => {
    for (const hub of without.values()) await hub[Symbol.asyncDispose]();
    await network[Symbol.asyncDispose]();
  });

  const startTrip = async ({ direction, host }: Journey): Promise<Trip> => {
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    const group = await programme.done('nbnp', 'createGroup', {
      programme: id,
      name: 'A group',
      direction,
      plannedSize: 2,
      coordinatingOffice: 'ncm:led',
    });
    const trip = new Trip(programme, id, group.id);
    await trip.schedule(host);
    return trip;
  };

  /** What every hub says of a group: the whole network’s, and one for each partner that is away. */
  const readAll = async (group: string): Promise<Record<string, State | null>> => {
    const states = [...without].map(async ([code, hub]) => [code, await readState(hub, group)]);
    return {
      nobody: await readState(network, group),
      ...(Object.fromEntries(await Promise.all(states)) as Record<string, State | null>),
    };
  };

  const stateOf = (state: string, stateIsCertain: boolean): State => ({ state, stateIsCertain });

  it.each([fromRussia, toRussia])(
    'is at least what is known, and certain unless an owner that matters is away: $direction',
    async (journey) => {
      const trip = await startTrip(journey);
      for (const [state, step, withoutOffices, withoutOnePolice] of journey.steps) {
        await step(trip);
        expect(await readAll(trip.group), state).toEqual({
          nobody: stateOf(state, true),
          nbnp: null,
          ncm: stateOf(withoutOffices, false),
          ...Object.fromEntries(
            polices.map((code) => [code, stateOf(withoutOnePolice, !journey.needsPolices)]),
          ),
        });
      }
    },
  );

  it.each([fromRussia, toRussia])(
    'is CANCELLED for certain, whoever is away: $direction',
    async (journey) => {
      const { group } = await startTrip(journey);
      await programme.done('nbnp', 'cancelGroup', {
        group,
        on: '2031-03-01',
        reason: 'Too few came forward.',
        version: await programme.versionOf('group', group),
      });
      expect(await readAll(group)).toEqual({
        nobody: stateOf('CANCELLED', true),
        ...Object.fromEntries(
          ['ncm', ...polices].map((code) => [code, stateOf('CANCELLED', true)]),
        ),
        nbnp: null,
      });
    },
  );
});

describe('extensions.written', () => {
  it('names a mutation that its owner did, though what is read after it is not to be had', async () => {
    await using network = await openNetwork('facts');
    const programme = runIn(network);
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    await network.stop('ncm');
    const { payload, answer } = await programme.call(
      'nbnp',
      'createGroup',
      { programme: id, name: 'A group', direction: fromRussia.direction, plannedSize: 2 },
      'id version delegateCount programme { title }',
    );
    expect(payload).toMatchObject({
      version: 1,
      delegateCount: null,
      programme: { title: plan.title },
    });
    expect(answer.extensions).toMatchObject({
      written: ['done'],
      completeness: { complete: false, partners: { ncm: { status: 'UNAVAILABLE' } } },
    });
    expect(answer.errors).toMatchObject([
      { path: ['done'], extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'ncm' } },
    ]);
    expect(await programme.group(payload.id, 'name')).toEqual({ name: 'A group' });
  });

  it('does not name one whose rule nobody could look at: nothing is written', async () => {
    await using network = await openNetwork('facts');
    const programme = runIn(network);
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    await network.stop('ncm');
    const refused = await programme.call('nbnp', 'createGroup', {
      programme: id,
      name: 'A group',
      direction: fromRussia.direction,
      plannedSize: 2,
      coordinatingOffice: 'ncm:led',
    });
    expect(refused).toMatchObject({ code: 'PARTNER_UNAVAILABLE', payload: null });
    expect(refused.answer.extensions).not.toHaveProperty('written');
    const { data } = await network.ask(
      'query ($id: ID!) { programme(id: $id) { groups { id } } }',
      {
        id,
      },
    );
    expect(data.programme.groups).toEqual([]);
  });
});
