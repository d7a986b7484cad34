// cspell:ignore oced
import 'reflect-metadata';

import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import { packageFile } from '@hub/shared/system';
import { inner, sqlite, testDatabases } from '@hub/shared/testing';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { migrations } from '../data-source.js';
import { definition } from '../partner.js';
import { openTestPolice } from '../testing/test-partner.js';
import { readFacts } from './fact-tables.js';
import { factsFolder, loadFacts } from './load-facts.js';

const entities = [...definition.entities];

const domain = packageFile(import.meta.url, '../../../shared/domain/');
/** The complete facts: the next version of a file, if there is one. */
function wholeOf(name: string): URL {
  const next = new URL(`next/${name}`, domain);
  return existsSync(next) ? next : new URL(name, domain);
}
/** The raw rows of a file with any columns. */
function readRows(file: URL): Record<string, string>[] {
  const [header = ''] = readFileSync(file, 'utf8').split(/\r?\n/, 1);
  return csv.readTable(
    file,
    z.object(Object.fromEntries(header.split(',').map((column) => [column, z.string()]))),
  );
}

describe('seed/facts', () => {
  it('is the part of the eight police forces, if the complete facts are available', (test) => {
    if (!existsSync(domain)) return test.skip('the complete facts are not available');
    const countries = codes.policeCodes.map((code) => code.toUpperCase());
    const isPolice = ({ kind, country }: Record<string, string>) =>
      ['police', 'police_unit', 'police_education'].includes(kind!) && countries.includes(country!);
    const organisations = readRows(wholeOf('organisations.csv')).filter(isPolice);
    const ids = organisations.map(({ org_id }) => org_id);
    const sites = readRows(wholeOf('sites.csv'));
    const claims = readRows(wholeOf('claims.csv'));
    expect(readRows(new URL('organisations.csv', factsFolder))).toEqual(organisations);
    expect(readRows(new URL('sites.csv', factsFolder))).toEqual(
      sites.filter(({ country }) => countries.includes(country!)),
    );
    expect(readRows(new URL('claims.csv', factsFolder))).toEqual(
      claims.filter(({ subject }) => ids.includes(subject)),
    );
  });
});

describe.each(testDatabases)('loadFacts on $name', (kind) => {
  const counts: Record<codes.PoliceCode, [units: number, sites: number]> = {
    dk: [2, 4],
    ee: [2, 8],
    fi: [3, 7],
    is: [2, 0],
    lt: [1, 2],
    lv: [2, 7],
    no: [3, 3],
    se: [2, 3],
  };

  it.each(codes.policeCodes)('loads the records of %s and nothing else', async (code) => {
    await using police = await openTestPolice(kind, code, 'facts');
    const { policeUnits, nationalSites } = await police.read<
      Record<string, { id: string; country: string }[]>
    >('{ policeUnits { id country } nationalSites { id country } }');
    const rows = [...policeUnits!, ...nationalSites!];
    expect([policeUnits!.length, nationalSites!.length]).toEqual(counts[code]);
    expect(
      rows.every(({ id, country }) => id.startsWith(`${code}:`) && country === code.toUpperCase()),
    ).toBe(true);
  });

  it('keeps every value of a unit, its claims and its sources', async () => {
    await using police = await openTestPolice(kind, 'dk', 'facts');
    const { policeUnit } = await police.read(
      `{ policeUnit(id: "dk:nec") { name acronym variants country city validFrom validTo kind note source
         successor { id } parent { id name } units { id } claims { property value source preferred note } } }`,
    );
    expect(policeUnit).toMatchObject({
      name: 'National Centre of Investigation (Danish National Police)',
      acronym: 'NCI',
      variants: ['NIC', 'Danish national Centre of Investigation'],
      country: 'DK',
      city: null,
      validFrom: null,
      validTo: null,
      kind: 'police_unit',
      source: 'https://www.mvcr.cz/mvcren/article/denmark.aspx',
      successor: null,
      parent: { id: 'dk:police', name: 'Danish National Police' },
      units: [],
      claims: [
        {
          property: 'acronym',
          value: 'NCI',
          source: 'https://www.mvcr.cz/mvcren/article/denmark.aspx',
          preferred: true,
          note: null,
        },
        { property: 'acronym', value: 'NIC', preferred: false },
      ],
    });
    expect((policeUnit as { note: string }).note).toMatch(
      /^Leads implementation with NBNP.*The acronym varies/,
    );
  });

  it('distinguishes a site’s police unit from another organisation, and keeps the evidence of its visit', async () => {
    await using police = await openTestPolice(kind, 'lv', 'facts');
    const { nationalSites } = await police.read<{ nationalSites: { id: string }[] }>(
      '{ nationalSites { id sector evidence visitedOn unit { id } organisation { id } event { id } } }',
    );
    const site = (id: string) => nationalSites.find((one) => one.id === id);
    expect(site('lv:site-lv-police')).toMatchObject({
      sector: 'POLICE',
      evidence: 'ANNOUNCED_VISIT',
      visitedOn: '2015-06',
      unit: { id: 'lv:police' },
      organisation: null,
      event: { id: 'nbnp:ccrc-rix-2015' },
    });
    expect(site('lv:site-lv-safehouse')).toMatchObject({
      sector: 'NGO',
      unit: null,
      organisation: { id: 'nbnp:lv-safehouse' },
    });
    expect(site('lv:site-lv-mercure')).toMatchObject({
      sector: 'OTHER',
      visitedOn: null,
      unit: null,
      organisation: null,
    });
  });

  it('has a parent only if it is a police unit', async () => {
    await using police = await openTestPolice(kind, 'lv', 'facts');
    const { policeUnits } = await police.read('{ policeUnits { id parent { id } units { id } } }');
    expect(policeUnits).toEqual([
      { id: 'lv:oced', parent: { id: 'lv:police' }, units: [] },
      { id: 'lv:police', parent: null, units: [{ id: 'lv:oced' }] },
    ]);
  });
});

