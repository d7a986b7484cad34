import {
  bothDatabases,
  openTestPartner,
  readerOf,
  rehearseMigrations,
  testDatabases,
  type TestDatabaseKind,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { entities, migrations } from '../data-source.js';
import { Shelter } from '../entities/shelter.entity.js';
import { definition } from '../partner.js';

const visit = 'nbnp:visit-1';

async function openServer(kind: TestDatabaseKind) {
  const server = await openTestPartner(definition, kind, {
    partner: 'new-kind',
    content: 'nothing',
  });
  const row = { city: 'Oslo', country: 'NO', places: 12, contact: 'Anna', visitId: null };
  await server.source.manager.insert(Shelter, [
    { ...row, id: 'new-kind:1', name: 'One' },
    { ...row, id: 'new-kind:2', name: 'Two', country: 'DK', visitId: visit },
  ]);
  return server;
}

describe.each(testDatabases)('Query.shelters on $name', (kind) => {
  it('returns pages by id, and filters by country', async () => {
    await using server = await openServer(kind);
    const first = '{ shelters(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } }';
    expect(await server.read(first)).toEqual({
      shelters: {
        totalCount: 2,
        nodes: [{ id: 'new-kind:1' }],
        pageInfo: { hasNextPage: true },
      },
    });
    const danish = '{ shelters(filter: { country: "DK" }) { nodes { name visit { id } } } }';
    expect(await server.read(danish)).toEqual({
      shelters: { nodes: [{ name: 'Two', visit: { id: visit } }] },
    });
  });

  it('adds to the visits of another partner', async () => {
    await using server = await openServer(kind);
    const [found] = await server.entities(
      [{ __typename: 'Visit', id: visit }],
      '... on Visit { shelters { id } }',
    );
    expect(found).toEqual({ shelters: [{ id: 'new-kind:2' }] });
  });

  it('shows whom to call to its own staff and the network’s co-ordinators alone', async () => {
    await using server = await openServer(kind);
    const query = '{ shelter(id: "new-kind:1") { name contact } }';
    for (const reader of [readerOf('new-kind', 'liaison'), readerOf('nbnp', 'coordinator')])
      expect(await server.read(query, {}, reader)).toEqual({
        shelter: { name: 'One', contact: 'Anna' },
      });
    for (const reader of [{ kind: 'anonymous' } as const, readerOf('dk', 'coordinator')]) {
      const { data, errors } = await server.ask(query, {}, reader);
      expect(data).toEqual({ shelter: { name: 'One', contact: null } });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    }
  });
});

describe.each(bothDatabases)('migrations on $name', (database) => {
  it('create the tables that the entities describe, and can be reverted', async () => {
    const tables = await rehearseMigrations(database, { entities, migrations });
    expect(tables).toEqual({ drift: [], left: [] });
  });
});
