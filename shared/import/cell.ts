/** A cell that has no text to read: why. */
export class BadCell {
  constructor(readonly fault: string) {}
}

export type Cell = string | BadCell;

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

/** An export puts `'` before what a spreadsheet would run as a formula. */
const escaped = /^'(?=[=+\-@\t\r])/;

/** The text of a cell, without the space around it and without the mark of an export. */
export const cleanText = (text: string): string => text.trim().replace(escaped, '').trim();

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');
