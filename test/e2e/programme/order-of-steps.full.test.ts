import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toRussia, Trip } from '../network/journeys.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { plan, reopenOffice, runIn, type Programme } from '../network/run-programme.js';

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

  const createGroup = async (more: object = {}) => {
    const { id } = await programme.done('nbnp', 'createProgramme', plan);
    const { direction } = toRussia;
    const input = { programme: id, name: 'A group', direction, plannedSize: 2, ...more };
    return { id: id as string, call: await programme.call('nbnp', 'createGroup', input) };
  };

  it('lets a group depart after it has returned from another visit', async () => {
    const { id, call } = await createGroup();
    const trip = new Trip(programme, id, call.payload.id as string);
    await trip.schedule(toRussia.host);
    for (const [state, step] of toRussia.steps) {
      await step(trip);
      if (state === 'SELECTED') break;
    }
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

  it('refuses to sign a programme without a group', async () => {
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

  it('begins with an office: a police’s unit is NOT_FOUND', async () => {
    for (const coordinatingOffice of ['dk:police', 'nbnp:iacis', 'ncm:nowhere', 'xx:office'])
      expect((await createGroup({ coordinatingOffice })).call, coordinatingOffice).toMatchObject({
        code: 'NOT_FOUND',
        argument: 'input.coordinatingOffice',
        payload: null,
      });
  });
});
