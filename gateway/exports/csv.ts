import { markFormulas } from '@hub/shared/scalars';
import { stringify } from 'csv-stringify/sync';
import type { Column } from './choose-columns.js';

/** Between the values of a list. */
const listSeparator = '; ';

function writeCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(writeCell).join(listSeparator);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return markFormulas(typeof value === 'string' ? value : JSON.stringify(value));
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
