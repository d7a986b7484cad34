// cspell:disable: words of many languages
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

const query = `query ($search: String) {
  events(filter: { search: $search }) { nodes { id } }
  organisations(filter: { search: $search }) { nodes { id } }
  offices(filter: { search: $search }) { id }
  policeUnits(filter: { search: $search }) { id }
  nationalSites(filter: { search: $search }) { id }
}`;

describe('a search of all partners', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('facts');
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const search = async (text: string): Promise<string[]> => {
    const { data, errors } = await network.ask(query, { search: text });
    expect(errors, text).toBeUndefined();
    const { events, organisations, offices, policeUnits, nationalSites } = data;
    return [...events.nodes, ...organisations.nodes, ...offices, ...policeUnits, ...nationalSites]
      .map(({ id }: Tree) => id)
      .toSorted();
  };

  it.each<[expected: string, ...terms: string[]]>([
    ['no:site-muni-bodo', 'Bodø', 'bodo', 'BODÖ'],
    ['nbnp:beac-tf2-2004', 'Tromsø', 'tromso', 'TROMSØ'],
    ['ncm:parnu', 'Pärnu', 'parnu', 'PÄRNU'],
    ['nbnp:klaipeda-2018', 'Klaipėda', 'klaipeda', 'KLAIPE\u0307DA'],
    ['nbnp:lt-klaipeda', 'Klaipėda', 'klaipeda', 'KLAIPEDA'],
    ['lt:site-lt-klaipeda', 'Klaipėda', 'klaipeda', 'KLAIPEDA'],
    ['nbnp:ru-guvd-spb', 'ГУВД', 'гувд'],
  ])('finds %s however its letters are written', async (expected, written, ...others) => {
    const found = await search(written);
    expect(found).toContain(expected);
    for (const other of others) expect(await search(other), other).toEqual(found);
  });

  it.each(['%', '_'])('takes %s literally', async (sign) => {
    expect(await search(sign)).toEqual([]);
    expect(await search(`Bod${sign}`)).toEqual([]);
  });
});
