import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tree } from '../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';

describe('GET /export/contacts', () => {
  let network: OpenNetwork;
  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  /** A complete export for everybody. */
  const get = async (path: string): Promise<string> => {
    const response = await fetch(new URL(`/export/${path}`, network.hubUrl));
    const text = await response.text();
    expect(response.status, text).toBe(200);
    expect(response.headers.get('hub-completeness')).toContain('"complete":true');
    return text;
  };
  const rowsOf = (text: string): Record<string, string>[] => parseCsv(text, { columns: true });

  it.each<[what: string, search: string, filter: object]>([
    ['facts', '', {}],
    ['facts and rehearsals', '&filter.rehearsals=true', { rehearsals: true }],
    ['countries', '&filter.level=COUNTRY', { level: 'COUNTRY' }],
  ])('writes the contacts as edges, for tables and for graphs: %s', async (_, search, filter) => {
    const query = `query ($filter: ContactFilter) { contacts(minimum: 1, first: 1000, filter: $filter) {
      nodes { source target strength isRehearsal countries parties { id } } } }`;
    const { nodes } = (await network.ask(query, { filter })).data.contacts as { nodes: Tree[] };
    expect(nodes.some(({ isRehearsal }) => isRehearsal)).toBe('rehearsals' in filter);
    const ends = nodes.map(({ source, target }) => [source, target]);
    expect(ends).toEqual(
      nodes.map(({ countries, parties }) =>
        countries.length > 0 ? countries : parties.map(({ id }: Tree) => id),
      ),
    );
    const table = await get(`contacts.csv?minimum=1${search}`);
    expect(rowsOf(table)).toMatchObject(
      nodes.map(({ source, target, strength, isRehearsal }) => ({
        source,
        target,
        strength: String(strength),
        isRehearsal: String(isRehearsal),
      })),
    );
    const graph = await get(`contacts.graphml?minimum=1${search}`);
    const edges = [...graph.matchAll(/<edge source="([^"]+)" target="([^"]+)">/g)];
    expect(edges.map(([, source, target]) => [source, target])).toEqual(ends);
    const written = [...graph.matchAll(/<node id="([^"]+)">/g)].map(([, id]) => id);
    expect(written.toSorted()).toEqual([...new Set(ends.flat())].sort());
  });

  it('fetches all pages itself', async () => {
    const response = await fetch(new URL('/export/contacts.graphml?first=3', network.hubUrl));
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'first' } }],
    });
  });
});