describe('readFacts', () => {
  it('translates the words of the files as the domain defines them', () => {
    const { sites, units } = readFacts(factsFolder);
    const site = (id: string) => sites.find((one) => one.id === id);
    expect(site('fi:site-fi-joutseno')).toMatchObject({
      sector: 'SOCIAL',
      evidence: 'RELEVANT_HOST',
    });
    expect(site('ee:site-ee-parliament')).toMatchObject({
      sector: 'GOVERNMENT',
      evidence: 'PROGRAMME_VENUE',
    });
    expect(site('dk:site-muni-odense')).toMatchObject({
      sector: 'GOVERNMENT',
      eventId: 'nbnp:muni-2010',
      organisationId: null,
    });
    expect(site('se:site-se-cbss')).toMatchObject({
      sector: 'GOVERNMENT',
      organisationId: 'nbnp:cbss',
    });
    expect(site('fi:site-fi-college')).toMatchObject({
      eventId: 'nbnp:conf-2007',
      unitId: 'fi:college',
    });
    expect(units.find(({ id }) => id === 'ee:ppa')).toMatchObject({
      validFrom: '2010-01-01',
      validTo: null,
    });
    expect(units).toHaveLength(17);
    expect(sites).toHaveLength(34);
  });

  const faults: [file: string, from: string, to: string, complaint: RegExp][] = [
    [
      'organisations.csv',
      ',police_unit,DK',
      ',police_office,DK',
      /organisations\.csv, row 3, column kind: /,
    ],
    [
      'organisations.csv',
      'DK,,,,Home',
      'RU,,,,Home',
      /organisations\.csv, row 2, column country: /,
    ],
    [
      'organisations.csv',
      'dk-nec,',
      'dk-police,',
      /organisations\.csv, row 3, column org_id: is given twice/,
    ],
    [
      'organisations.csv',
      '2010-01-01',
      '2010-02-30',
      /organisations\.csv, row 10, column founded: is not a date/,
    ],
    [
      'sites.csv',
      ',ngo_social,Riga',
      ',church,Riga',
      /sites\.csv, row 4, column sector: .church. is none of/,
    ],
    ['sites.csv', 'offered_visit', 'rumoured_visit', /sites\.csv, row 2, column evidence_status: /],
    ['sites.csv', '2014-04-25', '25.4.2014', /sites\.csv, row 2, column visited_on: is not a date/],
    [
      'sites.csv',
      'EE,ee-ppa,',
      'EE,fi-npb,',
      /sites\.csv, row 3, column org_id: is a unit of another country/,
    ],
    ['claims.csv', 'true,', 'yes,', /claims\.csv, row 2, column preferred: /],
    [
      'claims.csv',
      'dk-nec,',
      'dk-mfa,',
      /claims\.csv, row 2, column subject: is not a police unit/,
    ],
    [
      'claims.csv',
      'https://www.mvcr.cz',
      'ftp://www.mvcr.cz',
      /claims\.csv, row 2, column source_url: is not an http/,
    ],
  ];

  it.each(faults)('refuses %s with %s for %s', async (file, from, to, complaint) => {
    const folder = await mkdtemp(join(tmpdir(), 'hub-facts-'));
    try {
      await cp(factsFolder, folder, { recursive: true });
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).toContain(from);
      await writeFile(join(folder, file), text.replace(from, to));
      const read = () => readFacts(pathToFileURL(`${folder}/`));
      expect(read).toThrow(csv.TableError);
      expect(read).toThrow(complaint);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('leaves the database unchanged when a file has an error', async () => {
    await using database = await sqlite!.create();
    const source = await inner.openDatabase({ url: database.url, entities, migrations });
    await expect(loadFacts(source, 'dk', new URL('nowhere/', factsFolder))).rejects.toThrow(
      'ENOENT',
    );
    expect(await source.query('SELECT COUNT(*) AS count FROM police_units')).toEqual([
      { count: 0 },
    ]);
    await source.destroy();
  });
});
