/** What a number of a sheet means: a date of this precision, or not a date. */
export type DatePrecision = 'YEAR' | 'MONTH' | 'DAY' | 'TIME';

/** The built-in formats of workbooks, by number. */
const builtIn = new Map<number, DatePrecision>([
  ...[14, 15, 16, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, 'DAY'] as const,
  ),
  [17, 'MONTH'],
  [55, 'MONTH'],
  [56, 'MONTH'],
  [22, 'TIME'],
]);

/**
 * The literal parts of a format: quoted and escaped characters, padding, colours and conditions.
 */
const literal = /"[^"]*"|\\.|_.|\*.|\[[^\][]*\]/g;

/**
 * The precision of a date format. Undefined for other formats. `2009-09`, typed into a spreadsheet,
 * becomes the first of the month, shown as month and year: only the month was meant.
 */
export function datePrecisionOf(id: number, code?: string): DatePrecision | undefined {
  if (code === undefined) return builtIn.get(id);
  const [shown = ''] = code.replace(literal, '').toLowerCase().split(';');
  if (/general|[0#?@]/.test(shown)) return undefined;
  if (shown.includes('d')) return shown.includes('h') ? 'TIME' : 'DAY';
  if (!/[ye]/.test(shown)) return undefined;
  return shown.includes('m') ? 'MONTH' : 'YEAR';
}

const dayMs = 86_400_000;
const lengths = { YEAR: 4, MONTH: 7, DAY: 10 } as const;

/**
 * The ISO date of a spreadsheet’s day number. Undefined if there is none.
 * @param from1904 whether the workbook counts from 1904, as old Macintosh ones do
 */
export function toIsoDate(
  serial: number,
  precision: DatePrecision,
  from1904: boolean,
): string | undefined {
  // Spreadsheets count 29 February 1900, which did not exist, so earlier days are one day off.
  const shift = from1904 ? 1_462 : serial < 60 ? 1 : 0;
  const instant = new Date(Date.UTC(1899, 11, 30) + Math.round((serial + shift) * dayMs));
  if (serial < 0 || Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > 9_999) {
    return undefined;
  }
  const text = instant.toISOString();
  if (precision !== 'TIME') return text.slice(0, lengths[precision]);
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19);
}
