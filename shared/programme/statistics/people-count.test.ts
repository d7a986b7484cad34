import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymous, type Reader } from '../../identity/reader.js';
import type { Role } from '../../identity/token.js';
import {
  checkMayPick,
  countKnown,
  createTable,
  showBeside,
  showCount,
  showParts,
  type PeopleCount,
} from './people-count.js';

const somebody = (organisation: string, role: Role): Reader => ({
  kind: 'person',
  organisation,
  subject: `${organisation}-${role}`,
  role,
  purpose: undefined,
});

const toNobody = { reader: anonymous, partner: 'dk', countThreshold: 5 };
const toSomebody = { ...toNobody, reader: somebody('nbnp', 'coordinator') };

const few = { value: null, atLeast: 0, atMost: 4 };
const many = { value: null, atLeast: 5, atMost: null };
const exactly = (value: number) => ({ value, atLeast: value, atMost: value });

describe('showCount', () => {
  it('hides zero as it hides a few', () => {
    expect([0, 1, 4].map((count) => showCount(count, toNobody))).toEqual([few, few, few]);
    expect(showCount(5, toNobody)).toEqual(exactly(5));
  });

  it('hides nothing from callers who may see the people, and nothing with a threshold of 1', () => {
    expect(showCount(1, toSomebody)).toEqual(exactly(1));
    expect(showCount(1, { ...toNobody, countThreshold: 1 })).toEqual(exactly(1));
  });
});

describe('counts of the people of an organisation', () => {
  const roles: readonly Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
  const everybody = ['dk', 'nbnp', 'ncm', 'fi'].flatMap((organisation) =>
    roles.map((role) => somebody(organisation, role)),
  );
  const readAll = (partner: string) =>
    everybody
      .filter((reader) => showCount(1, { ...toNobody, partner, reader }).value === 1)
      .map((reader) => reader.kind === 'person' && reader.subject);

  it('are exact for its own staff and auditors, and for the staff of the network', () => {
    const ofNetwork = ['nbnp-coordinator', 'nbnp-liaison', 'nbnp-service'];
    expect(readAll('dk')).toEqual([
      'dk-coordinator',
      'dk-liaison',
      'dk-auditor',
      'dk-service',
      ...ofNetwork,
    ]);
    // Its groups are people of others.
    expect(readAll('nbnp')).toEqual(ofNetwork);
  });

  it('are for all others what they are for nobody, however the people are picked', () => {
    const table = [
      [7, 3, 12, 0],
      [6, 3, 12, 0],
      [2, 2, 5, 0],
    ];
    const shownTo = (reader: Reader) => {
      const context = { ...toNobody, reader };
      const shown: PeopleCount[][] = [];
      for (const counts of table) shown.push(showParts(counts, context, shown));
      let mayPick = true;
      try {
        checkMayPick([['nbnp:g']], context);
      } catch {
        mayPick = false;
      }
      return { shown, beside: showBeside(11, 12, context), mayPick };
    };
    const exact = new Set(readAll('dk'));
    const others = everybody.filter((one) => one.kind === 'person' && !exact.has(one.subject));
    expect(others).toHaveLength(13);
    for (const other of others) expect(shownTo(other)).toEqual(shownTo(anonymous));
  });
});

describe('countKnown', () => {
  const threshold = { countThreshold: 5 };

  it('is the count if nothing is hidden', () => {
    expect(countKnown(9, 9, threshold)).toBe(9);
    expect(countKnown(0, 0, threshold)).toBe(0);
  });

  it('is a range if that includes the hidden rest', () => {
    expect(countKnown(1, 4, threshold)).toBe(1);
  });

  it('reveals nothing if more than the threshold may be hidden', () => {
    expect(countKnown(1, 5, threshold)).toBeUndefined();
    expect(countKnown(8, 9, threshold)).toBeUndefined();
  });
});

