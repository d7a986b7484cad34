import { describe, expect, it } from 'vitest';
import { atEvent, contactOf } from '../testing/rows.ts';
import { listCities } from './cities.ts';
import { compareAt } from './compare.ts';
import {
  filterNetwork,
  isPartialDate,
  noFilter,
  toContactFilter,
  yearsOf,
  type NetworkFilter,
} from './filter.ts';
import { NetworkReader } from './network.ts';

const autumn = atEvent('autumn', '2009-09-13', {
  endsOn: '2009-09-16',
  title: 'Seminar in Klaipėda',
});
const year = atEvent('year', '2010', { city: 'Oslo', country: 'NO' });
const undated = atEvent('undated', null);
const represented = { ...atEvent('late', '2012-05-01'), basis: 'REPRESENTATION' as const };

const reader = new NetworkReader();
reader.add([
  contactOf('dk:nec', 'lt:bureau', autumn, year),
  contactOf('lt:bureau', 'no:kripos', year),
  contactOf('no:kripos', 'se:rps', undated),
  contactOf('dk:nec', 'se:rps', represented),
]);
const network = reader.read();

/** The contacts that a filter leaves, with the number of their evidence. */
const left = (filter: Partial<NetworkFilter>) =>
  filterNetwork(network, { ...noFilter, ...filter }).contacts.map(
    ({ contact, evidence }) => `${contact.key}: ${evidence.length}`,
  );

const all = [
  'dk:nec lt:bureau: 2',
  'lt:bureau no:kripos: 1',
  'no:kripos se:rps: 1',
  'dk:nec se:rps: 1',
];

describe('a filter', () => {
  it.each<[string, Partial<NetworkFilter>, string[]]>([
    ['nothing', {}, all],
    ['a country of one of the two', { country: 'DK' }, [all[0]!, all[3]!]],
    ['a kind that nobody has', { kind: 'Office' }, []],
    ['a kind', { kind: 'Organisation' }, all],
    ['one basis', { bases: ['REPRESENTATION'] }, [all[3]!]],
    ['no basis', { bases: [] }, []],
    ['a name, whatever its capitals', { search: ' KRIPOS' }, [all[1]!, all[2]!]],
    ['words in any order', { search: 'klaipeda in' }, ['dk:nec lt:bureau: 1']],
    ['words of which one is missing', { search: 'seminar oslo' }, []],
    ['a title, without its marks', { search: 'klaipeda' }, ['dk:nec lt:bureau: 1']],
  ])('by %s', (_name, filter, expected) => {
    expect(left(filter)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['2009', '2009', ['dk:nec lt:bureau: 1', all[2]!]],
    ['2009-09-16', '', [...all]],
    ['2009-09-17', '2010-01', ['dk:nec lt:bureau: 1', all[1]!, all[2]!]],
    ['2010-12-31', '2010-12-31', ['dk:nec lt:bureau: 1', all[1]!, all[2]!]],
    ['2011', '', [all[2]!, all[3]!]],
    ['', '2009-09-12', [all[2]!]],
    ['201', '', all],
  ])(
    'of the period from %j to %j leaves what lies in it, and what has no date',
    (from, to, expected) => {
      expect(left({ from, to })).toEqual(expected);
    },
  );

  it('leaves the parties of its contacts, with how many they are in contact', () => {
    const { actors } = filterNetwork(network, { ...noFilter, country: 'DK' });
    expect(actors.map(({ actor, degree }) => [actor.id, degree])).toEqual([
      ['dk:nec', 2],
      ['lt:bureau', 1],
      ['se:rps', 1],
    ]);
  });

  it('leaves the occasions of its contacts, with the number of contacts', () => {
    const { occasions } = filterNetwork(network, { ...noFilter, from: '2010', to: '2010' });
    expect(occasions.map(({ occasion, contacts }) => [occasion.id, contacts])).toEqual([
      ['year', 2],
      ['undated', 1],
    ]);
  });

  it('says the first and last date of the evidence that is left', () => {
    const { contacts } = filterNetwork(network, noFilter);
    expect(contacts.map(({ firstOn, lastOn }) => [firstOn, lastOn])).toEqual([
      ['2009-09-13', '2010'],
      ['2010', '2010'],
      [null, null],
      ['2012-05-01', '2012-05-01'],
    ]);
  });

  it('is sent to the graph without what the graph does not know', () => {
    expect(toContactFilter({ ...noFilter, search: 'x', kind: 'Office' }, 'PARTY', false)).toEqual({
      level: 'PARTY',
    });
    expect(
      toContactFilter(
        { ...noFilter, country: 'DK', from: '2010', to: '20', bases: ['EVENT'] },
        'COUNTRY',
        true,
      ),
    ).toEqual({
      level: 'COUNTRY',
      rehearsals: true,
      country: 'DK',
      from: '2010',
      via: ['EVENT'],
    });
  });

  it('names the bases to the graph if memberships are among them, which it does not count else', () => {
    const all = [...noFilter.bases, 'MEMBERSHIP'] as const;
    expect(noFilter.bases).not.toContain('MEMBERSHIP');
    expect(toContactFilter({ ...noFilter, bases: all }, 'PARTY', false)).toEqual({
      level: 'PARTY',
      via: all,
    });
    const swapped = [...noFilter.bases.slice(1), 'MEMBERSHIP'] as const;
    expect(toContactFilter({ ...noFilter, bases: swapped }, 'PARTY', false).via).toEqual(swapped);
  });
});

describe('before and after a date', () => {
  const { contacts } = filterNetwork(network, noFilter);

  it.each<[string, string[]]>([
    ['2009-09-13', ['after', 'after', 'undated', 'after']],
    ['2009-09-14', ['both', 'after', 'undated', 'after']],
    ['2011', ['before', 'before', 'undated', 'after']],
  ])('%s: each contact is on the side of its evidence', (date, expected) => {
    expect([...(compareAt(contacts, date)?.values() ?? [])]).toEqual(expected);
  });

  it('compares nothing without a whole date', () => {
    expect(compareAt(contacts, '')).toBeUndefined();
    expect(compareAt(contacts, '201')).toBeUndefined();
  });
});

describe('of a selection', () => {
  it('the cities are listed with their events and seats', () => {
    const { cities } = listCities(filterNetwork(network, noFilter), (country) => country);
    const { seats, events, ...city } = cities[0]!;
    expect(city).toEqual({ key: 'NO Oslo', city: 'Oslo', country: 'NO' });
    expect([cities.length, seats.length, events.length]).toEqual([1, 0, 1]);
  });

  it('the years are those of the evidence', () => {
    expect(yearsOf(network)).toEqual({ first: 2009, last: 2012 });
    expect(yearsOf({ actors: [], contacts: [], lost: 0 })).toBeUndefined();
  });
});

describe('a partial date', () => {
  it.each([
    ['2010', true],
    ['2010-02', true],
    ['2010-02-28', true],
    ['2010-02-31', false],
    ['2010-13', false],
    ['201', false],
    ['2010-1-1', false],
  ])('%s: %s', (text, expected) => {
    expect(isPartialDate(text)).toBe(expected);
  });
});
