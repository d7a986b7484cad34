import { unmarkFormulas } from '../graphql/scalars/formula-marks.js';

/** A cell without a readable text, and the reason. */
export class BadCell {
  constructor(readonly fault: string) {}
}

export type Cell = string | BadCell;

/** The longest cell of a spreadsheet program, and so of any file. */
export const longestCell = 32_767;

/** The most columns of a row. Tables that people fill in have far fewer. */
export const mostColumns = 1_000;

/** The most characters of a row. */
export const longestRow = 1_000_000;

const inWords = (count: number): string => count.toLocaleString('en');

export const tooLongCell = new BadCell(`is longer than ${inWords(longestCell)} characters`);
export const tooLongRow = `is longer than ${inWords(longestRow)} characters`;
export const tooManyColumns = `has more than ${inWords(mostColumns)} columns`;

/** One row of a sheet, with its number as in a spreadsheet. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** `A` for 0, `AA` for 26. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** The trimmed text of a cell, without the marks that an export of the hub adds. */
export const cleanText = (text: string): string => unmarkFormulas(text.trim()).trim();

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');