describe('showParts', () => {
  it('hides the first other count if a single hidden one would follow from the total', () => {
    expect(showParts([12, 3, 6, 8], toNobody)).toEqual([many, few, exactly(6), exactly(8)]);
  });

  it('hides another count if the hidden ones are nearly all at their maximum', () => {
    expect(showParts([4, 4, 20], toNobody)).toEqual([few, few, many]);
    expect(showParts([1, 2, 20], toNobody)).toEqual([few, few, exactly(20)]);
    // Two hidden counts of 0 to 4 that add up to 5 are not 0. If they add up to 4, they may be.
    expect(showParts([3, 2, 20], toNobody)).toEqual([few, few, many]);
    expect(showParts([2, 2, 20], toNobody)).toEqual([few, few, exactly(20)]);
  });

  it('hides nothing more if all are hidden, or none', () => {
    expect(showParts([4, 4], toNobody)).toEqual([few, few]);
    expect(showParts([5, 9], toNobody)).toEqual([exactly(5), exactly(9)]);
    expect(showParts([3], toNobody)).toEqual([few]);
    expect(showParts([12, 3], toSomebody)).toEqual([exactly(12), exactly(3)]);
  });

  it('does not reveal few people to somebody who knows the method and the total', () => {
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
    // A whole with few people reveals them by itself. Tables near these limits lack some of their
    // neighbours here.
    const isInside = (table: readonly number[]) =>
      table.some((count) => count >= 5) && table.every((count) => count < 12);
    expect(told.filter((same) => same.some(isInside))).toEqual([]);
  });
});

/** A table by its columns, in the order in which they are shown. */
type Table = readonly (readonly number[])[];

const showTable = (table: Table): PeopleCount[][] => {
  const shown: PeopleCount[][] = [];
  for (const counts of table) shown.push(showParts(counts, toNobody, shown));
  return shown;
};

const totalOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** The figures of people in a table: its counts, and the differences of two counts of a row. */
function figuresOf(table: Table): Map<string, number> {
  const figures = new Map<string, number>();
  table.forEach((counts, column) =>
    counts.forEach((count, row) => {
      figures.set(`${column} of ${row}`, count);
      table.slice(0, column).forEach((others, other) => {
        figures.set(`${other} less ${column} of ${row}`, Math.abs((others[row] ?? 0) - count));
      });
    }),
  );
  return figures;
}

/**
 * The tables of which the published one, and other knowledge, leave no doubt about a figure of 1 to
 * 4 people.
 */
function findTelling(tables: readonly Table[], known: (table: Table) => unknown): Table[] {
  const alike = new Map<string, Table[]>();
  for (const table of tables) {
    const seen = JSON.stringify([known(table), showTable(table)]);
    alike.set(seen, [...(alike.get(seen) ?? []), table]);
  }
  return [...alike.values()].flatMap((same) => {
    const possible = new Map<string, Set<number>>();
    for (const table of same) {
      for (const [name, figure] of figuresOf(table)) {
        possible.set(name, (possible.get(name) ?? new Set()).add(figure));
      }
    }
    const isTold = [...possible.values()].some((figures) => {
      const [only = 0] = figures;
      return figures.size === 1 && only > 0 && only < 5;
    });
    return isTold ? same.slice(0, 1) : [];
  });
}

const upTo = (most: number) => Array.from({ length: most + 1 }, (_, count) => count);

/** Pairs of a count and the count of a part of it. */
const parts = (most: number) =>
  upTo(most).flatMap((whole) => upTo(whole).map((part) => [whole, part]));

