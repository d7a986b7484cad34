import { describe, expect, it } from 'vitest';
import { atEvent, contactOf } from '../testing/rows.ts';
import { filterNetwork, noFilter } from './filter.ts';
import { sizeActors, type Measure } from './measures.ts';
import { NetworkReader } from './network.ts';

// A star of three around lt:b, one contact of which has more evidence, and two elsewhere.
const reader = new NetworkReader();
reader.add([
  contactOf('dk:a', 'lt:b', atEvent('e1', '2010'), atEvent('e2', '2011')),
  contactOf('lt:b', 'no:c', atEvent('e3', '2010')),
  contactOf('lt:b', 'se:d', atEvent('e4', '2010')),
  contactOf('ee:e', 'fi:f', atEvent('e5', '2000')),
]);
const network = reader.read();

function sizesBy(measure: Measure, filter = noFilter, betweenness?: ReadonlyMap<string, number>) {
  const sizes = sizeActors(network, filterNetwork(network, filter), measure, betweenness);
  return Object.fromEntries(network.actors.map(({ id, index }) => [id, sizes[index]]));
}

/** The radius, whose area over the least grows with the part of the largest. */
const sizeOf = (part: number) => expect.closeTo(4 + 12 * Math.sqrt(part), 5);

describe('sizeActors', () => {
  it('shows by area with how many others a party is in contact', () => {
    const leaf = sizeOf(1 / 3);
    expect(sizesBy('contacts')).toEqual({
      'lt:b': sizeOf(1),
      'dk:a': leaf,
      'no:c': leaf,
      'se:d': leaf,
      'ee:e': leaf,
      'fi:f': leaf,
    });
  });

  it('shows how often a party met others: 4 times, 2, 1', () => {
    expect(sizesBy('evidence')).toEqual({
      'lt:b': sizeOf(1),
      'dk:a': sizeOf(2 / 4),
      'no:c': sizeOf(1 / 4),
      'se:d': sizeOf(1 / 4),
      'ee:e': sizeOf(1 / 4),
      'fi:f': sizeOf(1 / 4),
    });
  });

  it('counts only what the filter leaves: those without any contact are the smallest', () => {
    const sizes = sizesBy('evidence', { ...noFilter, from: '2011' });
    expect(sizes).toMatchObject({ 'lt:b': sizeOf(1), 'dk:a': sizeOf(1), 'no:c': sizeOf(0) });
  });

  it('shows the betweenness that the graph has computed, and all alike until it has come', () => {
    // Of a star of four, all three shortest paths between leaves lead through its middle.
    const sizes = sizesBy('betweenness', noFilter, new Map([['lt:b', 3]]));
    expect(sizes).toMatchObject({ 'lt:b': sizeOf(1), 'dk:a': sizeOf(0), 'ee:e': sizeOf(0) });
    const alike = sizesBy('same');
    expect(sizesBy('betweenness')).toEqual(alike);
    expect(new Set(Object.values(alike))).toEqual(new Set([4]));
  });
});
