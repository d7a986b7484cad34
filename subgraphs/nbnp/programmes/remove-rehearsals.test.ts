import 'reflect-metadata';

import type { AskHub } from '@hub/shared/policy';
import {
  inner,
  lateClock,
  readEveryRow,
  testDatabases,
  type TestPartner,
} from '@hub/shared/testing';
import type { DataSource } from 'typeorm';
import { IsNull } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { deriveEventColumns } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { Group } from '../entities/group.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { Visit } from '../entities/visit.entity.js';
import { definition } from '../partner.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { prepareRemoval } from './remove-rehearsals.js';

const entities = [...definition.entities];

const past = 'nbnp:demo-programme-past';

function run({ source }: TestPartner, isDone = true, askHub: AskHub = inner.noHub) {
  const context = { partner: 'nbnp', source, clock: lateClock, askHub };
  return inner.removeRehearsals(context, prepareRemoval, isDone);
}

/** The rows of the partner’s own tables. */
async function readRows(source: DataSource): Promise<string[]> {
  const tables = entities.map((entity) => source.getMetadata(entity).tableName);
  const rows = await readEveryRow(source);
  return rows.filter((row) => tables.includes(row.slice(0, row.indexOf(','))));
}

async function endAll({ manager }: DataSource): Promise<void> {
  await manager.update(
    Visit,
    { returnedOn: IsNull() },
    { departedOn: '2027-01-01', returnedOn: '2027-01-02' },
  );
  const visited = new Set(
    (await manager.findBy(Visit, { cancelledOn: IsNull() })).map(({ groupId }) => groupId),
  );
  for (const { id } of await manager.find(Group))
    if (!visited.has(id)) await manager.update(Group, { id }, { cancelledOn: '2027-01-01' });
}

/** An event of a programme, as part of another one. */
const event = (id: string, programmeId: string | null, partOfId: string | null = null) => {
  const texts = { title: id, series: null, aim: null, note: null, city: null, venue: null };
  const days = { startsOn: null, endsOn: null };
  const folded = deriveEventColumns({ ...texts, ...days });
  return {
    id,
    kind: 'SEMINAR' as const,
    workingLanguages: [],
    programmeId,
    partOfId,
    ...texts,
    ...days,
    ...folded,
  };
};

const signatures =
  (count: number): AskHub =>
  () =>
    Promise.resolve({ programme: { officeSignatureCount: count } });

describe.each(testDatabases)('the network’s rehearsals that ended, on $name', (kind) => {
  it('leave nothing but the facts, to the row, in every table', async () => {
    await using network = await openTestNetwork(kind);
    await using plain = await openTestNetwork(kind, 'facts');
    await endAll(network.source);
    await run(network);
    expect(await readRows(network.source)).toEqual(await readRows(plain.source));
  });

  it('are counted, removed once, and recorded, while another rehearsal stays as it is', async () => {
    await using network = await openTestNetwork(kind);
    const before = await readRows(network.source);
    const counts = await run(network, false);
    expect(await readRows(network.source)).toEqual(before);
    expect(counts.get('programmes')).toBe(1);
    expect(await run(network)).toEqual(counts);
    const after = await readRows(network.source);
    const gone = before.filter((row) => !after.includes(row));
    expect(before.filter((row) => !gone.includes(row))).toEqual(after);
    expect(gone).toHaveLength([...counts.values()].reduce((sum, count) => sum + count, 0));
    for (const row of gone) expect(row).not.toMatch(/nbnp:demo-(programme|group-[1235])'/);
    const { nodes } = await inner.readChanges(
      { source: network.source, partner: 'nbnp' },
      { first: 100 },
    );
    const own = nodes.filter(({ mutation }) => mutation === 'removeRehearsals');
    expect(own.map(({ subject }) => subject)).toContain(past);
    expect(await run(network)).toEqual(new Map());
  });

  it.each([
    ['is no rehearsal', Programme, { isRehearsal: false }],
    ['has no known end, and no second signature', Programme, { endsOn: null }],
    ['has not come to its last day', Programme, { endsOn: '2034' }],
  ] as const)('are not one that %s', async (_what, entity, change) => {
    await using network = await openTestNetwork(kind);
    await network.source.manager.update(entity, { id: past }, change);
    const before = await readRows(network.source);
    expect(await run(network, true, signatures(0))).toEqual(new Map());
    expect(await readRows(network.source)).toEqual(before);
  });

  it('are not one with a group that travels, or with neither a visit nor a cancellation', async () => {
    await using network = await openTestNetwork(kind);
    const { manager } = network.source;
    const group = await manager.findOneByOrFail(Group, { programmeId: past });
    const visits = await manager.findBy(Visit, { groupId: group.id });
    await manager.update(Visit, { groupId: group.id }, { returnedOn: null });
    expect(await run(network)).toEqual(new Map());
    await manager.update(Visit, { groupId: group.id }, { cancelledOn: '2025-01-01' });
    expect(await run(network)).toEqual(new Map());
    await manager.update(Group, { id: group.id }, { cancelledOn: '2025-01-01' });
    expect((await run(network)).get('visits')).toBe(visits.length);
  });

  it('are one that both have signed, before its last day', async () => {
    await using network = await openTestNetwork(kind);
    await network.source.manager.update(Programme, { id: past }, { endsOn: '2034' });
    expect((await run(network, true, signatures(1))).get('programmes')).toBe(1);
  });

  it('take their events along, unless another event is part of one', async () => {
    await using network = await openTestNetwork(kind);
    const { manager } = network.source;
    await manager.insert(Event, event('nbnp:of-rehearsal', past));
    await manager.insert(Event, event('nbnp:part', past, 'nbnp:of-rehearsal'));
    await manager.insert(Event, event('nbnp:outside', null, 'nbnp:of-rehearsal'));
    const before = await readRows(network.source);
    expect(await run(network)).toEqual(new Map());
    expect(await readRows(network.source)).toEqual(before);
    await manager.update(Event, { id: 'nbnp:outside' }, { partOfId: null });
    expect((await run(network)).get('events')).toBe(2);
    expect(await manager.existsBy(Event, { id: 'nbnp:outside' })).toBe(true);
  });
});
