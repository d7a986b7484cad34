import 'reflect-metadata';

import { packageFile } from '@hub/shared/system';
import { bothDatabases, inner, testDatabases } from '@hub/shared/testing';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { migrations } from '../data-source.js';
import { Claim } from '../entities/claim.entity.js';
import { Office } from '../entities/office.entity.js';
import { Region } from '../entities/region.entity.js';
import { RegionalSite } from '../entities/regional-site.entity.js';
import { definition } from '../partner.js';
import { readFacts } from './fact-tables.js';
import { factUpdates, loadFacts } from './load-facts.js';

const entities = [...definition.entities];

const linesOf = (file: URL) => readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
const slice = (name: string) => linesOf(packageFile(import.meta.url, `seed/facts/${name}`));
const domain = packageFile(import.meta.url, '../../../shared/domain/');
/** The complete facts: the next version of a file, if there is one. */
const wholeOf = (name: string) => {
  const next = new URL(`next/${name}`, domain);
  return linesOf(existsSync(next) ? next : new URL(name, domain));
};

describe.each(testDatabases)('loadFacts on $name', ({ create }) => {
  it('loads every row, and keeps every column', async () => {
    await using database = await create();
    const source = await inner.openDatabase({ url: database.url, entities, migrations });
    await loadFacts(source, 'ncm');
    const counts = await Promise.all(
      [Office, Region, RegionalSite, Claim].map((entity) =>
        source.getRepository<object>(entity).count(),
      ),
    );
    const office = await source.getRepository(Office).findOneByOrFail({ id: 'ncm:tll' });
    await source.destroy();
    expect(counts).toEqual([13, 8, 3, 7]);
    expect(office).toMatchObject({
      kind: 'OFFICE',
      openedOn: '1991',
      openedPrecision: 'SEASON_SPRING',
      closedOn: null,
      closedPrecision: null,
      parentId: 'ncm:cph',
      variants: ['Põhjamaade Ministrite Nõukogu Eesti esindus', 'norden.ee'],
      note: 'Source says spring 1991',
    });
    expect(office.roleInField).toMatch(/^Administers the Nordic-Baltic Mobility Programme/);
  });

  it('loads nothing if one row is invalid', async () => {
    await using database = await create();
    const source = await inner.openDatabase({ url: database.url, entities, migrations });
    await source.query(
      `INSERT INTO regions (code, name, variants, country) VALUES ('RU-SPE', 'x', '[]', 'RU')`,
    );
    await expect(loadFacts(source, 'ncm')).rejects.toThrow();
    const offices = await source.getRepository(Office).count();
    await source.destroy();
    expect(offices).toBe(0);
  });
});

describe.each(bothDatabases)('factUpdates of the offices on $name', ({ create }) => {
  it('add the claims that the earlier version did not have', async () => {
    await using database = await create();
    const source = await inner.openDatabase({ url: database.url, entities, migrations });
    const readClaims = () => source.getRepository(Claim).find({ order: { id: 'ASC' } });
    await loadFacts(source, 'ncm');
    const today = await readClaims();
    await source.query(`DELETE FROM claims WHERE office_id IN ('ncm:kgd', 'ncm:arh', 'ncm:pes')`);
    await source.query(`UPDATE claims SET id = 'ncm:claim-004' WHERE office_id = 'ncm:tll'`);
    for (const update of factUpdates) await update.run(source, 'ncm');
    expect(await readClaims()).toEqual(today);
    await source.destroy();
  });
});

describe('readFacts', () => {
  it('has a claim with a note for each date given as a season or part of a year', () => {
    const { offices, claims } = readFacts();
    const loose = offices.flatMap((row) => [
      ...(row.opened_precision === 'SEASON_SPRING'
        ? [`${row.office_id} openedOn ${row.opened}`]
        : []),
      ...(row.closed_precision === 'YEAR_EARLY' ? [`${row.office_id} closedOn ${row.closed}`] : []),
    ]);
    const noted = claims
      .filter(({ note }) => note)
      .map((c) => `${c.subject} ${c.property} ${c.value}`);
    expect(loose).toHaveLength(2);
    expect(noted).toEqual(expect.arrayContaining(loose));
  });

  it('has the region of every city with a site', () => {
    const { sites, regionOfCity } = readFacts();
    expect(sites.map(({ city }) => city && regionOfCity.get(city))).toEqual([
      'RU-SPE',
      'RU-SPE',
      'RU-SPE',
    ]);
  });
});

describe('seed/facts', () => {
  it('has only records of the offices', () => {
    const { claims, sites } = readFacts();
    expect(claims.every(({ subject }) => subject.startsWith('ncm-'))).toBe(true);
    expect(sites.every(({ country }) => country === 'RU')).toBe(true);
  });

  // The complete facts are beside the project's workspace, not in a fresh clone.
  if (existsSync(domain)) {
    it('is the offices’ part of the network’s facts, row for row', () => {
      expect(slice('offices.csv')).toEqual(wholeOf('offices.csv'));
      const [siteHeader, ...sites] = wholeOf('sites.csv');
      expect(slice('sites.csv')).toEqual([
        siteHeader,
        ...sites.filter((row) => row.includes(',RU,')),
      ]);
      const [claimHeader, ...claims] = wholeOf('claims.csv');
      expect(slice('claims.csv')).toEqual([
        claimHeader,
        ...claims.filter((row) => row.startsWith('ncm-')),
      ]);
    });
  }
});
