import { textSearch } from '@hub/shared/database';
import {
  bothDatabases,
  copyPostgresDatabase,
  createPostgresDatabase,
  type TestPartner,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { openTestPolice } from '../testing/test-partner.js';
import { unitRow } from '../testing/test-rows.js';

const idsOf = async (police: TestPartner, filter: object) => {
  const { policeUnits } = await police.read<{ policeUnits: { id: string }[] }>(
    'query ($filter: PoliceUnitFilter) { policeUnits(filter: $filter) { id } }',
    { filter },
  );
  return policeUnits.map(({ id }) => id.slice(3)).toSorted();
};

describe.each(bothDatabases)('Query.policeUnits on $name', (kind) => {
  it('treats a partial date as its whole range, and does not exclude unknown dates', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    const unit = (name: string, validFrom: string | null, validTo: string | null) =>
      unitRow({ id: `no:${name}`, country: 'NO', validFrom, validTo });
    await police.source.manager.insert(PoliceUnit, [
      unit('unknown', null, null),
      unit('years', '2009', '2011'),
      unit('months', '2010-02', '2010-04'),
      unit('days', '2010-03-10', '2010-03-20'),
      unit('begun', '2010-03-15', null),
      unit('ended', null, '2010-03'),
    ]);
    const on = (day: string) => idsOf(police, { on: day });
    expect(await on('2010-03-15')).toEqual([
      'begun',
      'days',
      'ended',
      'months',
      'unknown',
      'years',
    ]);
    expect(await on('2009-01-01')).toEqual(['ended', 'unknown', 'years']);
    expect(await on('2011-12-31')).toEqual(['begun', 'unknown', 'years']);
    expect(await on('2012-01-01')).toEqual(['begun', 'unknown']);
    expect(await on('2008-12-31')).toEqual(['ended', 'unknown']);
    expect(await on('2010-01-31')).toEqual(['ended', 'unknown', 'years']);
    expect(await on('2010-02-01')).toEqual(['ended', 'months', 'unknown', 'years']);
    expect(await on('2010-03-31')).toEqual(['begun', 'ended', 'months', 'unknown', 'years']);
    expect(await on('2010-04-30')).toEqual(['begun', 'months', 'unknown', 'years']);
    expect(await on('2010-05-01')).toEqual(['begun', 'unknown', 'years']);
    expect(await on('2010-03-20')).toContain('days');
    expect(await on('2010-03-21')).not.toContain('days');
  });

  it('searches name, acronym and variants, literally and without regard to case', async () => {
    await using police = await openTestPolice(kind, 'no', 'facts');
    await police.source.manager.insert(PoliceUnit, [
      unitRow({
        id: 'no:odd',
        country: 'NO',
        searchText: textSearch.toSearchText('ÅØ 100%_\\', "O'Brien", 'Łódź'),
      }),
    ]);
    const search = (term: string) => idsOf(police, { search: term });
    expect(await search('kripos')).toEqual(['kripos']);
    expect(await search('NCIS NORWAY')).toEqual(['kripos']);
    expect(await search('pod')).toEqual(['pod']);
    expect(await search('åø')).toEqual(['odd']);
    expect(await search('A\u030AØ')).toEqual(['odd']);
    expect(await search('łÓDŹ')).toEqual(['odd']);
    expect(await search('%')).toEqual(['odd']);
    expect(await search('_')).toEqual(['odd']);
    expect(await search('\\')).toEqual(['odd']);
    expect(await search("o'b")).toEqual(['odd']);
    expect(await search('1%')).toEqual([]);
    expect(await search('Norwegian Police ')).toEqual([]);
    await expect(search('\0')).rejects.toThrow('`filter.search` must be one line');
    expect(await search('')).toHaveLength(4);
    expect(await search('x'.repeat(200))).toEqual([]);
  });

  it('returns nothing of another country, and everything for an empty filter', async () => {
    await using police = await openTestPolice(kind, 'dk', 'facts');
    expect(await idsOf(police, { country: 'NO' })).toEqual([]);
    expect(await idsOf(police, { country: 'DK' })).toEqual(['nec', 'police']);
    expect(await idsOf(police, { country: null, on: null, search: null })).toEqual([
      'nec',
      'police',
    ]);
    expect(await idsOf(police, { country: 'DK', search: 'centre' })).toEqual(['nec']);
    const { policeUnit, other } = await police.read(
      '{ policeUnit(id: "no:police") { id } other: policeUnit(id: "police") { id } }',
    );
    expect([policeUnit, other]).toEqual([null, null]);
  });
});

describe.each([
  ...bothDatabases,
  // A partner’s response must not depend on the locale of its database.
  {
    name: 'Swedish PostgreSQL' as 'PostgreSQL',
    create: () => createPostgresDatabase({ locale: 'sv-SE' }),
    copyOf: copyPostgresDatabase,
  },
])('Query.policeUnits on $name', (kind) => {
  it('is ordered by country, name and id, by code points', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    const named = (id: string, name: string) => unitRow({ id: `no:${id}`, country: 'NO', name });
    await police.source.manager.insert(PoliceUnit, [
      named('9', '\u{1F46E}'),
      named('8', '\uFB01'),
      named('7', 'ł'),
      named('6', 'å'),
      named('5', 'Ä'),
      named('4', 'z'),
      named('3', 'a'),
      named('22', 'Z'),
      named('21', 'Z'),
      named('1', '-'),
    ]);
    const { policeUnits } = await police.read<{ policeUnits: { id: string }[] }>(
      '{ policeUnits { id } }',
    );
    expect(policeUnits.map(({ id }) => id.slice(3))).toEqual([
      '1',
      '21',
      '22',
      '3',
      '4',
      '5',
      '6',
      '7',
      '8',
      '9',
    ]);
  });
});
