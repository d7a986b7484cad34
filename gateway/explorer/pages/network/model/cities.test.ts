import { expect, it } from 'vitest';
import { atEvent, contactOf } from '../testing/rows.ts';
import { countDrawn } from './cities.ts';
import { filterNetwork, noFilter } from './filter.ts';
import { NetworkReader } from './network.ts';

const cityOf: Readonly<Record<string, string>> = {
  'dk:a': 'Aarhus',
  'dk:c': 'Aarhus',
  'lv:b': 'Riga',
};

it('counts whom a map shows, which contacts are lines, and whose city is unknown', () => {
  const rows = [
    contactOf('dk:a', 'lv:b', atEvent('one', '2009')),
    contactOf('dk:a', 'dk:c', atEvent('two', '2009')),
    contactOf('dk:a', 'no:d', atEvent('three', '2009')),
  ].map((row) => ({
    ...row,
    parties: row.parties.map((party) => party && { ...party, city: cityOf[party.id] ?? null }),
  }));
  const reader = new NetworkReader();
  reader.add(rows);
  const selection = filterNetwork(reader.read(), noFilter);
  const drawn = countDrawn(selection, ({ city }) => city ?? undefined);
  expect(drawn.parties).toBe(3);
  expect(drawn.contacts).toBe(1);
  expect(drawn.withoutCity.map(({ id }) => id)).toEqual(['no:d']);
});
