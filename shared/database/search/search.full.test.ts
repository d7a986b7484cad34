// cspell:disable: words of many languages
import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../../testing/databases.js';
import { openThings, Thing, thing } from '../test-things.js';
import { containsText, toSearchText } from './search.js';

/** Longer than SQLite’s LIKE allows. */
const long = 'x'.repeat(100_000);
const texts = ['Rigspolitiet', 'ÅLAND', 'Łódź', '100%_\\', "O'Brien", 'РУССКИЙ, Орёл', 'Bodo'];

describe.each(bothDatabases)('containsText on $name', (kind) => {
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
    ['русскии', []],
    ['орел', [5]],
    ['ОРЁЛ', [5]],
    ['aland', [1]],
    ['lodz', [2]],
    ['bodø', [6]],
    ['R%t', []],
    ['\0', []],
    ['', [0, 1, 2, 3, 4, 5, 6]],
    ['a text of 100,000 letters', [], long],
  ])(
    'finds %s literally, in any case, with marks or without',
    async (label, expected, term = label) => {
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
    },
  );
});

describe('toSearchText', () => {
  it('leaves out what is null, and keeps its parts apart', () => {
    expect(toSearchText('Ab', null, undefined, 'c')).toBe('ab\nc');
  });
});
