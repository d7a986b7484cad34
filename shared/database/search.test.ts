import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { testDatabases } from '../testing/index.js';
import { containsText, fold, toSearchText } from './search.js';
import { openThings, Thing, thing } from './test-things.js';

/** More than SQLite’s LIKE would take. */
const long = 'x'.repeat(100_000);
const texts = ['Rigspolitiet', 'ÅLAND', 'Łódź', '100%_\\', "O'Brien", 'РУССКИЙ'];

describe.each(testDatabases)('containsText on $name', (kind) => {
  it.each<[label: string, expected: number[], term?: string]>([
    ['rigs', [0]],
    ['POLITI', [0]],
    ['åland', [1]],
    ['a\u030Aland', [1]],
    ['łÓDŹ', [2]],
    ['%', [3]],
    ['_', [3]],
    ['\\', [3]],
    ["o'b", [4]],
    ['русский', [5]],
    ['R%t', []],
    ['\0', []],
    ['', [0, 1, 2, 3, 4, 5]],
    ['a text of 100,000 letters', [], long],
  ])('finds %s literally, in any case', async (label, expected, term = label) => {
    const rows = texts.map((text, index) =>
      thing({ id: String(index), searchText: toSearchText(text) }),
    );
    await using things = await openThings(kind, rows);
    const query = things.source
      .getRepository(Thing)
      .createQueryBuilder('thing')
      .orderBy('thing.id');
    const found = await containsText(query, 'searchText', term).getMany();
    expect(found.map(({ id }) => Number(id))).toEqual(expected);
  });
});

describe('toSearchText', () => {
  it('leaves out what is null, and keeps its parts apart', () => {
    expect(toSearchText('Ab', null, undefined, 'c')).toBe('ab\nc');
  });
});

describe('fold', () => {
  const timeOf = (text: string) => {
    const startedAt = performance.now();
    fold(text);
    return performance.now() - startedAt;
  };

  it('takes time by the length of a text, however many marks are on one letter', () => {
    const marks = (count: number) => `a${'\u0301\u0327'.repeat(count)}`;
    timeOf(marks(100));
    const plain = timeOf('á'.repeat(60_000)) + timeOf('a\u0301'.repeat(60_000));
    expect(timeOf(marks(60_000)) / plain).toBeLessThan(200);
  });

  it('composes what any language puts on a letter', () => {
    expect(fold('Zalgo e\u0328\u0301 ệ')).toBe(fold('Zalgo e\u0301\u0328 e\u0323\u0302'));
  });
});
