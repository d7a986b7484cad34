import { bothDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';

interface Page {
  readonly statements: { readonly nodes: readonly { readonly id: string }[] };
}

const programme = 'nbnp:mobility-programme-2009-2010';

const find = async (network: TestPartner, filter: object): Promise<string[]> => {
  const { statements } = await network.read<Page>(
    'query ($filter: StatementFilter) { statements(filter: $filter, first: 100) { nodes { id } } }',
    { filter },
  );
  return statements.nodes.map(({ id }) => id.slice('nbnp:'.length));
};

describe.each(bothDatabases)('Query.statements on $name', (kind) => {
  it('filters by subject, kind, country and text, by id', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    expect(await find(network, {})).toHaveLength(59);
    expect(await find(network, { about: programme, kind: 'AIM' })).toEqual([
      'st-19',
      'st-20',
      'st-35',
    ]);
    expect(await find(network, { about: 'nbnp:mp-final' })).toEqual(['st-58']);
    expect(await find(network, { about: 'nbnp:ncm' })).toEqual(['st-03', 'st-07']);
    expect(await find(network, { country: 'LV', kind: 'CONTEXT' })).toEqual([
      'st-07',
      'st-09d',
      'st-48',
      'st-51',
    ]);
    expect(await find(network, { search: 'NOT proven' })).toEqual(['st-14']);
    expect(await find(network, { about: 'nbnp:none' })).toEqual([]);
  });

  it('shows a statement with its subject; the network has those of its organisation', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{
      statements(filter: { about: "nbnp:nbnp" }) { nodes { id subject { __typename ... on Organisation { id } } } }
      network { statements { id } }
      event(id: "nbnp:rt-social-undated") { statements(kind: RELATION) { id } }
      organisation(id: "nbnp:nb-min-ge") { statements(kind: NEED) { id } } }`);
    const subject = { __typename: 'Organisation', id: 'nbnp:nbnp' };
    expect(answer).toEqual({
      statements: {
        nodes: [
          { id: 'nbnp:st-41b', subject },
          { id: 'nbnp:st-42', subject },
        ],
      },
      network: { statements: [{ id: 'nbnp:st-41b' }, { id: 'nbnp:st-42' }] },
      event: { statements: [{ id: 'nbnp:st-14' }] },
      organisation: { statements: [{ id: 'nbnp:st-12' }] },
    });
  });
});
