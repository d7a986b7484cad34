import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit, VisitHost } from '../entities/visit.entity.js';
import { north, openTestVisits, week } from '../testing/test-visits.js';

const input = { stop: north.stop, version: 2 };
const callOff = { stop: north.stop, on: '2026-11-20', reason: 'Closed.', version: 1 };

describe.each(testDatabases)('Mutation.resumeItineraryStop on $name', (kind) => {
  it('plans a stop again, which its host must confirm again', async () => {
    await using network = await openTestVisits(kind);
    await network.done('callOffItineraryStop', callOff);
    const fields = 'id status statusReason version';
    expect(await network.done('resumeItineraryStop', input, fields)).toEqual({
      id: north.stop,
      status: 'PLANNED',
      statusReason: null,
      version: 3,
    });
    const key = { __typename: 'ItineraryStop', id: north.stop, officeConfirmedVersion: null };
    const confirmed = async (hostConfirmedVersion: number) =>
      (
        await network.entities(
          [{ ...key, hostConfirmedVersion }],
          '... on ItineraryStop { confirmed }',
        )
      )[0];
    expect(await confirmed(1)).toEqual({ confirmed: false });
    expect(await confirmed(3)).toEqual({ confirmed: true });
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using network = await openTestVisits(kind);
    const refusal = (version = 2) => network.refusal('resumeItineraryStop', { ...input, version });
    expect(await refusal(1)).toMatchObject({ rule: 'NOT_CALLED_OFF', argument: 'input.stop' });
    await network.done('callOffItineraryStop', callOff);
    expect(await refusal(1)).toMatchObject({ code: 'CONFLICT', currentVersion: 2 });
    // The visit was changed while the stop did not count.
    await network.update(Visit, north.visit, { startsOn: '2030-05-08' });
    expect(await refusal()).toMatchObject({ rule: 'OUTSIDE_VISIT', argument: 'input.stop' });
    await network.update(Visit, north.visit, week);
    const host = { visitId: north.visit, country: 'FI' };
    await network.source.manager.delete(VisitHost, host);
    expect(await refusal()).toMatchObject({
      rule: 'HOST_COUNTRY',
      situation: 'STOP_ABROAD',
      argument: 'input.stop',
    });
    await network.insert(VisitHost, { ...host, position: 0 });
    await network.update(Visit, north.visit, { returnedOn: week.endsOn });
    expect(await refusal()).toMatchObject({ rule: 'RETURNED', argument: 'input.stop' });
    await network.update(Visit, north.visit, { cancelledOn: week.endsOn });
    expect(await refusal()).toMatchObject({ rule: 'CANCELLED', argument: 'input.stop' });
    expect(await network.source.manager.countBy(ItineraryStop, { status: 'CALLED_OFF' })).toBe(1);
  });
});
