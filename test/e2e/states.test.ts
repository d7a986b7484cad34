import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenHub, type OpenNetwork } from './open-network.js';
import {
  acceptOfficer,
  nominateDelegate,
  nominateOfficer,
  plan,
  runIn,
  selectDelegate,
  type Programme,
} from './run-programme.js';

const polices = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'];

/** Brings the group of a direction to the next state. Each goes on where the one before it ended. */
interface Journey {
  readonly direction: string;
  readonly host: string;
  /** What follows from `nbnp` alone, or from all but one police, in each state. */
  readonly steps: readonly (readonly [
    state: string,
    step: (trip: Trip) => Promise<void>,
    withoutOffices: string,
    withoutOnePolice: string,
  ])[];
  /** Whether the facts of the polices matter to it. */
  readonly needsPolices: boolean;
}

/** A group under way, and what its steps go by. */
class Trip {
  visit = '';
  readonly people: { readonly person: string; readonly nomination: string }[] = [];

  constructor(
    readonly programme: Programme,
    readonly programmeId: string,
    readonly group: string,
  ) {}

  async record(mutation: string, field: 'group' | 'visit', on: string): Promise<void> {
    const id = field === 'group' ? this.group : this.visit;
    const version = await this.programme.versionOf(field, id);
    await this.programme.done('nbnp', mutation, { id, on, version });
  }

  async schedule(host: string): Promise<void> {
    const visit = await this.programme.done('nbnp', 'scheduleVisit', {
      group: this.group,
      title: 'A week',
      hostCountries: [host],
      startsOn: '2031-05-04',
      endsOn: '2031-05-09',
    });
    this.visit = visit.id;
  }

  async sign(): Promise<void> {
    const signature = { programme: this.programmeId, on: '2032-01-10' };
    await this.programme.done('ncm', 'signOfficeEvaluation', signature);
    await this.programme.done('nbnp', 'signEvaluation', { ...signature, summary: 'Done.' });
  }
}

const nothing = (): Promise<void> => Promise.resolve();
const meeting = { office: 'ncm:led', place: 'Petrozavodsk' };

const fromRussia: Journey = {
  direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
  host: 'FI',
  needsPolices: false,
  steps: [
    ['PLANNED', nothing, 'PLANNED', 'PLANNED'],
    [
      'NOMINATED',
      async (trip) => {
        for (const name of ['A', 'B']) {
          const { delegate, nomination } = await nominateDelegate(trip.programme, trip.group, name);
          trip.people.push({ person: delegate, nomination });
        }
      },
      'PLANNED',
      'NOMINATED',
    ],
    [
      'SELECTED',
      async ({ programme, people }) => {
        for (const { nomination } of people) await selectDelegate(programme, nomination);
      },
      'PLANNED',
      'SELECTED',
    ],
    [
      'BRIEFED',
      async ({ programme, group }) => {
        const briefing = { ...meeting, group, on: '2031-04-20' };
        await programme.done('ncm', 'recordDelegatesBriefing', briefing);
      },
      'PLANNED',
      'BRIEFED',
    ],
    [
      'TRAVELLING',
      (trip) => trip.record('recordDeparture', 'visit', '2031-05-04'),
      'TRAVELLING',
      'TRAVELLING',
    ],
    [
      'RETURNED',
      (trip) => trip.record('recordReturn', 'visit', '2031-05-09'),
      'RETURNED',
      'RETURNED',
    ],
    [
      'DEBRIEFED',
      async ({ programme, group }) => {
        const debriefing = { ...meeting, group, on: '2031-05-30' };
        await programme.done('ncm', 'recordDelegatesDebriefing', debriefing);
      },
      'RETURNED',
      'DEBRIEFED',
    ],
    [
      'REPORTED',
      async ({ programme, group, visit, people }) => {
        for (const { person } of people) {
          const report = { delegate: person, group, visit, on: '2031-06-01', text: 'Seen.' };
          await programme.done('ncm', 'handInDelegateReport', report);
        }
      },
      'RETURNED',
      'REPORTED',
    ],
    ['EVALUATED', (trip) => trip.sign(), 'RETURNED', 'EVALUATED'],
  ],
};

const toRussia: Journey = {
  direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
  host: 'RU',
  needsPolices: true,
  steps: [
    ['PLANNED', nothing, 'PLANNED', 'PLANNED'],
    [
      'NOMINATED',
      async (trip) => {
        for (const [police, unit] of [
          ['dk', 'dk:police'],
          ['lv', 'lv:police'],
        ] as const) {
          const nominee = await nominateOfficer(trip.programme, police, unit, trip.group);
          trip.people.push({ person: nominee.officer, nomination: nominee.nomination });
        }
      },
      'NOMINATED',
      'PLANNED',
    ],
    [
      'SELECTED',
      async ({ programme, group, people }) => {
        for (const { person, nomination } of people) {
          await acceptOfficer(programme, group, { officer: person, nomination });
        }
      },
      'SELECTED',
      'SELECTED',
    ],
    [
      'BRIEFED',
      (trip) => trip.record('recordGroupBriefing', 'group', '2031-04-20'),
      'BRIEFED',
      'BRIEFED',
    ],
    [
      'TRAVELLING',
      (trip) => trip.record('recordDeparture', 'visit', '2031-05-04'),
      'TRAVELLING',
      'TRAVELLING',
    ],
    [
      'RETURNED',
      (trip) => trip.record('recordReturn', 'visit', '2031-05-09'),
      'RETURNED',
      'RETURNED',
    ],
    [
      'DEBRIEFED',
      (trip) => trip.record('recordGroupDebriefing', 'group', '2031-05-30'),
      'DEBRIEFED',
      'DEBRIEFED',
    ],
    [
      'REPORTED',
      async ({ programme, group, visit, people }) => {
        for (const { person } of people) {
          const report = { officer: person, group, visit, on: '2031-06-01', text: 'Seen.' };
          await programme.done(person.slice(0, 2), 'handInOfficerReport', report);
        }
      },
      'REPORTED',
      'DEBRIEFED',
    ],
    ['EVALUATED', (trip) => trip.sign(), 'REPORTED', 'DEBRIEFED'],
  ],
};

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
    for (const code of network.codes) without.set(code, await network.openHubWithout([code]));
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
