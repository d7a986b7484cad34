import { describe, expect, it } from 'vitest';
import { readState, writeState, type PageState } from './address.ts';
import { noFilter } from './filter.ts';

const queryOf = (address: string) =>
  Object.fromEntries(new URL(address, 'https://hub.example').searchParams);

describe('the address of the network page', () => {
  const usual = readState({});

  it('is short while everything is as usual', () => {
    expect(writeState(usual)).toBe('/network');
    expect(usual.filter).toEqual(noFilter);
  });

  it.each<[string, Partial<PageState>]>([
    [
      'a filter',
      {
        filter: {
          ...noFilter,
          search: 'å & b',
          country: 'NO',
          kind: 'Office',
          from: '2010',
          to: '2010-10',
        },
      },
    ],
    ['no basis at all', { filter: { ...noFilter, bases: [] } }],
    ['all bases', { filter: { ...noFilter, bases: [...noFilter.bases, 'MEMBERSHIP'] } }],
    [
      'how it is drawn',
      { view: 'map', level: 'COUNTRY', colour: 'community', size: 'betweenness' },
    ],
    ['a contact', { chosen: { type: 'contact', key: 'dk:a lt:b' } }],
    ['a city', { chosen: { type: 'city', id: 'NO Bodø' } }],
    [
      'chains and a comparison',
      { pathFrom: 'dk:a', pathTo: 'lt:b', compareOn: '2010', rehearsals: true },
    ],
  ])('has %s, and gives it back', (_, change) => {
    const state = { ...usual, ...change };
    expect(readState(queryOf(writeState(state)))).toEqual(state);
  });

  it('takes the usual where somebody has written what the page does not know', () => {
    const written = { view: 'x', level: 'x', colour: 'x', size: 'x', kind: 'Country', via: 'x' };
    expect(readState(written)).toEqual({ ...usual, filter: { ...noFilter, bases: [] } });
  });
});
