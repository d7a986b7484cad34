import { describe, expect, it } from 'vitest';
import { relocate } from './relocate-path.js';

const [dk, ee, fi] = [{ id: 'dk' }, { id: 'ee' }, { id: 'fi' }];

describe('relocate', () => {
  it('finds a row of a list at its place in the merged list', () => {
    expect(relocate([0, 'name'], [fi], [dk, ee, fi])).toEqual([2, 'name']);
  });

  it('finds a row of a connection under its response key', () => {
    const merged = { nodes: [dk, fi], edges: [{ node: dk }, { node: fi }] };
    expect(relocate(['nodes', 0, 'name'], { nodes: [fi] }, merged)).toEqual(['nodes', 1, 'name']);
    const own = { edges: [merged.edges[1]] };
    expect(relocate(['edges', 0, 'node', 'name'], own, merged)).toEqual([
      'edges',
      1,
      'node',
      'name',
    ]);
  });

  it('returns undefined for a row that was cut off', () => {
    expect(relocate(['nodes', 1, 'name'], { nodes: [dk, fi] }, { nodes: [dk] })).toBeUndefined();
  });

  it('reads a merged list once, however many errors its rows have', () => {
    let looks = 0;
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id }));
    const merged = new Proxy([...rows], {
      get(target, name, receiver): unknown {
        if (/^\d+$/.test(String(name))) looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const newIndexOf = (row: number) => relocate([row, 'name'], rows, merged)?.[0];
    expect(rows.map(({ id }) => newIndexOf(id))).toEqual(rows.map(({ id }) => id));
    expect(looks).toBe(1_000);
  });

  it('leaves a path that leads to no row as it is', () => {
    expect(relocate([], null, [])).toEqual([]);
    expect(relocate(['totalCount'], {}, {})).toEqual(['totalCount']);
    expect(relocate([0, 'name'], null, null)).toEqual([0, 'name']);
  });
});
