import { inTransaction } from '@hub/shared/database';
import { testDatabases, type TestPartner } from '@hub/shared/testing';
import { DataSource, type EntityManager } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';

interface Contact {
  readonly strength: number;
  readonly parties: readonly { readonly id: string }[];
  readonly events: readonly { readonly id: string }[];
}
interface Page {
  readonly contacts: {
    readonly nodes: readonly Contact[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly totalCount: number;
  };
}

const readPage = async (network: TestPartner, variables: object): Promise<Page['contacts']> => {
  const { contacts } = await network.read<Page>(
    `query ($minimum: Int, $first: Int, $after: String) { contacts(minimum: $minimum, first: $first, after: $after) {
      nodes { strength parties { id } events { id } } pageInfo { hasNextPage endCursor } totalCount } }`,
    { ...variables },
  );
  return contacts;
};

/** An event at which two parties met that no other event has. */
async function meetFirst(manager: EntityManager, name: string): Promise<void> {
  const event = await manager.findOneByOrFail(Event, { id: 'nbnp:mp-final' });
  const role = await manager.findOneByOrFail(PartyRole, { eventId: event.id });
  await manager.insert(Event, { ...event, id: `nbnp:${name}`, partOfId: null });
  for (const position of [0, 1]) {
    const own = { id: `nbnp:${name}-${position}`, partyId: `dk:${name}-${position}`, position };
    await manager.insert(PartyRole, { ...role, ...own, eventId: `nbnp:${name}` });
  }
}

describe.each(testDatabases)('Query.contacts on $name', (kind) => {
  it('lists parties with two things in common or more, the strongest first', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { contacts } = await network.read<Page>(
      '{ contacts { nodes { strength parties { id } events { id } } totalCount } }',
    );
    expect(contacts.totalCount).toBe(5);
    expect(
      contacts.nodes.map(({ strength, parties, events }) => [
        strength,
        ...[...parties, ...events].map(({ id }) => id.replace('nbnp:', '')),
      ]),
    ).toEqual([
      [2, 'ee:ppa', 'nbnp', 'board-2024a', 'kf1-2014'],
      // Both also planned the programme.
      [2, 'nbnp', 'ncm:led', 'mp-final'],
      // The conference is a part of the project, which they organised as well.
      [2, 'nbnp', 'ncm:tll', 'conf-tll-2013', 'kf1-2014'],
      [2, 'ncm', 'ru-mfa-nw', 'exch-mfa-2008a', 'exch-mfa-2008b'],
      // The council was represented at the conference, without a role.
      [2, 'ncm', 'ru-spb-gov', 'mp-final', 'poi-2007'],
    ]);
  });

  it('shows a write at once, of this process or of another one', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const count = async () => (await readPage(network, { minimum: 1 })).totalCount;
    const before = await count();
    expect(await count()).toBe(before);
    await inTransaction(network.source, (manager) => meetFirst(manager, 'own'));
    expect(await count()).toBe(before + 1);
    const other = new DataSource({ ...network.source.options, migrationsRun: false });
    await other.initialize();
    await meetFirst(other.manager, 'other');
    await other.destroy();
    expect(await count()).toBe(before + 2);
  });

  it('counts an event once for parties with several roles there', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { nodes } = await readPage(network, { minimum: 1, first: 1000 });
    const found = nodes.find(
      ({ parties }) => parties[0]?.id === 'nbnp:iacis' && parties[1]?.id === 'nbnp:ru-spb-gov',
    );
    expect(found).toMatchObject({ strength: 1, events: [{ id: 'nbnp:mp-final' }] });
  });

  it('gives the kind, date and source of each piece of evidence', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { contacts } = await network.read<{ contacts: { nodes: readonly object[] } }>(
      `{ contacts(filter: { party: "nbnp:nbnp", programme: "nbnp:mobility-programme-2009-2010" }) {
        nodes { parties { id } firstOn lastOn countries
          evidence { basis on source event { id } visit { id } programme { id } } } } }`,
    );
    const source = 'https://nbnp.ee/activities/2012';
    expect(contacts.nodes).toEqual([
      {
        parties: [{ id: 'nbnp:nbnp' }, { id: 'ncm:led' }],
        firstOn: '2009',
        lastOn: '2010-03-24',
        countries: [],
        evidence: [
          {
            basis: 'PROGRAMME',
            on: '2009',
            source,
            event: null,
            visit: null,
            programme: { id: 'nbnp:mobility-programme-2009-2010' },
          },
          {
            basis: 'EVENT',
            on: '2010-03-24',
            source,
            event: { id: 'nbnp:mp-final' },
            visit: null,
            programme: null,
          },
        ],
      },
    ]);
  });

  it('returns each row once, with every page size', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const all = await readPage(network, { minimum: 1, first: 1000 });
    expect(all.nodes).toHaveLength(all.totalCount);
    for (const first of [1, 2, 5, all.totalCount, 1000]) {
      const seen: Contact[] = [];
      let after: string | null = null;
      do {
        const page = await readPage(network, { minimum: 1, first, after });
        seen.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen, `pages of ${first}`).toEqual(all.nodes);
    }
  });

  it('refuses an invalid page', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const refused = [
      ['minimum: 0', 'minimum'],
      ['first: 0', 'first'],
      [`after: "${Buffer.from('["x","a","b"]').toString('base64url')}"`, 'after'],
      [`after: "${Buffer.from('["2","a"]').toString('base64url')}"`, 'after'],
      ['filter: { from: "2010", to: "2009-12" }', 'filter.to'],
    ];
    for (const [argument, name] of refused) {
      const { errors } = await network.ask(`{ contacts(${argument}) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: name } }]);
    }
  });
});