describe('two counts of a row', () => {
  it('are not shown together if their difference is 1 to 4: the second is hidden', () => {
    expect(showTable([[7], [6]])).toEqual([[exactly(7)], [many]]);
    expect(showTable([[12], [7]])).toEqual([[exactly(12)], [exactly(7)]]);
    expect(showTable([[7], [7]])).toEqual([[exactly(7)], [exactly(7)]]);
    expect(showTable([[9], [9], [7]])).toEqual([[exactly(9)], [exactly(9)], [many]]);
  });

  it('are shown if the other is hidden itself, or few are no secret', () => {
    const one = { value: null, atLeast: 0, atMost: 1 };
    expect(showParts([2], { ...toNobody, countThreshold: 2 }, [[one]])).toEqual([exactly(2)]);
    const toAll = { ...toNobody, countThreshold: 1 };
    expect(showParts([4], toAll, [[exactly(5)]])).toEqual([exactly(4)]);
  });

  it('are hidden also if they are equal and the difference could be derived', () => {
    expect(showTable([[6], [5]])).toEqual(showTable([[6], [6]]));
  });

  it('reveal no figure of 1 to 4 to somebody who knows the method', () => {
    const tables = parts(16).flatMap(([whole = 0, part = 0]) =>
      upTo(16).map((third) => [[whole], [part], [third]]),
    );
    expect(findTelling(tables, () => undefined)).toEqual([]);
  });

  it('reveal no figure of 1 to 4 with other rows', () => {
    const rows = parts(10);
    const tables = rows.flatMap(([a = 0, b = 0]) =>
      rows.map(([c = 0, d = 0]) => [
        [a, c],
        [b, d],
      ]),
    );
    expect(findTelling(tables, () => undefined)).toEqual([]);
  });

  it('are within the shown ranges, and never differ by 1 to 4, in any small population', () => {
    // Who is nominated, accepted and has reported, by target group.
    const person = fc.record({ row: fc.nat(4), isMember: fc.boolean(), reports: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 60 }), (people) => {
        const count = (weigh: (one: (typeof people)[number]) => number) =>
          upTo(4).map((row) => totalOf(people.filter((one) => one.row === row).map(weigh)));
        const members = ({ isMember }: (typeof people)[number]) => Number(isMember);
        const table = [count(() => 1), count((one) => members(one) * one.reports), count(members)];
        const shown = showTable(table);
        const exact = figuresOf(shown.map((column) => column.map(({ value }) => value ?? NaN)));
        const told = [...exact].filter(([, figure]) => figure > 0 && figure < 5);
        expect(told).toEqual([]);
        shown.forEach((column, index) =>
          column.forEach(({ atLeast, atMost }, row) => {
            const truth = table[index]?.[row];
            expect(truth).toBeGreaterThanOrEqual(atLeast);
            expect(truth).toBeLessThanOrEqual(atMost ?? Infinity);
          }),
        );
      }),
    );
  });
});

describe('createTable', () => {
  const createColumns = (context: typeof toNobody) =>
    createTable(['a', 'b', 'c', 'd'], context, {
      nominated: () => Promise.resolve(new Map(Object.entries({ a: 9, b: 7, c: 11 }))),
      members: () => Promise.resolve(new Map(Object.entries({ a: 9, b: 6, c: 11 }))),
      reports: () => Promise.resolve(new Map([['b', undefined]])),
      expected: () => Promise.reject(new Error('The network does not say.')),
    });

  it('shows a column depending on the columns before it, whichever are selected', async () => {
    const { members } = createColumns(toNobody);
    const shown = await Promise.all(['a', 'b', 'c', 'd'].map(members));
    expect(shown).toEqual([many, many, exactly(11), few]);
    expect(await createColumns(toSomebody).members('b')).toEqual(exactly(6));
  });

  it('hides an unknown count, and fails only for a column that fails', async () => {
    const { reports, expected, nominated } = createColumns(toNobody);
    expect(await reports('b')).toEqual({ value: null, atLeast: 0, atMost: null });
    await expect(expected('a')).rejects.toThrow('does not say');
    expect(await nominated('b')).toEqual(exactly(7));
  });

  it('counts each column once, and for those who may see the people no other column', async () => {
    let counted = 0;
    const columns = {
      lost: () => Promise.reject(new Error('lost')),
      kept: () => {
        counted += 1;
        return Promise.resolve(new Map([['a', 3]]));
      },
    };
    const toSome = createTable(['a', 'b'], toSomebody, columns);
    expect(await Promise.all(['a', 'b', 'a'].map(toSome.kept))).toEqual([3, 0, 3].map(exactly));
    expect(counted).toBe(1);
    await expect(createTable(['a', 'b'], toNobody, columns).kept('a')).rejects.toThrow('lost');
    await expect(toSome.kept('c')).rejects.toThrow('Unknown row c.');
  });
});

describe('showBeside', () => {
  it('hides a count from which the open one would reveal a few', () => {
    const show = (count: number, all: number) => showBeside(count, all, toNobody);
    expect([show(12, 12), show(12, 20)]).toEqual([exactly(12), exactly(12)]);
    expect([show(11, 12), show(8, 12)]).toEqual([many, many]);
    expect([show(0, 0), show(4, 12), show(0, 12)]).toEqual([few, few, few]);
    expect(showBeside(11, 12, toSomebody)).toEqual(exactly(11));
  });
});

describe('checkMayPick', () => {
  it('lets only callers who may see people filter by them', () => {
    expect(() => checkMayPick([null, undefined], toNobody)).not.toThrow();
    expect(() => checkMayPick([null, ['nbnp:g']], toSomebody)).not.toThrow();
    expect(() => checkMayPick([null, ['nbnp:g']], toNobody)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    );
  });
});
