import type { GraphError } from '../../../client/send-operation.ts';
import { writeCsvFile, type CsvCell } from '../../../parts/csv.ts';
import { readCell, type Cell, type ListRow } from './find-lists.ts';

const listSeparator = '; ';

/** Objects and lists inside a value have no columns of their own. */
const toCell = (value: unknown): CsvCell =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as CsvCell);

function readCsvCell(cell: Cell): CsvCell {
  if (cell.kind === 'value') return toCell(cell.value);
  if (cell.kind === 'list')
    return cell.values.map((value) => toCell(value) ?? '').join(listSeparator);
  return undefined;
}

/** The rows as CSV. Whatever is null is an empty cell. */
export const writeCsv = (
  rows: readonly ListRow[],
  columns: readonly string[],
  errors: readonly GraphError[],
): string =>
  writeCsvFile([
    columns,
    ...rows.map((row) => columns.map((column) => readCsvCell(readCell(row, column, errors)))),
  ]);
