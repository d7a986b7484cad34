import { bothDatabases, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  expectRefusals,
  notThere,
  openWrittenPolice,
  rule,
  type WrittenPolice,
} from '../testing/test-mutations.js';

const register = async (police: WrittenPolice, change: object = {}): Promise<string> =>
  (await police.write('registerNationalSite', { isRehearsal: false, ...change })).id;

const idsOf = async (police: WrittenPolice, filter: object) => {
  const { nationalSites } = await police.read<{ nationalSites: { id: string }[] }>(
    'query ($filter: NationalSiteFilter) { nationalSites(filter: $filter) { id } }',
    { filter },
  );
  return nationalSites.map(({ id }) => id);
};

const claimsOf = async (police: WrittenPolice, site: string) => {
  const { _entities } = await police.read<{ _entities: { claims: object[] }[] }>(
    `{ _entities(representations: [{ __typename: "NationalSite", id: "${site}" }]) { ... on NationalSite { claims { property value source preferred } } } }`,
  );
  return _entities[0]?.claims;
};

describe.each(testDatabases)('Mutation.registerNationalSite on $name', (kind) => {
  it('registers a site of a unit, or of an organisation that the network knows', async () => {
    await using police = await openWrittenPolice(kind);
    const site = await register(police);
    expect(await idsOf(police, { search: 'SHELTER of the north' })).toEqual([site]);
    police.facts['organisation nbnp:safe'] = { id: 'nbnp:safe', mergedInto: null };
    const safe = { unit: null, organisation: 'nbnp:safe', name: 'Safe house' };
    const other = await register(police, safe);
    const { nationalSite } = await police.read<{ nationalSite: object }>(
      `{ nationalSite: _entities(representations: [{ __typename: "NationalSite", id: "${other}" }]) { ... on NationalSite { organisation { id } version checkedOn closedOn } } }`,
    );
    expect(nationalSite).toEqual([
      { organisation: { id: 'nbnp:safe' }, version: 1, checkedOn: '2026-02-01', closedOn: null },
    ]);
  });

  it('refuses a site that stands, with its id, and what no owner knows', async () => {
    await using police = await openWrittenPolice(kind);
    const id = await register(police);
    const both = { name: 'X', organisation: 'nbnp:safe' };
    const facts = { 'organisation nbnp:safe': { id: 'nbnp:safe', mergedInto: null } };
    const merged = { id: 'nbnp:safe', mergedInto: { id: 'nbnp:safer' } };
    const gone = { 'organisation nbnp:safe': merged };
    await expectRefusals(police, 'registerNationalSite', [
      ['the same', { name: 'SHELTER of the  north.' }, { ...rule('DUPLICATE', 'name'), id }],
      ['another country', { name: 'X', country: 'SE' }, notThere('country')],
      ['an unknown unit', { name: 'X', unit: 'fi:nowhere' }, notThere('unit')],
      ['an unknown organisation', { ...both, unit: null }, notThere('organisation')],
      ['both', both, { code: 'BAD_USER_INPUT', argument: 'input.organisation' }, facts],
      ['a merged one', { ...both, unit: null }, rule('MERGED', 'organisation'), gone],
    ]);
    expect(await register(police, { city: 'Turku' })).not.toBe(id);
    expect(await register(police, { isAnother: true })).not.toBe(id);
  });
});

describe.each(testDatabases)('Mutation.changeNationalSite on $name', (kind) => {
  it('changes what is given, and refuses a stale version and a duplicate', async () => {
    await using police = await openWrittenPolice(kind);
    const site = await register(police);
    const other = await register(police, { city: 'Turku' });
    const id = { ...rule('DUPLICATE', 'city'), id: other };
    await expectRefusals(police, 'changeNationalSite', [
      ['stale', { site, version: 2 }, { code: 'CONFLICT', currentVersion: 1 }],
      ['unknown', { site: 'fi:nowhere' }, notThere('site')],
      ['the same', { site, city: 'TURKU' }, id],
    ]);
    expect(await police.write('changeNationalSite', { site, city: 'Espoo' })).toMatchObject({
      city: 'Espoo',
      version: 2,
    });
    const second = 'https://example.org/college';
    const source = 'https://example.org/later';
    await police.write('changeNationalSite', {
      site,
      city: 'Espoo',
      unit: null,
      version: 2,
      source,
    });
    const closed = { site, closedOn: '2027', version: 3 };
    expect(await police.write('closeNationalSite', closed)).toMatchObject({ closedOn: '2027' });
    expect(await idsOf(police, { openOn: '2027-12-31' })).toContain(site);
    expect(await idsOf(police, { openOn: '2028-01-01' })).not.toContain(site);
    const first = 'https://example.org/shelter';
    expect(await claimsOf(police, site)).toEqual([
      { property: 'city', value: 'Tampere', source: first, preferred: false },
      { property: 'unit', value: 'fi:npb', source: second, preferred: false },
    ]);
  });
});

describe.each(bothDatabases)('Mutation.mergeNationalSites on $name', (kind) => {
  it('leaves the merged site to those who know its id, and out of the lists', async () => {
    await using police = await openWrittenPolice(kind);
    const into = await register(police);
    const site = await register(police, { name: 'North Shelter' });
    const invented = await register(police, { name: 'Invented', isRehearsal: true });
    const merged = { site, into, version: 1, intoVersion: 1 };
    await expectRefusals(police, 'mergeNationalSites', [
      ['an invented one', { ...merged, site: invented }, rule('REHEARSAL', 'into')],
      ['itself', { ...merged, into: site }, { code: 'BAD_USER_INPUT', argument: 'input.into' }],
    ]);
    expect(await police.write('mergeNationalSites', merged)).toMatchObject({
      id: into,
      version: 2,
    });
    const source = 'https://example.org/college';
    expect(await claimsOf(police, site)).toEqual([
      { property: 'mergedInto', value: into, source, preferred: true },
    ]);
    expect(await idsOf(police, {})).not.toContain(site);
    expect(await idsOf(police, { merged: true })).toContain(site);
    const { policeUnit } = await police.read<{ policeUnit: { sites: { id: string }[] } }>(
      '{ policeUnit(id: "fi:npb") { sites { id } } }',
    );
    expect(policeUnit.sites.map(({ id }) => id)).not.toContain(site);
    await expectRefusals(police, 'changeNationalSite', [
      ['a merged site', { site, version: 2 }, rule('MERGED', 'site')],
    ]);
  });
});
