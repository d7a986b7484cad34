import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { journeys, openTestJourneys, organisations } from '../testing/test-journeys.js';
import { outcomesOf, readersOf } from '../testing/test-outcomes.js';

const auditor = readerOf('nbnp', 'auditor');

interface Found {
  readonly networkDisclosures: { readonly nodes: readonly Record<string, unknown>[] };
}

describe.each(testDatabases)('Query.networkDisclosures on $name', (kind) => {
  it('is only for the network’s own auditors', async () => {
    await using network = await openTestJourneys(kind);
    const query = '{ networkDisclosures { edges { cursor node { id } } nodes { id } } }';
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, {}, reader);
      expect(outcomesOf(answer, [], ['networkDisclosures']), name).toEqual({
        networkDisclosures: name === 'auditor of nbnp' ? 'read' : 'FORBIDDEN',
      });
    }
  });

  it('lists who read which restricted fields of how many records, newest first', async () => {
    await using network = await openTestJourneys(kind);
    const reader: Reader = { ...readerOf('dk', 'liaison'), purpose: 'journey' } as Reader;
    await network.read(
      'query Itineraries { visits { nodes { title stops { id title } } } }',
      {},
      reader,
    );
    await network.read('query Titles { visits { nodes { title } } }', {}, reader);
    await network.ask(
      'query Refused { visits { nodes { stops { id } } } }',
      {},
      readerOf('dk', 'auditor'),
    );
    const { networkDisclosures } = await network.read<Found>(
      '{ networkDisclosures { nodes { id at readerOrganisation reader role purpose operationName clientName type fields records } } }',
      {},
      auditor,
    );
    const read = {
      at: '2026-11-24T12:00:00.000Z',
      readerOrganisation: 'dk',
      reader: 'dk-liaison',
      role: 'liaison',
      purpose: 'journey',
      operationName: 'Itineraries',
      clientName: null,
      records: journeys.length,
    };
    expect(networkDisclosures.nodes).toEqual([
      { ...read, id: 'nbnp:disclosure-2', type: 'ItineraryStop', fields: ['id', 'title'] },
      { ...read, id: 'nbnp:disclosure-1', type: 'Visit', fields: ['stops'] },
    ]);
  });
});
