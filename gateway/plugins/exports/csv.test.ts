import { markFormulas } from '@hub/shared/graphql';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwind, writeHeader, writeRows } from './csv.js';

const column = (name: string) => ({ name, path: name.split('.'), lists: 0 });

describe('writeRows', () => {
  it('writes lines that end with CRLF, and quotes what has to be quoted', () => {
    const columns = ['a', 'b.c'].map(column);
    const rows = [
      { a: 'x', b: { c: 'one, "two"' } },
      { a: 'line\nend', b: null },
      { a: -5, b: { c: [true, null, '=x'] } },
      null,
    ];
    expect(writeHeader(columns) + writeRows(rows, columns)).toBe(
      'a,b.c\r\nx,"one, ""two"""\r\n"line\nend",\r\n-5,true; ; \'=x\r\n,\r\n',
    );
  });

  it('joins the values of lists', () => {
    const rows = [{ parts: [{ id: 1 }, null, { id: 3 }] }];
    expect(writeRows(rows, [column('parts.id')])).toBe('1; ; 3\r\n');
  });

  it('keeps a row with one empty cell', () => {
    expect(writeRows([{ a: null }, { a: '' }], [column('a')])).toBe('""\r\n""\r\n');
  });

  it('writes CSV that can be parsed back', () => {
    const cell = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell })), (rows) => {
        const text = writeRows(rows, ['a', 'b'].map(column));
        const read = parse(text, { record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map(({ a, b }) => [markFormulas(a), markFormulas(b)]));
      }),
    );
  });
});

describe('unwind', () => {
  const row = {
    id: 'v',
    stops: [
      { day: 1, hosts: ['fi', 'ee'].map((id) => ({ id })) },
      { day: 2, hosts: [] },
      { day: 3, hosts: null },
      null,
    ],
  };
  const cells = (path: readonly string[], names: readonly string[]) =>
    writeRows(unwind(row, path), names.map(column));

  it('makes a row of each item, with what else the row has', () => {
    expect(cells(['stops'], ['id', 'stops.day'])).toBe('v,1\r\nv,2\r\nv,3\r\n');
  });

  it('follows lists in lists, and makes no row where there is no item', () => {
    expect(cells(['stops', 'hosts'], ['id', 'stops.day', 'stops.hosts.id'])).toBe(
      'v,1,fi\r\nv,1,ee\r\n',
    );
    expect(unwind(null, ['stops'])).toEqual([]);
  });

  it('leaves the row as it is without a path', () => {
    expect(unwind(row, [])).toEqual([row]);
  });
});
