import { stringify } from 'csv-stringify/sync';
import type { Column } from './choose-columns.js';

/** Signs that make a formula of what they begin, with those that spreadsheets take for them. */
const signs = '=+\\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20';
/** What a spreadsheet may pass over before it looks. */
const passedOver = '[\\s"\'\\p{Cf}\\p{Cc}]';
const begins = new RegExp(`^(?:[\\t\\r\\n]|${passedOver}*[${signs}])`, 'u');
/**
 * A program that separates cells by `;` or tabs does not know these quotes: for it, cells and rows begin in the middle of
 * a text. The whole run before a sign is matched at once, so that no text takes more time than its length.
 */
const separator = /[;\t\v\f\r\n\u0085\u2028\u2029]/;
const run = new RegExp(`[;\\s"'\\p{Cf}\\p{Cc}]+`, 'gu');
const isSign = new RegExp(`[${signs}]`, 'u');
const plainNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * Puts an apostrophe before what a spreadsheet would run. Plain numbers, also negative ones, stay what they are.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function escapeText(text: string): string {
  if (plainNumber.test(text)) return text;
  const inside = text.replace(run, (before: string, at: number) => {
    const next = text.charAt(at + before.length);
    return isSign.test(next) && separator.test(before) ? `${before}'` : before;
  });
  return begins.test(text) ? `'${inside}` : inside;
}

/** Between the values of a list. */
const listSeparator = '; ';

function writeCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(writeCell).join(listSeparator);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return escapeText(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The value at the end of a column’s way, null where the way ends before; of a list, all of them. */
function readCell(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value) && path.length > 0) return value.map((item) => readCell(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null) return null;
  return readCell((value as Readonly<Record<string, unknown>>)[name], rest);
}

/** Writes lines as RFC 4180 has them. */
const writeLines = (lines: readonly (readonly string[])[]): string =>
  stringify(
    lines.map((line) => [...line]),
    {
      record_delimiter: '\r\n',
      // The library quotes a text for whole line ends alone.
      quoted_match: /[\r\n]|^\s|\s$/,
      // A line with nothing on it would be no row to many readers.
      quoted_empty: lines[0]?.length === 1,
    },
  );

export const byteOrderMark = '\uFEFF';

export const writeHeader = (columns: readonly Column[]): string =>
  writeLines([columns.map(({ name }) => name)]);

export function writeRows(rows: readonly unknown[], columns: readonly Column[]): string {
  return writeLines(rows.map((row) => columns.map(({ path }) => writeCell(readCell(row, path)))));
}
