import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../identity/index.js';
import { checkMayPick, showCount, showParts } from './people-count.js';

const analyst: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'dk-analyst',
  role: 'analyst',
  purpose: undefined,
};

const toNobody = { reader: anonymous, countThreshold: 5 };
const toSomebody = { reader: analyst, countThreshold: 5 };

const few = { value: null, atLeast: 0, atMost: 4 };
const many = { value: null, atLeast: 5, atMost: null };
const exactly = (value: number) => ({ value, atLeast: value, atMost: value });

describe('showCount', () => {
  it('withholds none as it withholds few', () => {
    expect([0, 1, 4].map((count) => showCount(count, toNobody))).toEqual([few, few, few]);
    expect(showCount(5, toNobody)).toEqual(exactly(5));
  });

  it('withholds nothing from those who may see the people, and nothing with a threshold of 1', () => {
    expect(showCount(1, toSomebody)).toEqual(exactly(1));
    expect(showCount(1, { ...toNobody, countThreshold: 1 })).toEqual(exactly(1));
  });
});

describe('showParts', () => {
  it('withholds the first other count where one alone would follow from the total', () => {
    expect(showParts([12, 3, 6, 8], toNobody)).toEqual([many, few, exactly(6), exactly(8)]);
  });

  it('withholds another where few are nearly all at their highest', () => {
    expect(showParts([4, 4, 20], toNobody)).toEqual([few, few, many]);
    expect(showParts([1, 2, 20], toNobody)).toEqual([few, few, exactly(20)]);
  });

  it('has nothing to add where all are withheld, or none', () => {
    expect(showParts([4, 4], toNobody)).toEqual([few, few]);
    expect(showParts([5, 9], toNobody)).toEqual([exactly(5), exactly(9)]);
    expect(showParts([3], toNobody)).toEqual([few]);
    expect(showParts([12, 3], toSomebody)).toEqual([exactly(12), exactly(3)]);
  });

  it('lets nobody who knows the method and the total tell how few people there are', () => {
    const sizes = Array.from({ length: 13 }, (_, size) => size);
    const tables = sizes.flatMap((a) => sizes.flatMap((b) => sizes.map((c) => [a, b, c])));
    const alike = new Map<string, number[][]>();
    for (const table of tables) {
      const total = table.reduce((sum, count) => sum + count, 0);
      const seen = JSON.stringify([total, showParts(table, toNobody)]);
      alike.set(seen, [...(alike.get(seen) ?? []), table]);
    }
    const told = [...alike.values()].filter((same) =>
      [0, 1, 2].some((part) => {
        const possible = new Set(same.map((table) => table[part] ?? 0));
        const [only = 0] = possible;
        return possible.size === 1 && only > 0 && only < 5;
      }),
    );
    // A whole of few people alone tells of itself; and no table near the end of these sizes has all its neighbours here.
    const isInside = (table: readonly number[]) =>
      table.some((count) => count >= 5) && table.every((count) => count < 12);
    expect(told.filter((same) => same.some(isInside))).toEqual([]);
  });
});

describe('checkMayPick', () => {
  it('lets those alone pick people out who may see them', () => {
    expect(() => checkMayPick([null, undefined], toNobody)).not.toThrow();
    expect(() => checkMayPick([null, ['nbnp:g']], toSomebody)).not.toThrow();
    expect(() => checkMayPick([null, ['nbnp:g']], toNobody)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    );
  });
});
