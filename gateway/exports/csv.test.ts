import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, writeHeader, writeRows } from './csv.js';

const column = (name: string) => ({ name, path: name.split('.'), lists: 0 });

describe('escapeText', () => {
  it.each([
    '=1+1',
    '+45 33 14 88 88',
    '-2+3+cmd|" /C calc"!A0',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\n1',
    '  =1',
    '"=1',
    "'=1",
    '\u200B=1',
    '\uFEFF@x',
    '\u00A0=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '−1',
    '-',
    '--5',
    '-5kr',
    '+5',
  ])('puts an apostrophe before %j', (text) => {
    expect(escapeText(text)).toBe(`'${text}`);
  });

  it.each(['-5', '-0.25', '1e5', '-1.5E-3', 'a-b', 'a=b', 'nbnp:a-1', '', 'x; y', "O'Hara"])(
    'leaves %j as it is',
    (text) => {
      expect(escapeText(text)).toBe(text);
    },
  );

  it('puts one where a spreadsheet with another separator would begin a cell', () => {
    expect(escapeText('da;=1+1')).toBe("da;'=1+1");
    expect(escapeText('a\n "=x\r@y')).toBe("a\n \"'=x\r'@y");
    expect(escapeText('\n=x')).toBe("'\n'=x");
    expect(escapeText('\t=x')).toBe("'\t'=x");
  });

  it.each(['\t', '\t\t', ' \t ', ';\u200B', '\v', '\f', '\u0085', '\u2028', `;${' '.repeat(500)}`])(
    'puts one before a formula that %j separates from what is before it',
    (before) => {
      expect(escapeText(`da${before}=1+1`)).toBe(`da${before}'=1+1`);
    },
  );

  it.each(['a =b', 'a\u00A0-b', 'a "+" b'])('puts none inside %j: no cell begins there', (text) => {
    expect(escapeText(text)).toBe(text);
  });

  it.each(['\n', '; ', "'", '\n ', ' '])(
    'takes time by the length of a text that is %j again and again',
    (part) => {
      const timeOf = (text: string) => {
        const startedAt = performance.now();
        escapeText(text);
        return performance.now() - startedAt;
      };
      const length = 1_000_000;
      const least = (text: string) => Math.min(...[1, 2, 3].map(() => timeOf(text)));
      const plain = least('x;'.repeat(length / 2));
      expect(least(`x${part.repeat(length / part.length)}`) / plain).toBeLessThan(20);
    },
  );
});

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

  it('joins what is on the way through lists', () => {
    const rows = [{ parts: [{ id: 1 }, null, { id: 3 }] }];
    expect(writeRows(rows, [column('parts.id')])).toBe('1; ; 3\r\n');
  });

  it('keeps a row of one empty cell', () => {
    expect(writeRows([{ a: null }, { a: '' }], [column('a')])).toBe('""\r\n""\r\n');
  });

  it('writes what any reader of CSV reads back', () => {
    const cell = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell })), (rows) => {
        const text = writeRows(rows, ['a', 'b'].map(column));
        const read = parse(text, { record_delimiter: '\r\n' });
        expect(read).toEqual(rows.map(({ a, b }) => [escapeText(a), escapeText(b)]));
      }),
    );
  });
});
