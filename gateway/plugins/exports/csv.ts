import { markFormulas } from '@hub/shared/graphql';
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

/**
 * The value at the end of a column’s path. Null if the path ends earlier. For a list, all values.
 */
function readCell(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value) && path.length > 0) return value.map((item) => readCell(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null) return null;
  return readCell((value as Readonly<Record<string, unknown>>)[name], rest);
}

/**
 * One row for each item of the list at the end of the path, with all else of the row. A row without
 * items has none. An empty path is the row itself.
 */
export function unwind(row: unknown, path: readonly string[]): readonly unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return [row];
  if (typeof row !== 'object' || row === null) return [];
  const values = [(row as Readonly<Record<string, unknown>>)[name]].flat();
  return values
    .filter((value) => value !== null && value !== undefined)
    .flatMap((value) => unwind(value, rest))
    .map((value) => ({ ...row, [name]: value }));
}

/** Writes lines of CSV (RFC 4180). */
const writeLines = (lines: readonly (readonly string[])[]): string =>
  stringify(
    lines.map((line) => [...line]),
    {
      record_delimiter: '\r\n',
      // The library itself quotes a text only if it has a complete line end.
      quoted_match: /[\r\n]|^\s|\s$/,
      // Many programs do not read an empty line as a row.
      quoted_empty: lines[0]?.length === 1,
    },
  );

export const byteOrderMark = '\uFEFF';

export const writeHeader = (columns: readonly Pick<Column, 'name' | 'path'>[]): string =>
  writeLines([columns.map(({ name }) => name)]);

export function writeRows(
  rows: readonly unknown[],
  columns: readonly Pick<Column, 'name' | 'path'>[],
): string {
  return writeLines(rows.map((row) => columns.map(({ path }) => writeCell(readCell(row, path)))));
}
