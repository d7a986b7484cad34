import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMsOf } from '../../testing/cpu-time.js';
import { markFormulas, unmarkFormulas } from './formula-marks.js';

describe('markFormulas', () => {
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
  ])('adds an apostrophe before %j', (text) => {
    expect(markFormulas(text)).toBe(`'${text}`);
  });

  it.each(['-5', '-0.25', '1e5', '-1.5E-3', 'a-b', 'a=b', 'nbnp:a-1', '', 'x; y', "O'Hara"])(
    'leaves %j as it is',
    (text) => {
      expect(markFormulas(text)).toBe(text);
    },
  );

  it('adds one where a spreadsheet with another separator would start a cell', () => {
    expect(markFormulas('da;=1+1')).toBe("da;'=1+1");
    expect(markFormulas('a\n "=x\r@y')).toBe("a\n \"'=x\r'@y");
    expect(markFormulas('\n=x')).toBe("'\n'=x");
    expect(markFormulas('\t=x')).toBe("'\t'=x");
  });

  it.each(['\t', '\t\t', ' \t ', ';\u200B', '\v', '\f', '\u0085', '\u2028', `;${' '.repeat(500)}`])(
    'adds one before a formula after %j',
    (before) => {
      expect(markFormulas(`da${before}=1+1`)).toBe(`da${before}'=1+1`);
    },
  );

  it.each(['a =b', 'a\u00A0-b', 'a "+" b'])('adds none inside %j, where no cell starts', (text) => {
    expect(markFormulas(text)).toBe(text);
  });

  it.each(['\n', '; ', "'", '\n ', ' '])(
    'takes linear time for a text that repeats %j',
    async (part) => {
      const length = 1_000_000;
      const least = async (text: string) => {
        const times: number[] = [];
        for (let run = 0; run < 3; run += 1) times.push(await cpuMsOf(() => markFormulas(text)));
        return Math.min(...times);
      };
      const plain = await least('x;'.repeat(length / 2));
      expect((await least(`x${part.repeat(length / part.length)}`)) / plain).toBeLessThan(20);
    },
  );
});

describe('unmarkFormulas', () => {
  it('restores every marked text', () => {
    const unit = fc.constantFrom(
      "'",
      '"',
      ';',
      ' ',
      '\t',
      '\n',
      '=',
      '-',
      '＠',
      '5',
      'a',
      '\u200B',
      '😀',
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(unmarkFormulas(markFormulas(text))).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });
});
