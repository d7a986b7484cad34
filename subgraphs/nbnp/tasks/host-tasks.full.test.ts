import { bothDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { VisitHost } from '../entities/visit.entity.js';
import { openTestTasks } from '../testing/test-tasks.js';
import { north } from '../testing/test-visits.js';

const tasks = [`CONFIRM_STOP ${north.stop}`, `OFFER_HOSTING ${north.visit}`];

describe.each(bothDatabases)('the tasks of a host on $name', (kind) => {
  it('are its stops alone for the network, where no partner answers', async () => {
    await using network = await openTestTasks(kind);
    const { manager } = network.source;
    const inFinland = { visitId: north.visit, country: 'FI' };
    expect(await network.listOf('fi')).toContain(tasks[0]);
    await manager.update(VisitHost, inFinland, { owner: 'nbnp' });
    await manager.update(ItineraryStop, { id: north.stop }, { hostOwner: 'nbnp' });
    const own = async (organisation: string) =>
      (await network.listOf(organisation)).filter((task) => tasks.includes(task));
    expect(await own('nbnp')).toEqual([tasks[0]]);
    expect(await own('fi')).toEqual([]);
    // The network knows without the police force.
    network.missing.push('fi');
    await manager.update(ItineraryStop, { id: north.stop }, { networkConfirmedVersion: 1 });
    expect(await own('nbnp')).toEqual([]);
    await manager.update(ItineraryStop, { id: north.stop }, { version: 2, planVersion: 2 });
    expect(await own('nbnp')).toEqual([tasks[0]]);
  });

  it('are those of the offices in each country for which they answer', async () => {
    await using network = await openTestTasks(kind);
    const { manager } = network.source;
    await manager.update(ItineraryStop, { id: north.stop }, { hostOwner: 'ncm' });
    network.facts[`visit ${north.visit}`] = {
      // Not the confirmation of the offices.
      stops: [{ id: north.stop, hostConfirmedVersion: 1, officeConfirmedVersion: 0 }],
      hostings: [],
      regionalHostings: [],
    };
    expect(await network.listOf('ncm')).toContain(tasks[0]);
    expect(await network.listOf('fi')).not.toContain(tasks[0]);
    expect(await network.listOf('nbnp')).not.toContain(tasks[0]);
  });
});
