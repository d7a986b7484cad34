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

/** What a spreadsheet runs a text for that begins with it, and what it may pass over before it looks. */
const signs = '=+\\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20';
const passedOver = '[\\s"\'\\p{Cf}\\p{Cc}]';
const mark = new RegExp(`^'(?=[\\t\\r\\n]|${passedOver}*[${signs}])`, 'u');
const separator = /[;\t\v\f\r\n\u0085\u2028\u2029]/;
const run = new RegExp(`[;\\s"'\\p{Cf}\\p{Cc}]+`, 'gu');
const isSign = new RegExp(`[${signs}]`, 'u');

/** A mark inside a text is the last of a run that holds a separator and ends before a sign. */
const withoutMarksInside = (text: string): string =>
  text.replace(run, (before: string, at: number) => {
    const isMarked =
      before.endsWith("'") &&
      isSign.test(text.charAt(at + before.length)) &&
      separator.test(before);
    return isMarked ? before.slice(0, -1) : before;
  });

/** The text of a cell, without the space around it and without the marks that an export of the hub’s has put in. */
export const cleanText = (text: string): string =>
  withoutMarksInside(text.trim().replace(mark, '')).trim();

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '');
