import { testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
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

describe.each(testDatabases)('Query.contacts on $name', (kind) => {
  it('lists who met at two events or more, the strongest first', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { contacts } = await network.read<Page>(
      '{ contacts { nodes { strength parties { id } events { id } } totalCount } }',
    );
    expect(contacts.totalCount).toBe(3);
    expect(
      contacts.nodes.map(({ strength, parties }) => [strength, ...parties.map(({ id }) => id)]),
    ).toEqual([
      [3, 'nbnp:nbnp', 'ncm:tll'],
      [2, 'ee:ppa', 'nbnp:nbnp'],
      [2, 'nbnp:ncm', 'nbnp:ru-mfa-nw'],
    ]);
    expect(contacts.nodes[0]?.events.map(({ id }) => id)).toEqual([
      'nbnp:conf-tll-2013',
      'nbnp:kf1-2014',
      'nbnp:proj-nbnwr-1',
    ]);
  });

  it('counts an event once for parties with several roles there', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const { nodes } = await readPage(network, { minimum: 1, first: 1000 });
    const found = nodes.find(
      ({ parties }) => parties[0]?.id === 'nbnp:iacis' && parties[1]?.id === 'nbnp:ru-spb-gov',
    );
    expect(found).toMatchObject({ strength: 1, events: [{ id: 'nbnp:mp-final' }] });
    expect(nodes.every(({ strength, events }) => strength === events.length)).toBe(true);
  });

  it('pages over all of them in every page size, losing and doubling nothing', async () => {
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

  it('refuses what is no page of this list', async () => {
    await using network = await openTestNetwork(kind, 'nothing');
    const refused = [
      ['minimum: 0', 'minimum'],
      ['first: 0', 'first'],
      [`after: "${Buffer.from('["x","a","b"]').toString('base64url')}"`, 'after'],
      [`after: "${Buffer.from('["2","a"]').toString('base64url')}"`, 'after'],
    ];
    for (const [argument, name] of refused) {
      const { errors } = await network.ask(`{ contacts(${argument}) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: name } }]);
    }
  });
});
