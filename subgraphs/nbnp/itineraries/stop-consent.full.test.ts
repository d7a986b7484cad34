import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { north, openTestVisits } from '../testing/test-visits.js';

/** Confirmed for 7 May, 10:00 to 15:00. */
const hours = { day: '2030-05-07', from: '10:00', to: '15:00' };

describe.each(testDatabases)('the confirmation of a stop on $name', (kind) => {
  const isConfirmedAfter = async (name: string, change: object) => {
    await using network = await openTestVisits(kind);
    await network.done(name, { stop: north.stop, version: 1, ...change });
    const key = { __typename: 'ItineraryStop', id: north.stop, hostConfirmedVersion: 1 };
    const [stop] = await network.entities(
      [{ ...key, officeConfirmedVersion: null }],
      '... on ItineraryStop { confirmed version }',
    );
    return stop;
  };

  it.each([
    [{}, true],
    [{ from: '10:01' }, true],
    [{ to: '14:59' }, true],
    [{ from: '09:59' }, false],
    [{ to: '15:01' }, false],
    [{ day: '2030-05-06' }, false],
    [{ day: '2030-05-08' }, false],
    [{ from: null }, false],
    [{ from: 'after lunch' }, false],
  ])('after moveItineraryStop to %j stands: %s', async (change, confirmed) => {
    const moved = await isConfirmedAfter('moveItineraryStop', { ...hours, ...change });
    expect(moved).toEqual({ confirmed, version: 2 });
  });

  it.each([
    [{ note: 'Bring a passport.', contactOnTheSpot: 'The guard' }, true],
    [{ title: 'A stop', sector: 'POLICE', address: null }, true],
    [{ title: 'Another stop' }, false],
    [{ sector: 'NGO' }, false],
    [{ address: 'A street' }, false],
    [{ city: 'Tampere' }, true],
    [{ meetingPoint: 'The gate' }, false],
  ])('after changeItineraryStop with %j stands: %s', async (change, confirmed) => {
    expect(await isConfirmedAfter('changeItineraryStop', change)).toEqual({
      confirmed,
      version: 2,
    });
  });

  it('is lost with another city, or with none again', async () => {
    for (const city of ['Espoo', null]) {
      await using network = await openTestVisits(kind);
      const stop = { stop: north.stop };
      for (const change of [
        { city: 'Tampere', version: 1 },
        { city: 'Tampere', note: 'By bus.', version: 2 },
      ])
        await network.done('changeItineraryStop', { ...stop, ...change });
      const key = { __typename: 'ItineraryStop', id: north.stop };
      const confirmed = async () =>
        network.entities(
          [{ ...key, hostConfirmedVersion: 1, officeConfirmedVersion: null }],
          '... on ItineraryStop { city confirmed }',
        );
      expect(await confirmed()).toEqual([{ city: 'Tampere', confirmed: true }]);
      await network.done('changeItineraryStop', { ...stop, city, version: 3 });
      expect(await confirmed()).toEqual([{ city, confirmed: false }]);
    }
  });
});
