import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fromRussia, toRussia, Trip, type Journey } from '../network/journeys.js';
import type { OpenHub } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  plan,
  reopenOffice,
  runIn,
  type Outcome,
  type Programme,
} from '../network/run-programme.js';

/** A host, two that send officers, and one that has no part. */
const polices = ['fi', 'dk', 'lv', 'se'];

interface State {
  readonly state: string | null;
  readonly stateIsCertain: boolean | null;
}

const readState = async ({ ask }: OpenHub, id: string): Promise<State | null> =>
  (await ask('query ($id: ID!) { group(id: $id) { state stateIsCertain } }', { id })).data.group;

const ruled = (rule: string, argument: string) => ({
  code: 'RULE_VIOLATED',
  rule,
  argument,
  payload: null,
});

const recordAgain = async (trip: Trip, mutation: string, on: string): Promise<Outcome> => {
  const version = await trip.programme.versionOf('visit', trip.visit);
  return trip.programme.call('nbnp', mutation, { id: trip.visit, on, version });
};

/** The step that comes too early in a state. */
const early: Readonly<Record<string, readonly [mutation: string, rule: string]>> = {
  PLANNED: ['recordDeparture', 'NOT_SELECTED'],
  BRIEFED: ['recordReturn', 'NOT_DEPARTED'],
};

/** What is refused of a group in a state, and what is not. */
async function tryOutOfOrder(trip: Trip, state: string, journey: Journey): Promise<void> {
  const { programme, programmeId, group } = trip;
  const [mutation, rule] =
    state === 'SELECTED' && journey === fromRussia
      ? (['recordDeparture', 'NOT_BRIEFED'] as const)
      : (early[state] ?? []);
  if (mutation && rule)
    expect(await recordAgain(trip, mutation, '2031-05-09')).toMatchObject(ruled(rule, 'input.id'));
  if (state === 'RETURNED') {
    const another = { group, title: 'Another week', hostCountries: [journey.host] };
    const days = { startsOn: '2031-06-01', endsOn: '2031-06-06' };
    expect(await programme.call('nbnp', 'scheduleVisit', { ...another, ...days })).toMatchObject(
      ruled('RETURNED', 'input.group'),
    );
  }
  if (state === 'DEBRIEFED') {
    // The debriefing stays after the return, however that is corrected.
    expect(await recordAgain(trip, 'recordReturn', '2031-06-08')).toMatchObject(
      ruled('DATE_ORDER', 'input.on'),
    );
    const corrected = await recordAgain(trip, 'recordReturn', '2031-05-10');
    expect(corrected).toMatchObject({ code: undefined });
  }
  if (state === 'REPORTED')
    for (const [organisation, sign] of [
      ['ncm', 'signOfficeEvaluation'],
      ['nbnp', 'signEvaluation'],
    ] as const) {
      const signature = { programme: programmeId, on: '2031-05-08' };
      expect(await programme.call(organisation, sign, signature), sign).toMatchObject(
        ruled('DATE_ORDER', 'input.on'),
      );
    }
}

let network: OpenNetwork;
let programme: Programme;
beforeAll(async () => {
  network = await openNetwork('facts');
  programme = runIn(network);
  await reopenOffice(network);
});
afterAll(() => network[Symbol.asyncDispose]());

describe('Group.state while each owner in turn is unavailable', () => {
  const without = new Map<string, OpenHub>();

  beforeAll(async () => {
    for (const code of ['nbnp', 'ncm', ...polices])
      without.set(code, await network.openHubWithout([code]));
  });
  afterAll(async () => {
    for (const hub of without.values()) await hub[Symbol.asyncDispose]();
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
    'is at least what is known, certain unless an owner that matters is away, and reached in order: $direction',
    async (journey) => {
      const trip = await startTrip(journey);
      for (const [state, step, withoutOffices, withoutOnePolice] of journey.steps) {
        await step(trip);
        await tryOutOfOrder(trip, state, journey);
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
  afterEach(() => network.start('ncm'));

  it('names a mutation that was written, although reading its result failed', async () => {
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

  it('does not name a mutation whose rule could not be checked: nothing is written', async () => {
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
