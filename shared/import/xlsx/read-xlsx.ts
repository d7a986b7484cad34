import {
  BadCell,
  longestCell,
  longestRow,
  mostColumns,
  tooLongCell,
  tooLongRow,
  tooManyColumns,
  type Cell,
  type SheetRow,
} from '../cell.js';
import { UnreadableFile } from '../fault.js';
import { toIsoDate } from './number-format.js';
import { openWorkbookParts } from './workbook-parts.js';
import { decodeEscapes, readWorkbook, type Workbook } from './workbook.js';
import type { PartReader } from './xml-part.js';

/** The most rows of a sheet in a spreadsheet program. */
const mostSheetRows = 1_048_576;
const tooManyRows = `is followed by too many rows. A sheet has at most ${mostSheetRows.toLocaleString('en')}`;

/** A place that cannot be read, or that comes twice: a value would be lost. */
const wrongPlace =
  'has, or is followed by, a place that is not in order. Open the file in a spreadsheet and save it';

/** The index of the column of `AB12`. -1 if it is not one. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.match(/^[A-Z]{1,3}/)?.[0] ?? '') {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
}

interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly value: string | undefined;
  readonly hasFormula: boolean;
}

function writeNumber(value: string): Cell {
  if (/^-?\d+$/.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? String(number) : new BadCell('is not a number');
}

function readNumber(value: string, style: number, { styles, from1904 }: Workbook): Cell {
  const precision = styles[style];
  if (precision === undefined) return writeNumber(value);
  return toIsoDate(Number(value), precision, from1904) ?? new BadCell('is not a date');
}

function readCell({ type, style, value, hasFormula }: RawCell, workbook: Workbook): Cell {
  if (value === undefined) {
    return hasFormula
      ? new BadCell('is a formula without a value. Open the file in a spreadsheet and save it')
      : '';
  }
  if (value.length > longestCell) return tooLongCell;
  switch (type) {
    case 's':
      return (
        workbook.strings[Number(value)] ?? new BadCell('has no text, because the file is damaged')
      );
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'e':
      return new BadCell('is an error of a formula');
    case 'str':
    case 'inlineStr':
      return decodeEscapes(value);
    case 'd':
      return value.replace(/T00:00:00(\.0+)?$/, '');
    default:
      return readNumber(value, style, workbook);
  }
}

/** Parses the rows of a sheet into a list. */
function createSheetReader(workbook: Workbook, rows: SheetRow[]): PartReader {
  const inside: string[] = [];
  let number = 0;
  let cells: Cell[] = [];
  let column = -1;
  let cell = { type: 'n', style: 0, hasFormula: false };
  let value: string | undefined;
  /**
   * Characters of the row so far. Shared texts are in memory once, however many cells have them.
   */
  let length = 0;
  return {
    open(name, { r = '', t = 'n', s = '0' }) {
      inside.push(name);
      if (name === 'row') {
        const next = r === '' ? number + 1 : Number(r);
        if (!(next > number)) throw new UnreadableFile(wrongPlace, number || undefined);
        if (next > mostSheetRows) throw new UnreadableFile(tooManyRows, number || undefined);
        number = next;
        cells = [];
        column = -1;
        length = 0;
      } else if (name === 'c') {
        const next = r === '' ? column + 1 : columnOf(r);
        if (next <= column) throw new UnreadableFile(wrongPlace, number);
        if (next >= mostColumns) throw new UnreadableFile(tooManyColumns, number);
        column = next;
        cell = { type: t, style: Number(s), hasFormula: false };
        value = undefined;
      } else if (name === 'f') {
        cell.hasFormula = true;
      }
    },
    text(text) {
      const at = inside.at(-1);
      const isValue =
        at === 'v' || (at === 't' && inside.includes('is') && !inside.includes('rPh'));
      if (!isValue) return;
      length += text.length;
      if (length > longestRow) throw new UnreadableFile(tooLongRow, number);
      value = (value ?? '') + text;
    },
    close(name) {
      inside.pop();
      if (name === 'c') {
        while (cells.length < column) cells.push('');
        cells[column] = readCell({ ...cell, value }, workbook);
      }
      if (name === 'row') rows.push({ number, cells });
    },
  };
}

/**
 * Reads the rows of a sheet of an XLSX workbook: dates in ISO 8601, and the results of formulas.
 * The sheet is streamed, and the shared texts of its cells are in memory.
 * @param sheet @default the first
 * @throws {@link UnreadableFile} if it is not a workbook, is too large, or does not have this sheet
 */
export async function* readXlsx(path: string, sheet?: string): AsyncGenerator<SheetRow> {
  await using parts = await openWorkbookParts(path);
  const workbook = await readWorkbook(parts, sheet);
  const rows: SheetRow[] = [];
  const steps = parts.read(workbook.sheet, createSheetReader(workbook, rows), 'sheet');
  for await (const _ of steps) yield* rows.splice(0);
}
