import { codes } from '@hub/shared/policy';
import { createTestImport, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { baltic, nordic, planSides, sidesHub } from '../testing/test-sides.js';
import { openTestVisits, programme as other } from '../testing/test-visits.js';
import { importKinds } from './import-kinds.js';

const load = createTestImport(importKinds, codes.networkCode);

describe.each(testDatabases)('the import of journeys on $name', (kind) => {
  it('takes those between two sides of a programme, and refuses any other place', async () => {
    await using network = await openTestVisits(kind, sidesHub);
    const { programme, sides } = await planSides(network, { plannedJourneys: [] });
    const [from, to] = [sides[baltic.name], sides[nordic.name]];
    const journey = { id: 'j', programme, position: 1, weeks: 2, destination: 'Denmark' };
    const faultsOf = async (ends: object, change: object = {}) => {
      const { faults } = await load(network, 'journeys', [{ ...journey, ...change, ...ends }]);
      return faults.join('\n');
    };
    const missing = 'must be given, or both from and to in its place';
    expect(await faultsOf({})).toContain(missing);
    expect(await faultsOf({ from })).toContain(missing);
    const direction = 'north west russia to nordic';
    expect(await faultsOf({ from, to, direction })).toContain(missing);
    const elsewhere = 'is a side of another programme';
    expect(await faultsOf({ from, to }, { programme: other })).toContain(elsewhere);
    expect(await faultsOf({ from, to: `${programme}-side-none` })).toContain('unknown side');
    expect(await faultsOf({ from, to })).toBe('');
    const read = await network.read(
      `{ programme(id: "${programme}") { plannedJourneys { direction weeks from { name } to { name } } } }`,
    );
    const ends = { from: { name: baltic.name }, to: { name: nordic.name } };
    expect(read).toEqual({
      programme: { plannedJourneys: [{ direction: null, weeks: 2, ...ends }] },
    });
  });
});
