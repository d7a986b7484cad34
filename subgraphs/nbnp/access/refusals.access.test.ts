import { Loaders } from '@hub/shared/database';
import type { PartnerContext } from '@hub/shared/policy';
import { type TestDatabaseKind, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { levels } from '../levels.js';
import { openTestJourneys } from '../testing/test-journeys.js';
import { readersOf } from '../testing/test-outcomes.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

const readers = readersOf(['nbnp', 'ncm', 'dk']);
const signedIn = [...readers].flatMap(([name, { kind }]) => (kind === 'person' ? [name] : []));
const staffOfNetwork = ['coordinator of nbnp', 'liaison of nbnp', 'service of nbnp'];

/** Who may learn that there is no such object, by type and level. */
const learners: readonly (readonly [type: string, level: string, readers: readonly string[]])[] = [
  ['OfficerNomination', 'identity', []],
  ['Absence', 'identity', []],
  ['GroupMeeting', 'visit', signedIn],
  ['Visit', 'visit', signedIn],
  ['ItineraryStop', 'visit', signedIn],
  // Those who may read the plan of every visit.
  ['GroupMeeting', 'itinerary', staffOfNetwork],
  ['Visit', 'itinerary', staffOfNetwork],
  ['ItineraryStop', 'itinerary', staffOfNetwork],
  ['Expert', 'itinerary', staffOfNetwork],
  ['ExpertAssignment', 'itinerary', staffOfNetwork],
];

describe('that there is no such object', () => {
  it('is said only to callers who may read every object', async () => {
    await using network = await openTestJourneys(sqlite);
    for (const [type, level, may] of learners) {
      const learning: string[] = [];
      for (const [name, reader] of readers) {
        const context = {
          reader,
          partner: 'nbnp',
          loaders: new Loaders(network.source),
          clock: () => new Date('2026-11-24T12:00:00Z'),
        } as unknown as PartnerContext;
        if (await levels[type]?.[level]?.decide(undefined, context, {})) learning.push(name);
      }
      expect(learning, `${type} at the level ${level}`).toEqual(may);
    }
  });
});
