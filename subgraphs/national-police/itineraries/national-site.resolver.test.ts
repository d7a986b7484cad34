import { bothDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from '../testing/test-partner.js';

describe.each(bothDatabases)('Query.nationalSites on $name', (kind) => {
  it('is filtered by country, sector and search, ordered by name', async () => {
    await using police = await openTestPolice(kind, 'ee', 'facts');
    const names = async (filter: object) => {
      const { nationalSites } = await police.read<{ nationalSites: { name: string }[] }>(
        'query ($filter: NationalSiteFilter) { nationalSites(filter: $filter) { name } }',
        { filter },
      );
      return nationalSites.map(({ name }) => name);
    };
    expect(await names({ sector: 'NGO' })).toEqual(['Rehabilitation centre Atoll', 'Shelter Vega']);
    expect(await names({ sector: 'COURT' })).toEqual([]);
    expect(await names({ search: 'CHILDREN' })).toEqual(["Tallinn Children's House"]);
    expect(await names({ sector: 'POLICE', search: 'tallinn' })).toEqual([
      'Police and Border Guard Board, Tallinn',
    ]);
    expect(await names({ country: 'FI' })).toEqual([]);
    const all = await names({ country: 'EE' });
    expect(all).toHaveLength(8);
    expect(all).toEqual(all.toSorted());
  });
});
