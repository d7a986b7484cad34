import 'reflect-metadata';

import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import {
  away,
  expectRefusals,
  openWrittenOffices,
  rule,
  type WrittenOffices,
} from '../testing/test-mutations.js';

const stated = { source: 'https://example.org/shelter', on: '2010-02-01' };
const shelter = {
  name: 'Shelter of the North',
  sector: 'NGO',
  evidence: 'OFFERED_VISIT',
  city: 'Murmansk',
  region: 'RU-MUR',
  organisation: 'nbnp:safe',
  kind: 'shelter',
  visitedOn: '2009',
  note: 'By the river.',
  isRehearsal: false,
  ...stated,
};
const fields =
  'name sector evidence city country region { code } organisation { id } kind visitedOn note source checkedOn closedOn isRehearsal version';

const open = async (database: (typeof testDatabases)[number]): Promise<WrittenOffices> => {
  const offices = await openWrittenOffices(database);
  offices.hub.set('nbnp:safe', { id: 'nbnp:safe' });
  return offices;
};
const register = async (offices: WrittenOffices, change: object = {}): Promise<string> => {
  const { value } = await offices.call('registerRegionalSite', { ...shelter, ...change });
  return (value as { id: string }).id;
};
const idsOf = async ({ partner }: WrittenOffices, argument = '') => {
  const { regionalSites } = await partner.read<{ regionalSites: { id: string }[] }>(
    `{ regionalSites${argument} { id } }`,
  );
  return regionalSites.map(({ id }) => id);
};
const notFound = (argument: string) => ({ code: 'NOT_FOUND', argument });

describe.each(testDatabases)('Regional sites on $name', (database) => {
  it('are registered in Russia, changed, closed and opened again', async () => {
    await using offices = await open(database);
    const { value } = await offices.call('registerRegionalSite', shelter, `id ${fields}`);
    const { region, organisation, on: checkedOn, ...given } = shelter;
    const { id: site, ...shown } = value as { id: string };
    const known = { country: 'RU', closedOn: null, checkedOn, version: 1 };
    const named = { region: { code: region }, organisation: { id: organisation } };
    expect(shown).toEqual({ ...given, ...known, ...named });
    expect(await idsOf(offices, '(sector: NGO)')).toContain(site);
    const moved = { site, city: 'Arkhangelsk', region: 'RU-ARK', organisation: null, ...stated };
    const changed = await offices.call('changeRegionalSite', { ...moved, version: 1 }, fields);
    expect(changed.value).toEqual({
      ...shown,
      city: 'Arkhangelsk',
      region: { code: 'RU-ARK' },
      organisation: null,
      version: 2,
    });
    for (const [version, closedOn, days] of [
      [2, '2011-05', ['2011-04-30', '2011-05-31']],
      [3, null, ['2011-04-30', '2011-05-31', '2011-06-01']],
    ] as const) {
      const closing = { site, closedOn, version, ...stated };
      const closed = await offices.call('closeRegionalSite', closing, 'closedOn version');
      expect(closed.value).toEqual({ closedOn, version: version + 1 });
      const open: string[] = [];
      for (const day of ['2011-04-30', '2011-05-31', '2011-06-01'])
        if ((await idsOf(offices, `(openOn: "${day}")`)).includes(site)) open.push(day);
      expect(open).toEqual(days);
    }
  });

  it('keep what another page stated as claims, and as the page of a merge', async () => {
    await using offices = await open(database);
    const site = await register(offices);
    const into = await register(offices, { name: 'Shelter' });
    const [source, later] = [stated.source, 'https://example.org/later'];
    const change = { site, version: 1, on: '2010-03-01' };
    const moved = { region: 'RU-ARK', note: null, sector: 'SOCIAL' };
    await offices.call('changeRegionalSite', { ...change, ...moved, source: later });
    const reopened = { ...change, closedOn: '2011', source: later, version: 2 };
    await offices.call('closeRegionalSite', reopened);
    await offices.call('closeRegionalSite', { ...reopened, closedOn: null, source, version: 3 });
    const merge = { into, reason: 'Registered twice.', version: 4, intoVersion: 1 };
    await offices.call('mergeRegionalSites', { ...change, ...merge, source });
    const { _entities } = await offices.partner.read(
      `{ _entities(representations: [{ __typename: "RegionalSite", id: "${site}" }]) { ... on RegionalSite { claims { property value source preferred } } } }`,
    );
    const claim = { source, preferred: false };
    expect(_entities).toEqual([
      {
        claims: [
          { property: 'sector', value: 'NGO', ...claim },
          { property: 'note', value: 'By the river.', ...claim },
          { property: 'region', value: 'RU-MUR', ...claim },
          { property: 'closedOn', value: '2011', source: later, preferred: false },
          { property: 'mergedInto', value: into, source, preferred: true },
        ],
      },
    ]);
  });

  it('are refused if they stand, with the id, and for what no owner knows', async () => {
    await using offices = await open(database);
    const id = await register(offices);
    const other = await register(offices, { city: 'Kola' });
    const twin = { ...rule('DUPLICATE', 'input.name'), id };
    const unknown = { name: 'X', organisation: 'nbnp:none' };
    await expectRefusals(offices, 'registerRegionalSite', shelter, [
      { input: { name: 'SHELTER of the  north.' }, as: twin },
      { input: { name: 'X', region: 'RU-XXX' }, as: notFound('input.region') },
      { input: unknown, as: notFound('input.organisation') },
      { input: { name: 'X' }, hub: { 'nbnp:safe': away }, as: { code: 'PARTNER_UNAVAILABLE' } },
      { input: { name: 'X', visitedOn: '2999' }, as: rule('FUTURE', 'input.visitedOn') },
    ]);
    const change = { site: other, version: 1, ...stated };
    await expectRefusals(offices, 'changeRegionalSite', change, [
      { input: { site: 'ncm:none' }, as: notFound('input.site') },
      { input: { version: 2 }, as: { code: 'CONFLICT', currentVersion: 1 } },
      { input: { city: 'MURMANSK' }, as: { ...rule('DUPLICATE', 'input.city'), id } },
      { input: { region: 'RU-XXX' }, as: notFound('input.region') },
    ]);
    expect(await register(offices, { isAnother: true })).not.toBe(id);
  });

  it('are merged, and then found by their id alone', async () => {
    await using offices = await open(database);
    const into = await register(offices);
    const site = await register(offices, { name: 'North Shelter' });
    const reason = 'Registered twice.';
    const merged = { site, into, reason, version: 1, intoVersion: 1, ...stated };
    const { value } = await offices.call('mergeRegionalSites', merged, 'id version');
    expect(value).toEqual({ id: into, version: 2 });
    expect(await idsOf(offices)).not.toContain(site);
    expect(await idsOf(offices, '(merged: true)')).toEqual(expect.arrayContaining([site, into]));
    const { _entities } = await offices.partner.read(
      `{ _entities(representations: [{ __typename: "RegionalSite", id: "${site}" }]) { ... on RegionalSite { name mergedInto { id } } } }`,
    );
    expect(_entities).toEqual([{ name: 'North Shelter', mergedInto: { id: into } }]);
    await expectRefusals(offices, 'changeRegionalSite', { site, version: 2, ...stated }, [
      { as: rule('MERGED', 'input.site') },
    ]);
  });
});
