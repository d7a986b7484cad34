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

/** The name of a kind, and the names of its columns. */
export interface NamedColumns {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns that a file may lack. */
  readonly optional: readonly string[];
}

/** A row’s cells by the names of their columns, without columns that the file lacks. */
export interface NamedRow {
  readonly number: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/**
 * Names match in any case, and with any separators: `targetGroup` is `Target group`. An export
 * calls `unit` by its path in the schema, `unit.id`, and `participants` `participants.value`. If it
 * has a row for each item of a list, the path begins with the list: `hostings.unit.id`.
 */
function fold(name: string, kind = ''): string {
  const own = name.toLowerCase();
  const path = own.startsWith(`${kind.toLowerCase()}.`) ? own.slice(kind.length + 1) : own;
  return path.replace(/\.(id|code|value)$/, '').replace(/[\s._-]+/g, '');
}

function readSheet({ path, sheet }: ImportFile): AsyncGenerator<SheetRow> {
  const extension = extname(path).toLowerCase();
  if (extension === '.xlsx') return readXlsx(path, sheet);
  if (extension !== '.csv') throw new UnreadableFile('must be a .csv or .xlsx file');
  if (sheet !== undefined)
    throw new UnreadableFile('has no sheets, because it is not an .xlsx workbook');
  return readCsv(path);
}

/**
 * The column for each cell of the header. An unknown one is reported by its letter, because it may
 * not be a header at all.
 */
function readHeader(
  cells: readonly Cell[],
  { name: kind, columns, optional }: NamedColumns,
  report: (fault: Fault) => void,
): (string | undefined)[] {
  const found = new Set<string>();
  const faults: Fault[] = [];
  const header = cells.map((cell, index) => {
    if (isBlank(cell)) return undefined;
    const asked = cell instanceof BadCell ? undefined : fold(cleanText(cell), kind);
    const name = columns.find((column) => fold(column) === asked);
    const isSecond = name !== undefined && found.has(name);
    if (name !== undefined && !isSecond) {
      found.add(name);
      return name;
    }
    const fault = isSecond ? `is a second column ${name}` : `must be one of ${columns.join(', ')}`;
    faults.push({ row: 1, column: letterOf(index), fault });
    return undefined;
  });
  if (found.size === 0) throw new UnreadableFile(`must be a header: ${columns.join(', ')}`, 1);
  for (const column of columns) {
    if (!found.has(column) && !optional.includes(column))
      faults.push({ row: 1, column, fault: 'is missing' });
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
 * Reads the rows of a file that are not empty, with their cells by the names in row 1. Errors of
 * the header, and values outside its columns, are reported.
 * @throws {@link UnreadableFile} if the rest cannot be read
 */
export async function* readTable(
  file: ImportFile,
  named: NamedColumns,
  report: (fault: Fault) => void,
): AsyncGenerator<NamedRow> {
  let headerCells: readonly Cell[] | undefined;
  let header: readonly (string | undefined)[] = [];
  for await (const row of readSheet(file)) {
    if (!headerCells) {
      if (row.number !== 1) break;
      headerCells = row.cells;
      header = readHeader(row.cells, named, report);
    } else if (!row.cells.every(isBlank)) {
      if (row.number > mostRows) {
        const most = mostRows.toLocaleString('en');
        throw new UnreadableFile(`has more than ${most} rows. Split the file`, row.number);
      }
      yield nameCells(row, header, headerCells, report);
    }
  }
  if (!headerCells) throw new UnreadableFile(`must be a header: ${named.columns.join(', ')}`, 1);
}
