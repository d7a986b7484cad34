import { askEachField, readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition } from '../partner.js';
import { openTestNetwork } from './test-partner.js';

const roads = {
  Event: (selection: string) => `{ events { nodes { ${selection} } } }`,
  Organisation: (selection: string) => `{ organisations { nodes { ${selection} } } }`,
  PartyRole: (selection: string) => `{ events { nodes { roles { ${selection} } } } }`,
  Claim: (selection: string) => `{ events { nodes { claims { ${selection} } } } }`,
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
