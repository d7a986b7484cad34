import { codes } from '@hub/shared/policy';
import { createTestImport, importOutcome, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Office } from '../entities/office.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { openTestOffices } from '../testing/test-partner.js';
import { importKinds } from './import-kinds.js';

const load = createTestImport(importKinds, codes.officesCode);
const page = { source: 'https://example.org/page', on: '2026-01-10' };

describe.each(testDatabases)('npm run import of what is kept on $name', (kind) => {
  it('changes no office that was merged, and lets nothing refer to it again', async () => {
    await using partner = await openTestOffices(kind, 'demonstration');
    const { manager } = partner.source;
    const [narva, parnu] = [
      await manager.findOneByOrFail(Office, { id: 'ncm:narva' }),
      await manager.findOneByOrFail(Office, { id: 'ncm:parnu' }),
    ];
    await partner.read(
      `mutation { mergeOffices(input: { office: "ncm:parnu", into: "ncm:valga", source: "${page.source}", on: "${page.on}", reason: "Twice.", version: 1, intoVersion: 1 }) { id } }`,
    );
    const fault = 'was merged into ncm:valga';
    const rows = [
      { ...parnu, parent: parnu.parentId, note: 'It moved.' },
      { ...narva, parent: 'ncm:parnu' },
      { ...narva, id: 'new', name: 'A branch', parent: 'ncm:parnu' },
    ];
    const { faults } = await load(partner, 'offices', rows);
    expect(faults).toEqual([
      `row 2, column id: ${fault}`,
      `row 3, column parent: ${fault}`,
      `row 4, column parent: ${fault}`,
    ]);
    const olga = {
      id: 'olga',
      name: 'Olga Ivanova',
      targetGroup: 'police',
      region: 'RU-SPE',
      office: 'ncm:parnu',
      languages: [],
    };
    expect(await load(partner, 'delegates', [olga])).toMatchObject({
      faults: [`row 2, column office: ${fault}`],
    });
    expect(await load(partner, 'delegates', [{ ...olga, office: 'ncm:valga' }])).toEqual(
      importOutcome(1, 0, 0),
    );
  });

  it('takes the day on which a page was read, and since when a site is closed', async () => {
    await using partner = await openTestOffices(kind, 'facts');
    const { manager } = partner.source;
    const [office] = await manager.findBy(Office, { id: 'ncm:rix' });
    const [site] = await manager.findBy(RegionalSite, { id: 'ncm:site-ru-icc' });
    const checked = { ...office, parent: office?.parentId, checkedOn: page.on };
    expect(await load(partner, 'offices', [checked])).toEqual(importOutcome(0, 1, 0));
    const closed = {
      ...site,
      region: site?.regionCode,
      organisation: site?.organisationId,
      closedOn: '2020',
      checkedOn: page.on,
    };
    expect(await load(partner, 'sites', [closed])).toEqual(importOutcome(0, 1, 0));
    expect(
      await partner.read(`{
        office(id: "ncm:rix") { checkedOn version }
        regionalSites { id closedOn checkedOn version }
      }`),
    ).toMatchObject({
      office: { checkedOn: page.on, version: 2 },
      regionalSites: expect.arrayContaining([
        { id: 'ncm:site-ru-icc', closedOn: '2020', checkedOn: page.on, version: 2 },
      ]) as object,
    });
    expect(await load(partner, 'offices', [{ ...checked, checkedOn: '10.1.2026' }])).toMatchObject({
      faults: [expect.stringContaining('row 2, column checkedOn: is no Date') as string],
    });
  });
});
