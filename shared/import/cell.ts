import { unmarkFormulas } from '../scalars/formula-marks.js';

/** A cell that has no text to read: why. */
export class BadCell {
  constructor(readonly fault: string) {}
}

export type Cell = string | BadCell;

/** What a spreadsheet program lets a cell hold, and so the longest cell of any file. */
export const longestCell = 32_767;

/** A row’s columns: those of a table that people fill in are far fewer. */
export const mostColumns = 1_000;

/** A row’s characters. */
export const longestRow = 1_000_000;

const inWords = (count: number): string => count.toLocaleString('en');

export const tooLongCell = new BadCell(`is longer than ${inWords(longestCell)} characters`);
export const tooLongRow = `is longer than ${inWords(longestRow)} characters`;
export const tooManyColumns = `has more than ${inWords(mostColumns)} columns`;

/** One row of a sheet, numbered as a spreadsheet numbers it. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** `A` for 0, `AA` for 26. */
export function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

/** The text of a cell, without the space around it and without the marks that an export of the hub’s has put in. */
export const cleanText = (text: string): string => unmarkFormulas(text.trim()).trim();

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');
