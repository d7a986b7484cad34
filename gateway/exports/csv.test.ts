import { markFormulas } from '@hub/shared/scalars';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeHeader, writeRows } from './csv.js';

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
