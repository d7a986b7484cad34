import { describe, expect, it } from 'vitest';
import { relocate } from './relocate-path.js';

const [dk, ee, fi] = [{ id: 'dk' }, { id: 'ee' }, { id: 'fi' }];

describe('relocate', () => {
  it('finds the row of a list where the join has put it', () => {
    expect(relocate([0, 'name'], [fi], [dk, ee, fi])).toEqual([2, 'name']);
  });

  it('finds the row of a connection by the part in which it was asked', () => {
    const joined = { nodes: [dk, fi], edges: [{ node: dk }, { node: fi }] };
    expect(relocate(['nodes', 0, 'name'], { nodes: [fi] }, joined)).toEqual(['nodes', 1, 'name']);
    const own = { edges: [joined.edges[1]] };
    expect(relocate(['edges', 0, 'node', 'name'], own, joined)).toEqual([
      'edges',
      1,
      'node',
      'name',
    ]);
  });

  it('says nothing of a row that was cut', () => {
    expect(relocate(['nodes', 1, 'name'], { nodes: [dk, fi] }, { nodes: [dk] })).toBeUndefined();
  });

  it('goes through a joined list once, however many errors its rows have', () => {
    let looks = 0;
    const rows = Array.from({ length: 1_000 }, (_, id) => ({ id }));
    const joined = new Proxy([...rows], {
      get(target, name, receiver): unknown {
        if (/^\d+$/.test(String(name))) looks += 1;
        return Reflect.get(target, name, receiver);
      },
    });
    const placeOf = (row: number) => relocate([row, 'name'], rows, joined)?.[0];
    expect(rows.map(({ id }) => placeOf(id))).toEqual(rows.map(({ id }) => id));
    expect(looks).toBe(1_000);
  });

  it('leaves what is of no row as it is', () => {
    expect(relocate([], null, [])).toEqual([]);
    expect(relocate(['totalCount'], {}, {})).toEqual(['totalCount']);
    expect(relocate([0, 'name'], null, null)).toEqual([0, 'name']);
  });
});
