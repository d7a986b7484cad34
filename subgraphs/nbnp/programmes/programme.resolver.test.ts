import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestNetwork } from '../testing/test-partner.js';

const real = 'nbnp:mobility-programme-2009-2010';

describe.each(testDatabases)('Query.programme on $name', (kind) => {
  it('shows the plan of the founding document, and null for what it does not say', async () => {
    await using network = await openTestNetwork(kind, 'facts');
    const answer = await network.read(`{ programmes { id } programme(id: "${real}") {
      startsOn endsOn plannedGroups groupSizeMin groupSizeMax targetGroups sectorsToShow groups { id }
      areasToInvolve { code } roles { role party { id } } events { id } }
      groups(filter: { programme: "${real}" }) { totalCount nodes { id } } }`);
    expect(answer).toEqual({
      programmes: [{ id: real }],
      programme: {
        startsOn: '2009',
        endsOn: '2010',
        plannedGroups: 4,
        groupSizeMin: 10,
        groupSizeMax: 15,
        targetGroups: ['POLICE', 'PROSECUTION', 'COURT', 'BORDER_CONTROL', 'CUSTOMS'],
        sectorsToShow: ['POLICE', 'PROSECUTION', 'SOCIAL', 'HEALTH', 'NGO'],
        groups: null,
        areasToInvolve: [{ code: 'RU-MUR' }, { code: 'RU-ARK' }],
        roles: [
          ['COORDINATOR', 'nbnp:nbnp'],
          ['COORDINATOR', 'ncm:led'],
          ['COORDINATOR', 'ncm:kgd'],
          ['LEAD', 'nbnp:nbnp'],
          ['LEAD', 'dk:nec'],
          ['SELECTOR', 'ncm:led'],
          ['SELECTOR', 'ncm:kgd'],
        ].map(([role, id]) => ({ role, party: { id } })),
        events: ['mp-1', 'mp-1a', 'mp-1b', 'mp-2', 'mp-2a', 'mp-2b', 'mp-final'].map((id) => ({
          id: `nbnp:${id}`,
        })),
      },
      groups: null,
    });
  });

  it('combines the network’s signature with the offices’ from the representation', async () => {
    await using network = await openTestNetwork(kind);
    const past = { __typename: 'Programme', id: 'nbnp:demo-programme-past' };
    const answer = await network.entities(
      [
        { ...past, officeSignedOn: '2025-11-27', officeSignatureCount: 1 },
        { ...past, officeSignedOn: null, officeSignatureCount: null },
        { __typename: 'Programme', id: real, officeSignedOn: null, officeSignatureCount: 0 },
        { __typename: 'Programme', id: 'nbnp:unheard-of' },
      ],
      '... on Programme { evaluation { complete signOffs { organisation signedOn } } }',
    );
    const own = { organisation: 'nbnp', signedOn: '2025-11-20' };
    expect(answer).toEqual([
      {
        evaluation: {
          complete: true,
          signOffs: [own, { organisation: 'ncm', signedOn: '2025-11-27' }],
        },
      },
      { evaluation: { complete: null, signOffs: [own] } },
      { evaluation: null },
      null,
    ]);
  });
});
