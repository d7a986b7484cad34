import { bothDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { openTestVisits, south } from '../testing/test-visits.js';

const toStop = (id: string, day: string, from: string | null) => ({
  id: `nbnp:${id}`,
  visitId: south.visit,
  hostCountry: 'RU',
  day,
  from,
  title: id,
  sector: 'POLICE',
});

const toVisit = (id: string, startsOn: string | null) => ({
  id: `nbnp:${id}`,
  groupId: south.group,
  title: id,
  startsOn,
  endsOn: startsOn,
});

describe.each(bothDatabases)('Visit.stops on $name', (kind) => {
  it('are sorted by day, by time (unset last), and by id', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(
      ItineraryStop,
      toStop('a', '2030-05-08', null),
      toStop('c', '2030-05-08', '09:00'),
      toStop('b', '2030-05-08', '09:00'),
      toStop('d', '2030-05-08', '08:30'),
      toStop('z', '2030-05-06', null),
      toStop('y', '2030-05-06', null),
    );
    const stops = `{ visit(id: "${south.visit}") { stops { id } } }`;
    expect(await network.read(stops)).toEqual({
      visit: {
        stops: ['nbnp:y', 'nbnp:z', south.stop, 'nbnp:d', 'nbnp:b', 'nbnp:c', 'nbnp:a'].map(
          (id) => ({ id }),
        ),
      },
    });
  });
});

describe.each(bothDatabases)('Group.visits on $name', (kind) => {
  it('are sorted by first day (unset last), and by id', async () => {
    await using network = await openTestVisits(kind);
    await network.insert(
      Visit,
      toVisit('a', null),
      toVisit('c', '2030-04-01'),
      toVisit('b', '2030-04-01'),
      toVisit('d', '2030-03-31'),
    );
    const visits = `{ group(id: "${south.group}") { visits { id } } }`;
    expect(await network.read(visits)).toEqual({
      group: {
        visits: ['nbnp:d', 'nbnp:b', 'nbnp:c', south.visit, 'nbnp:a'].map((id) => ({ id })),
      },
    });
  });
});
