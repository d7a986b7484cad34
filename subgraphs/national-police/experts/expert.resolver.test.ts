import { bothDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from '../testing/test-partner.js';

describe.each(bothDatabases)('Query.experts on $name', (kind) => {
  it('is filtered by country, role, language and field', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const ids = async (filter: object) => {
      const { experts } = await police.read<{
        experts: { nodes: { id: string }[]; totalCount: number };
      }>('query ($filter: ExpertFilter) { experts(filter: $filter) { nodes { id } totalCount } }', {
        filter: { rehearsals: true, ...filter },
      });
      expect(experts.totalCount).toBe(experts.nodes.length);
      return experts.nodes.map(({ id }) => Number(id.slice(-1)));
    };
    expect(await ids({})).toEqual([1, 2, 3, 4]);
    expect(await ids({ country: 'LV', language: 'ru' })).toEqual([1, 2, 3, 4]);
    expect(await ids({ country: 'EE' })).toEqual([]);
    expect(await ids({ role: 'EXPERT' })).toEqual([1, 3]);
    expect(await ids({ role: 'SUPPORT_PERSON' })).toEqual([2, 4]);
    expect(await ids({ language: 'et' })).toEqual([]);
    expect(await ids({ field: 'PROSECUTION' })).toEqual([2, 3, 4]);
    expect(await ids({ field: 'PROSECUTION', role: 'INTERPRETER', language: 'lv' })).toEqual([2]);
    expect(await ids({ field: 'COURT' })).toEqual([]);
  });

  it('pages with a cursor', async () => {
    await using police = await openTestPolice(kind, 'lv');
    const { experts } = await police.read<{ experts: { pageInfo: { endCursor: string } } }>(
      '{ experts(first: 3, filter: { rehearsals: true }) { pageInfo { endCursor } } }',
    );
    const rest = await police.read(
      'query ($after: String) { experts(after: $after, filter: { rehearsals: true }) { nodes { id } } }',
      {
        after: experts.pageInfo.endCursor,
      },
    );
    expect(rest).toEqual({ experts: { nodes: [{ id: 'lv:demo-expert-4' }] } });
  });
});

describe('Expert', () => {
  it('lists roles, languages and fields in the order of the input', async () => {
    await using police = await openTestPolice(bothDatabases[0]!, 'lv');
    const { expert, other } = await police.read(
      `{ expert(id: "lv:demo-expert-1") { unit { id } country roles languages fields }
         other: expert(id: "ee:demo-expert-1") { id } }`,
    );
    expect(expert).toEqual({
      unit: { id: 'lv:police' },
      country: 'LV',
      roles: ['INTERPRETER', 'EXPERT'],
      languages: ['lv', 'en', 'ru'],
      fields: ['POLICE'],
    });
    expect(other).toBeNull();
  });
});
