import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Asker, Tree } from '../../network/open-hub.js';
import { openNetwork, type OpenNetwork } from '../../network/open-network.js';

/** The operations of the pages, as they are built. */
const operations = new URL(
  '../../../../gateway/explorer/generated/persisted-documents.json',
  import.meta.url,
);

describe('the names that the pages read for warnings', () => {
  let network: OpenNetwork;
  let operation: string;
  beforeAll(async () => {
    const texts = Object.values(
      JSON.parse(await readFile(operations, 'utf8')) as Record<string, string>,
    );
    operation = texts.find((text) => text.includes('query PageWarned(')) ?? '';
    network = await openNetwork('demonstration', { isGuarded: true });
  });
  afterAll(() => network?.[Symbol.asyncDispose]());

  const list = async (query: string, asker: Asker): Promise<Tree> =>
    (await network.ask(`{ list: ${query} }`, {}, asker)).data.list.nodes;

  it('are refused to nobody who gets a warning of an expert, and no refusal is recorded', async () => {
    const readers: string[] = [];
    for (const organisation of network.codes)
      for (const role of ['coordinator', 'liaison'] as const) {
        const asker = { organisation, role };
        const groups = await list('groups(first: 50) { nodes { id warnings { code } } }', asker);
        for (const { id, warnings } of groups) {
          if (!warnings?.some(({ code }: Tree) => code.startsWith('LOAN_'))) continue;
          readers.push(organisation);
          const readsExperts = organisation === 'nbnp' && role === 'coordinator';
          const variables = { group: id, readsExperts };
          const { data, errors } = await network.ask(operation, variables, asker);
          expect(errors, `${organisation} ${role}`).toBeUndefined();
          const experts = data.group.visits.flatMap((visit: Tree) => visit.experts);
          expect(experts.length).toBeGreaterThan(0);
          for (const { expert } of experts) expect(Boolean(expert.name)).toBe(readsExperts);
        }
      }
    expect(new Set(readers).size).toBeGreaterThan(5);
    for (const [organisation, query] of [
      ['nbnp', 'networkDisclosures(first: 200)'],
      ['ncm', 'officeDisclosures(first: 200)'],
      ['lv', 'policeDisclosures(country: "LV", first: 200)'],
      ['lt', 'policeDisclosures(country: "LT", first: 200)'],
    ] as const) {
      const auditor = { organisation, role: 'auditor' } as const;
      const found = await list(`${query} { nodes { type fields wasRefused } }`, auditor);
      expect(found.filter(({ wasRefused }: Tree) => wasRefused)).toEqual([]);
    }
  });
});
