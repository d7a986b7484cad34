import { extname } from 'node:path';
import { BadCell, cleanText, isBlank, letterOf, type Cell, type SheetRow } from './cell.js';
import { UnreadableFile, type Fault } from './fault.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './xlsx/read-xlsx.js';

const mostRows = 1_000_000;

/** A file to import. */
export interface ImportFile {
  readonly path: string;
  /** The sheet of a workbook. @default the first */
  readonly sheet?: string;
}

/** A row’s cells by the names of their columns; columns that the file lacks are not in it. */
export interface NamedRow {
  readonly number: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/**
 * Names are the same in any case, and whatever separates their words: `targetGroup` is `Target group`. An export calls
 * `unit` by its way in the graph, `unit.id`, and `participants` `participants.value`.
 */
const fold = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.(id|code|value)$/, '')
    .replace(/[\s._-]+/g, '');

function readSheet({ path, sheet }: ImportFile): AsyncGenerator<SheetRow> {
  const extension = extname(path).toLowerCase();
  if (extension === '.xlsx') return readXlsx(path, sheet);
  if (extension !== '.csv') throw new UnreadableFile('is neither .csv nor .xlsx');
  if (sheet !== undefined) throw new UnreadableFile('has no sheets: it is no .xlsx workbook');
  return readCsv(path);
}

/** Which column each place of the header names. What names none is told by its letter: it may be no header at all. */
function readHeader(
  cells: readonly Cell[],
  columns: readonly string[],
  report: (fault: Fault) => void,
): (string | undefined)[] {
  const found = new Set<string>();
  const faults: Fault[] = [];
  const header = cells.map((cell, index) => {
    if (isBlank(cell)) return undefined;
    const asked = cell instanceof BadCell ? undefined : fold(cleanText(cell));
    const name = columns.find((column) => fold(column) === asked);
    const isSecond = name !== undefined && found.has(name);
    if (name !== undefined && !isSecond) {
      found.add(name);
      return name;
    }
    const fault = isSecond ? `is a second column ${name}` : `is none of ${columns.join(', ')}`;
    faults.push({ row: 1, column: letterOf(index), fault });
    return undefined;
  });
  if (found.size === 0) throw new UnreadableFile(`is no header: ${columns.join(', ')}`, 1);
  for (const column of columns) {
    if (!found.has(column)) faults.push({ row: 1, column, fault: 'is missing' });
  }
  for (const fault of faults) report(fault);
  return header;
}

function nameCells(
  { number, cells }: SheetRow,
  header: readonly (string | undefined)[],
  headerCells: readonly Cell[],
  report: (fault: Fault) => void,
): NamedRow {
  const named = new Map<string, Cell>();
  header.forEach((name, index) => {
    if (name !== undefined) named.set(name, cells[index] ?? '');
  });
  cells.forEach((cell, index) => {
    if (isBlank(cell) || !isBlank(headerCells[index])) return;
    report({ row: number, column: letterOf(index), fault: 'has no name in row 1' });
  });
  return { number, cells: named };
}

/**
 * The rows of a file of which at least one cell is filled, with their cells by the names that row 1 gives them. What is
 * wrong with the header, and values outside its columns, are reported.
 * @throws {@link UnreadableFile} where reading cannot go on
 */
export async function* readTable(
  file: ImportFile,
  columns: readonly string[],
  report: (fault: Fault) => void,
): AsyncGenerator<NamedRow> {
  let headerCells: readonly Cell[] | undefined;
  let header: readonly (string | undefined)[] = [];
  for await (const row of readSheet(file)) {
    if (!headerCells) {
      if (row.number !== 1) break;
      headerCells = row.cells;
      header = readHeader(row.cells, columns, report);
    } else if (!row.cells.every(isBlank)) {
      if (row.number > mostRows) {
        const most = mostRows.toLocaleString('en');
        throw new UnreadableFile(`there are more than ${most} rows: split the file`, row.number);
      }
      yield nameCells(row, header, headerCells, report);
    }
  }
  if (!headerCells) throw new UnreadableFile(`is no header: ${columns.join(', ')}`, 1);
}
