import { describe, expect, it } from 'vitest';
import { compileMerge } from './compile-fetch.js';
import { collectRows, locateRows, mergeRows } from './tree.js';

const tree = () => ({
  one: { id: 1 },
  rows: [{ cells: [[{ id: 2 }], null, [{ id: 3 }, null]] }, null, { cells: null }],
});

describe('collectRows and locateRows', () => {
  const path = ['rows', '@', 'cells', '@', '@'];

  it('find the objects of a path, and the path of each', () => {
    const found = tree();
    const rows = collectRows(found, path);
    expect(rows).toEqual([{ id: 2 }, { id: 3 }]);
    const located: unknown[] = [];
    locateRows(found, path, (row, place) => located.push([row, place]));
    expect(located).toEqual([
      [{ id: 2 }, ['rows', 0, 'cells', 0, 0]],
      [{ id: 3 }, ['rows', 0, 'cells', 2, 0]],
    ]);
    locateRows(found, ['one'], (row, place) => expect([row, place]).toEqual([found.one, ['one']]));
    expect(collectRows(found, [])).toEqual([found]);
  });

  it('find nothing for missing values and inherited properties', () => {
    expect(collectRows(tree(), ['none', '@', 'x'])).toEqual([]);
    expect(collectRows(tree(), ['constructor'])).toEqual([]);
  });
});

describe('mergeRows', () => {
  it('merges objects and lists of equal length, and replaces other values', () => {
    const target = { a: { x: 1 }, list: [{ x: 1 }, null], other: [1], s: 1, n: { x: 1 } };
    mergeRows(target, {
      a: { y: 2 },
      list: [{ y: 2 }, { y: 3 }],
      other: [2, 3],
      s: 'text',
      n: null,
      none: undefined,
    });
    expect(target).toEqual({
      a: { x: 1, y: 2 },
      list: [{ x: 1, y: 2 }, { y: 3 }],
      other: [2, 3],
      s: 'text',
      n: null,
    });
    expect(Object.keys(target)).not.toContain('none');
  });

  it('treats special names as plain keys', () => {
    const target = { json: JSON.parse('{"__proto__":{"x":1}}') as object };
    mergeRows(target, { json: JSON.parse('{"__proto__":{"y":2}}') as object });
    expect(JSON.stringify(target)).toBe('{"json":{"__proto__":{"x":1,"y":2}}}');
    expect(Object.getPrototypeOf(target.json)).toBe(Object.prototype);
  });
});

describe('compileMerge', () => {
  const merge = compileMerge(['a', 'deep', 'constructor'], { characters: 0 });

  it('merges the keys that it was made for, and no others', () => {
    const target = { deep: { x: 1 }, a: 0 };
    merge(target, { a: null, deep: { y: 2 }, forged: 1 }, false);
    expect(target).toEqual({ a: null, deep: { x: 1, y: 2 } });
  });

  it('copies an entity that several objects get', () => {
    const entity = { deep: { list: [{ x: 1 }] } };
    const [first, second] = [{}, {}];
    merge(first, entity, false);
    merge(second, entity, true);
    mergeRows(second, { deep: { list: [{ y: 2 }] } });
    expect(first).toEqual({ deep: { list: [{ x: 1 }] } });
    expect(second).toEqual({ deep: { list: [{ x: 1, y: 2 }] } });
  });
});
