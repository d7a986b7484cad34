import { describe, expect, it } from 'vitest';
import { atEvent, contactOf } from '../testing/rows.ts';
import { keyOf, NetworkReader, type ContactRow } from './network.ts';

function read(...rows: ContactRow[]) {
  const reader = new NetworkReader();
  for (const row of rows) reader.add([row]);
  return reader.read();
}

describe('reading contacts', () => {
  it('makes one party of all rows that name it, and one event of all evidence', () => {
    const { actors, contacts } = read(
      contactOf('dk:a', 'lt:b', atEvent('e1', '2010')),
      contactOf('dk:a', 'no:c', atEvent('e1', '2010')),
    );
    expect(actors.map(({ id }) => id)).toEqual(['dk:a', 'lt:b', 'no:c']);
    expect(actors.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(contacts[0]?.ends[0]).toBe(contacts[1]?.ends[0]);
    expect(contacts[0]?.evidence[0]?.occasion).toBe(contacts[1]?.evidence[0]?.occasion);
  });

  it('makes a country of the rows in which all parties of a country count as one', () => {
    const row = { ...contactOf('dk:a', 'lt:b', atEvent('e1', '2010')), parties: [] };
    const { actors, contacts } = read({ ...row, countries: ['DK', 'LT'] });
    expect(actors).toMatchObject([
      { id: 'DK', kind: 'Country', country: 'DK', name: null },
      { id: 'LT', kind: 'Country', country: 'LT', name: null },
    ]);
    expect(contacts[0]?.key).toBe(keyOf('LT', 'DK'));
  });

  it('keeps a party whose owner is away, without a name', () => {
    const row = contactOf('fi:a', 'lt:b', atEvent('e1', '2010'));
    const parties = row.parties.map((party) => party && { ...party, name: null });
    expect(read({ ...row, parties }).actors).toMatchObject([
      { id: 'fi:a', name: null, folded: 'fi:a' },
      { id: 'lt:b', name: null },
    ]);
  });

  it('counts a contact with a party that is gone, and draws no end for it', () => {
    const row = contactOf('fi:a', 'lt:b', atEvent('e1', '2010'));
    expect(read({ ...row, parties: [row.parties[0] ?? null, null] })).toEqual({
      actors: [expect.objectContaining({ id: 'fi:a' })],
      contacts: [],
      lost: 1,
    });
  });

  it('knows the first day of a withheld visit, and not which visit it was', () => {
    const visit = {
      basis: 'VISIT' as const,
      on: '2025-03',
      source: null,
      isRehearsal: true,
      event: null,
      visit: null,
      programme: null,
    };
    expect(read(contactOf('fi:a', 'lt:b', visit)).contacts[0]?.evidence).toEqual([
      {
        basis: 'VISIT',
        on: '2025-03',
        source: null,
        isRehearsal: true,
        occasion: undefined,
        firstDay: '2025-03-01',
        lastDay: '2025-03-31',
      },
    ]);
  });
});
