import { describe, expect, it } from 'vitest';
import { findCommunities, type Link } from './communities.ts';

/** All links among these nodes. */
const clique = (...nodes: number[]): Link[] =>
  nodes.flatMap((one, index) => nodes.slice(index + 1).map((other): Link => [one, other, 1]));

describe('findCommunities', () => {
  it('finds two circles of friends that one link connects', () => {
    const found = findCommunities(8, [...clique(0, 1, 2, 3), ...clique(4, 5, 6, 7), [3, 4, 1]]);
    expect([...found]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  it('finds the ring of 30 cliques of five, which its authors give as an example, by pairs at most', () => {
    const cliques = Array.from({ length: 30 }, (_, at) => {
      const first = at * 5;
      return [...clique(first, first + 1, first + 2, first + 3, first + 4)];
    });
    const ring = Array.from({ length: 30 }, (_, at): Link => [at * 5, ((at + 1) % 30) * 5 + 1, 1]);
    const found = findCommunities(150, [...cliques.flat(), ...ring]);
    for (let at = 0; at < 30; at += 1)
      expect(new Set(found.slice(at * 5, at * 5 + 5)).size, `clique ${at}`).toBe(1);
    const sizes = new Map<number, number>();
    for (const one of found) sizes.set(one, (sizes.get(one) ?? 0) + 1);
    expect(Math.max(...sizes.values())).toBeLessThanOrEqual(10);
  });

  it('weighs links: a strong one keeps two together, and nodes without links stay alone', () => {
    const found = findCommunities(5, [
      [0, 1, 9],
      [1, 2, 1],
      [2, 3, 9],
    ]);
    expect([...found]).toEqual([0, 0, 1, 1, 2]);
  });
});
