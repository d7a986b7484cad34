import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { north, openTestVisits, week } from '../testing/test-visits.js';

const plans = 'plans { fromVersion startsOn endsOn hostCountries }';

describe.each(testDatabases)('Visit.plans on $name', (kind) => {
  it('are the days and hosts since each change of them', async () => {
    await using network = await openTestVisits(kind);
    const first = { fromVersion: 1, ...week, hostCountries: ['FI', 'RU'] };
    const read = async () =>
      (await network.read(`{ visit(id: "${north.visit}") { ${plans} } }`)).visit;
    expect(await read()).toEqual({ plans: [first] });
    // A title is not a plan.
    await network.done('changeVisit', { visit: north.visit, title: 'Two weeks', version: 1 });
    const days = { startsOn: '2030-05-04', endsOn: '2030-05-12' };
    await network.done('rescheduleVisit', { visit: north.visit, ...days, version: 2 });
    const hosts = { hostCountries: ['RU', 'FI', 'EE'] };
    await network.done('changeVisit', { visit: north.visit, ...hosts, version: 3 });
    await network.done('rescheduleVisit', { visit: north.visit, ...week, version: 4 });
    // The same days and hosts once more are no other plan.
    await network.done('rescheduleVisit', { visit: north.visit, ...week, version: 5 });
    await network.done('changeVisit', { visit: north.visit, ...hosts, version: 6 });
    expect(await read()).toEqual({
      plans: [
        first,
        { ...first, ...days, fromVersion: 3 },
        { ...days, ...hosts, fromVersion: 4 },
        { ...week, ...hosts, fromVersion: 5 },
      ],
    });
  });
});
