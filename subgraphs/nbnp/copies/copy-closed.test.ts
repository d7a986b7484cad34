import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { addStop, hubWithSites, toGroup, toVisit } from '../testing/test-copies.js';
import { north, openTestVisits } from '../testing/test-visits.js';

const hub = hubWithSites([
  { id: 'fi:site' },
  { id: 'fi:invented', isRehearsal: true },
  { id: 'fi:closed', closedOn: '2030-08', city: 'Turku' },
  { id: 'fi:gone', mergedInto: { id: 'fi:closed' } },
]);

describe.each(testDatabases)('a copy of what has closed since on $name', (kind) => {
  it.each([
    ['fi:site', null, { site: { id: 'fi:site' }, city: null }],
    ['fi:closed', null, { site: null, city: 'Turku' }],
    ['fi:closed', 'Helsinki', { site: null, city: 'Helsinki' }],
    ['fi:gone', null, { site: null, city: 'Turku' }],
  ])('keeps a stop at %s in %s, and its city if the site closes', async (siteId, city, place) => {
    await using network = await openTestVisits(kind, hub);
    await addStop(network, { siteId, city });
    const selection = 'stops { title site { id } city }';
    const { stops } = await network.done('copyVisit', toVisit, selection);
    expect(stops).toContainEqual({ title: 'Another stop', ...place });
    const copied = await network.done('copyGroup', toGroup, `visits { ${selection} }`);
    expect(copied['visits']).toMatchObject([{ stops }]);
  });

  it('says which site it is about when it is refused', async () => {
    await using network = await openTestVisits(kind, hub);
    await addStop(network, { siteId: 'fi:invented' });
    const { errors } = await network.change('copyVisit', toVisit);
    expect(errors).toMatchObject([{ message: expect.stringContaining('fi:invented') as unknown }]);
  });

  it.each([
    ['is another one', { mergedInto: { id: 'ncm:mmk' } }, { id: 'ncm:mmk' }],
    ['is closed', { closedOn: '2030-08' }, null],
    ['is open', {}, { id: 'ncm:led' }],
  ])('of a documented group has the office that stands: %s', async (_what, since, expected) => {
    const open = { country: 'RU', openedOn: '1995', closedOn: null };
    const offices = (id: unknown) => (id === 'ncm:led' ? { ...open, ...since } : open);
    await using network = await openTestVisits(kind, {
      ...hub,
      CoordinatingOffice: ({ id }) => ({ office: offices(id) }),
    });
    await network.update(Group, north.group, { coordinatingOfficeId: 'ncm:led' });
    const copied = await network.done('copyGroup', toGroup, 'coordinatingOffice { id }');
    expect(copied).toEqual({ coordinatingOffice: expected });
    if (expected?.id === 'ncm:led') return;
    const named = { ...toGroup, coordinatingOffice: 'ncm:led' };
    expect(await network.refusal('copyGroup', named)).toMatchObject({
      rule: 'mergedInto' in since ? 'MERGED' : 'CLOSED',
      argument: 'input.coordinatingOffice',
    });
  });
});
