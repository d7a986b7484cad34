import { askEachField, entityRoad, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestNetwork } from './test-partner.js';

const roads = {
  Event: [
    (selection: string) => `{ events { nodes { ${selection} } } }`,
    entityRoad('Event', { id: 'nbnp:poi-2007' }),
  ],
  Organisation: [
    (selection: string) => `{ organisations { nodes { ${selection} } } }`,
    entityRoad('Organisation', { id: 'nbnp:iacis' }),
  ],
  PartyRole: [(selection: string) => `{ events { nodes { roles { ${selection} } } } }`],
  Claim: [(selection: string) => `{ events { nodes { claims { ${selection} } } } }`],
  Programme: [entityRoad('Programme', { id: 'nbnp:demo-programme' })],
  Group: [entityRoad('Group', { id: 'nbnp:demo-group-1' })],
  Visit: [entityRoad('Visit', { id: 'nbnp:demo-visit-1' })],
  ItineraryStop: [entityRoad('ItineraryStop', { id: 'nbnp:demo-stop-2-3' })],
  OfficerNomination: [
    entityRoad('OfficerNomination', { id: 'no:demo-nomination-1-1', groupId: 'nbnp:demo-group-1' }),
  ],
};

const readers = [readerOf('nbnp', 'coordinator'), readerOf('no', 'analyst')];

describe.each(testDatabases)('A field of a stored row, on $name,', (kind) => {
  it('finds all that it goes by where nothing else is selected, whoever reads', async () => {
    await using network = await openTestNetwork(kind);
    const { failed, asked } = await askEachField(definition, network, roads, readers);
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(50);
  });
});
