import type { Reader } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { journeys, openTestJourneys, organisations } from '../testing/test-journeys.js';
import { outcomesOf, readersOf } from '../testing/test-outcomes.js';

const auditor = readerOf('nbnp', 'auditor');

interface Found {
  readonly networkDisclosures: { readonly nodes: readonly Record<string, unknown>[] };
}

interface PagesFound {
  readonly networkDisclosures: {
    readonly nodes: readonly Record<string, unknown>[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

describe.each(testDatabases)('Query.networkDisclosures on $name', (kind) => {
  it('is only for auditors', async () => {
    await using network = await openTestJourneys(kind);
    const query = '{ networkDisclosures { edges { cursor node { id } } nodes { id } } }';
    for (const [name, reader] of readersOf(organisations)) {
      const answer = await network.ask(query, {}, reader);
      expect(outcomesOf(answer, [], ['networkDisclosures']), name).toEqual({
        networkDisclosures: name.startsWith('auditor of ') ? 'read' : 'FORBIDDEN',
      });
    }
  });

  it('shows an auditor of another organisation what was read in its name, and how much is between it to nobody', async () => {
    await using network = await openTestJourneys(kind);
    const organisations = ['dk', 'se', 'dk', 'se', 'se', 'dk', 'dk'];
    for (const [time, organisation] of organisations.entries()) {
      const reader = { ...readerOf(organisation, 'liaison'), subject: `${organisation}-${time}` };
      await network.ask('{ visits { nodes { stops { id } } } }', {}, reader as Reader);
    }
    const query =
      'query ($after: String) { networkDisclosures(first: 2, after: $after) { nodes { id readerOrganisation reader } pageInfo { endCursor hasNextPage } } }';
    const readAll = async (reader: Reader) => {
      const nodes: Record<string, unknown>[] = [];
      let after: string | null = null;
      do {
        const found: PagesFound = await network.read<PagesFound>(query, { after }, reader);
        const { nodes: some, pageInfo } = found.networkDisclosures;
        nodes.push(...some);
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      return nodes;
    };
    const all = await readAll(auditor);
    // The network is told the organisation alone.
    expect(new Set(all.map(({ reader }) => reader))).toEqual(new Set(['']));
    for (const organisation of ['dk', 'se', 'd', 'no']) {
      const own = await readAll(readerOf(organisation, 'auditor'));
      // Each time several types, the newest first.
      expect([...new Set(own.map(({ reader }) => reader))]).toEqual(
        organisations
          .flatMap((one, time) => (one === organisation ? [`${one}-${time}`] : []))
          .toReversed(),
      );
      for (const { id } of own) expect(id).toMatch(/^nbnp:disclosure-[\w-]{22}$/);
    }
    expect(all.filter((one) => one['readerOrganisation'] === 'dk').length).toBeGreaterThanOrEqual(
      4,
    );
    // The cursor of the network’s own auditors is a number.
    const { networkDisclosures } = await network.read<PagesFound>(query, {}, auditor);
    const stolen = { after: networkDisclosures.pageInfo.endCursor };
    expect(await network.ask(query, stolen, readerOf('dk', 'auditor'))).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
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
      '{ networkDisclosures { nodes { id at readerOrganisation reader role purpose operationName clientName type fields records wasRefused } } }',
      {},
      auditor,
    );
    const read = {
      at: '2026-11-24T12:00:00.000Z',
      readerOrganisation: 'dk',
      reader: '',
      role: 'liaison',
      purpose: 'journey',
      operationName: 'Itineraries',
      clientName: null,
      records: journeys.length,
      wasRefused: false,
    };
    const refused = { role: 'auditor', purpose: null, wasRefused: true };
    const place = { id: 'nbnp:disclosure-3', type: 'Visit', fields: ['stops'] };
    expect(networkDisclosures.nodes).toEqual([
      { ...read, ...refused, ...place, operationName: 'Refused' },
      { ...read, id: 'nbnp:disclosure-2', type: 'ItineraryStop', fields: ['id', 'title'] },
      { ...read, id: 'nbnp:disclosure-1', type: 'Visit', fields: ['stops'] },
    ]);
  });
});
