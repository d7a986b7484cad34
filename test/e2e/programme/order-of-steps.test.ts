import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRussia, toRussia, Trip, type Journey } from '../network/journeys.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import {
  plan,
  reopenOffice,
  runIn,
  type Outcome,
  type Programme,
} from '../network/run-programme.js';

const ruled = (rule: string, argument: string) => ({
  code: 'RULE_VIOLATED',
  rule,
  argument,
  payload: null,
});

describe('the order of a journey’s steps', () => {
  let network: OpenNetwork;
  let programme: Programme;

  beforeAll(async () => {
    network = await openNetwork('facts');
    programme = runIn(network);
    await reopenOffice(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** A group that has come as far as this state. */
  const travelTo = async ({ direction, host, steps }: Journey, state: string): Promise<Trip> => {
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    const group = await programme.done('nbnp', 'createGroup', {
      programme: id,
      name: 'A group',
      direction,
      plannedSize: 2,
    });
    const trip = new Trip(programme, id, group.id);
    await trip.schedule(host);
    for (const [reached, step] of steps) {
      await step(trip);
      if (reached === state) break;
    }
    return trip;
  };

  const recordAgain = async (trip: Trip, mutation: string, on: string): Promise<Outcome> => {
    const version = await programme.versionOf('visit', trip.visit);
    return programme.call('nbnp', mutation, { id: trip.visit, on, version });
  };

  it.each([fromRussia, toRussia])(
    'keeps the debriefing after the return, however that is corrected: $direction',
    async (journey) => {
      const trip = await travelTo(journey, 'DEBRIEFED');
      expect(await recordAgain(trip, 'recordReturn', '2031-06-08')).toMatchObject(
        ruled('DATE_ORDER', 'input.on'),
      );
      expect(await recordAgain(trip, 'recordReturn', '2031-05-10')).toMatchObject({
        code: undefined,
      });
    },
  );

  it('lets a group set out once it is back from where it was', async () => {
    const trip = await travelTo(toRussia, 'SELECTED');
    const second = await programme.done('nbnp', 'scheduleVisit', {
      group: trip.group,
      title: 'Another week',
      hostCountries: ['RU'],
      startsOn: '2031-05-02',
      endsOn: '2031-05-03',
    });
    await trip.record('recordDeparture', 'visit', '2031-05-04');
    const depart = (on: string) =>
      programme.call('nbnp', 'recordDeparture', { id: second.id, on, version: 1 });
    expect(await depart('2031-06-01')).toMatchObject(ruled('OVERLAPPING_VISITS', 'input.id'));
    await trip.record('recordReturn', 'visit', '2031-05-09');
    expect(await depart('2031-05-06')).toMatchObject(ruled('OVERLAPPING_VISITS', 'input.id'));
    expect(await depart('2031-05-01')).toMatchObject({ code: undefined });
    // It cannot have been away around the other visit.
    const comeBack = (on: string) =>
      programme.call('nbnp', 'recordReturn', { id: second.id, on, version: 2 });
    expect(await comeBack('2031-05-20')).toMatchObject(ruled('OVERLAPPING_VISITS', 'input.on'));
    expect(await comeBack('2031-05-04')).toMatchObject({ code: undefined });
  });

  it('signs no programme without a group', async () => {
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    for (const programmeId of [id, 'nbnp:mobility-programme-2009-2010']) {
      const signature = { programme: programmeId, on: '2032-01-01' };
      for (const [organisation, mutation] of [
        ['ncm', 'signOfficeEvaluation'],
        ['nbnp', 'signEvaluation'],
      ] as const) {
        expect(await programme.call(organisation, mutation, signature), mutation).toMatchObject(
          ruled('UNDER_WAY', 'input.programme'),
        );
      }
    }
  });

  it('plans no further visit of a group that is back', async () => {
    const trip = await travelTo(toRussia, 'RETURNED');
    const visit = {
      group: trip.group,
      title: 'Another week',
      hostCountries: ['RU'],
      startsOn: '2031-06-01',
      endsOn: '2031-06-06',
    };
    expect(await programme.call('nbnp', 'scheduleVisit', visit)).toMatchObject(
      ruled('RETURNED', 'input.group'),
    );
  });

  it('dates no signature before the last return', async () => {
    const trip = await travelTo(fromRussia, 'REPORTED');
    const early = { programme: trip.programmeId, on: '2031-05-08' };
    for (const [organisation, mutation] of [
      ['ncm', 'signOfficeEvaluation'],
      ['nbnp', 'signEvaluation'],
    ] as const) {
      expect(await programme.call(organisation, mutation, early), mutation).toMatchObject(
        ruled('DATE_ORDER', 'input.on'),
      );
    }
  });
});

describe('NOT_FOUND', () => {
  it('is a police’s unit where an office is asked for', async () => {
    await using network = await openNetwork('facts');
    const programme = runIn(network);
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    const group = {
      programme: id,
      name: 'A group',
      direction: toRussia.direction,
      plannedSize: 2,
    };
    for (const coordinatingOffice of ['dk:police', 'nbnp:iacis', 'ncm:nowhere', 'xx:office']) {
      expect(
        await programme.call('nbnp', 'createGroup', { ...group, coordinatingOffice }),
        coordinatingOffice,
      ).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.coordinatingOffice',
        payload: null,
      });
    }
  });
});
