import { markFormulas } from '../../../../shared/graphql/scalars/formula-marks.ts';

/** What a cell of a CSV file may be. Whatever is null is an empty cell. */
export type CsvCell = string | number | boolean | null | undefined;

/** Programs guess the encoding of a CSV file. With this mark they do not have to. */
const byteOrderMark = '\uFEFF';

/** A cell that no spreadsheet runs as a formula, quoted where RFC 4180 asks for it. */
function writeCell(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? markFormulas(value) : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as a CSV file (RFC 4180). The first row has the names of the columns. */
export const writeCsvFile = (rows: readonly (readonly CsvCell[])[]): string =>
  byteOrderMark + rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('');
