import { anonymous } from '@hub/shared/identity';
import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { readersOf } from '../testing/test-outcomes.js';
import { north, openTestVisits, week } from '../testing/test-visits.js';

const date = { id: north.visit, on: week.startsOn, version: 1 };
const copied = { startsOn: '2030-09-02' };
const absent = 'nbnp:unheard-of';

/** Each mutation with existing and unknown records. The refusal must not depend on them. */
const mutations: readonly (readonly [string, (id?: string) => object])[] = [
  [
    'scheduleVisit',
    (id) => ({ group: id ?? north.group, title: 'A week', hostCountries: ['FI'], ...week }),
  ],
  ['copyVisit', (id) => ({ visit: id ?? north.visit, group: north.group, ...copied })],
  ['copyGroup', (id) => ({ group: id ?? north.group, name: 'A copy', ...copied })],
  ['rescheduleVisit', (id) => ({ visit: id ?? north.visit, ...week, version: 1 })],
  ['changeVisit', (id) => ({ visit: id ?? north.visit, title: 'A visit', version: 1 })],
  [
    'cancelVisit',
    (id) => ({ visit: id ?? north.visit, on: week.startsOn, reason: 'No hotel.', version: 1 }),
  ],
  [
    'addItineraryStop',
    (id) => ({
      visit: id ?? north.visit,
      hostCountry: 'FI',
      day: week.startsOn,
      title: 'A stop',
      sector: 'NGO',
    }),
  ],
  ['moveItineraryStop', (id) => ({ stop: id ?? north.stop, day: week.startsOn, version: 1 })],
  ['removeItineraryStop', (id) => ({ stop: id ?? north.stop, version: 1 })],
  ['changeItineraryStop', (id) => ({ stop: id ?? north.stop, title: 'A stop', version: 1 })],
  [
    'callOffItineraryStop',
    (id) => ({ stop: id ?? north.stop, on: week.startsOn, reason: 'Closed.', version: 1 }),
  ],
  ['recordStopHeld', (id) => ({ stop: id ?? north.stop, held: true, version: 1 })],
  [
    'recordSiteContact',
    (id) => ({ stop: id ?? north.stop, status: 'ASKED', on: week.startsOn, version: 1 }),
  ],
  [
    'assignExpert',
    (id) => ({ visit: id ?? north.visit, expert: 'ee:expert', role: 'EXPERT', languages: [] }),
  ],
  ['releaseExpert', (id) => ({ assignment: id ?? 'nbnp:assignment' })],
  ['recordDeparture', (id) => ({ ...date, id: id ?? date.id })],
  ['recordReturn', (id) => ({ ...date, id: id ?? date.id })],
];

/** Only the network’s co-ordinators may write, not even its own server. */
const others = [...readersOf(['nbnp', 'ncm', 'fi', 'lv'])].filter(
  ([name]) => name !== 'coordinator of nbnp',
);

describe.each(testDatabases)('FORBIDDEN on $name', (kind) => {
  it.each(mutations)(
    'is the response to %s for all but the network’s co-ordinators, whether the record exists or not',
    async (name, inputOf) => {
      await using network = await openTestVisits(kind);
      expect(others).toContainEqual(['anonymous', anonymous]);
      for (const [reader, who] of others) {
        const refused = await network.refusal(name, { ...inputOf() }, who);
        expect(refused, reader).toMatchObject({ code: 'FORBIDDEN' });
        expect(await network.refusal(name, { ...inputOf(absent) }, who), reader).toEqual(refused);
      }
      expect(network.asked).toEqual([]);
    },
  );
});
