import { describe, expect, it } from 'vitest';
import { atEvent, contactOf, palette } from '../testing/rows.ts';
import { filterNetwork, noFilter } from './filter.ts';
import { groupActors, type Colouring } from './grouping.ts';
import { NetworkReader, type ContactRow } from './network.ts';

function groupBy(rows: readonly ContactRow[], colouring: Colouring) {
  const reader = new NetworkReader();
  reader.add(rows);
  const network = reader.read();
  const { colourOf, groups } = groupActors(filterNetwork(network, noFilter), colouring, palette);
  return {
    colours: Object.fromEntries(network.actors.map((actor) => [actor.id, colourOf(actor)])),
    groups: groups.map(({ colour, label }) => [colour, /\d+/.exec(label)?.[0]]),
  };
}

const met = atEvent('e1', '2010');
/** Everybody in a circle is in contact with everybody else of it. */
const circle = (...ids: string[]): ContactRow[] =>
  ids.flatMap((one, at) => ids.slice(at + 1).map((other) => contactOf(one, other, met)));

describe('groupActors', () => {
  it('gives the largest country the first colour, and countries of one size the colours by their codes', () => {
    const rows = circle('dk:a', 'lt:b', 'lt:c', 'ee:d');
    expect(groupBy(rows, 'country')).toEqual({
      colours: { 'lt:b': '#h0', 'lt:c': '#h0', 'dk:a': '#h1', 'ee:d': '#h2' },
      groups: [
        ['#h0', '2'],
        ['#h1', '1'],
        ['#h2', '1'],
      ],
    });
  });

  it('counts the countries for which there are no colours as one group, the last', () => {
    const rows = circle('dk:a', 'dk:b', 'ee:a', 'fi:a', 'is:a', 'lt:a');
    const { colours, groups } = groupBy(rows, 'country');
    expect(groups).toEqual([
      ['#h0', '2'],
      ['#h1', '1'],
      ['#h2', '1'],
      [palette.edge, '2'],
    ]);
    expect(colours).toMatchObject({ 'is:a': palette.edge, 'lt:a': palette.edge });
  });

  it('colours two circles that one contact connects as two communities, whatever their countries', () => {
    const rows = [
      ...circle('dk:a', 'ee:b', 'fi:c', 'is:d'),
      ...circle('dk:e', 'ee:f', 'fi:g'),
      contactOf('is:d', 'dk:e', met),
    ];
    const { colours, groups } = groupBy(rows, 'community');
    expect(groups).toEqual([
      ['#h0', '4'],
      ['#h1', '3'],
    ]);
    for (const id of ['dk:a', 'ee:b', 'fi:c', 'is:d']) expect(colours[id]).toBe('#h0');
    for (const id of ['dk:e', 'ee:f', 'fi:g']) expect(colours[id]).toBe('#h1');
  });

  it('colours kinds as the style sheet says', () => {
    const { colours } = groupBy(circle('dk:a', 'lt:b'), 'kind');
    expect(colours).toEqual({ 'dk:a': palette.kinds.Organisation, 'lt:b': '#2' });
  });
});
