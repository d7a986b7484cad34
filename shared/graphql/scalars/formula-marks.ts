/** Characters that start a formula, with those that spreadsheets treat like them. */
const signs = '=+\\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20';
/** Characters that a spreadsheet may skip before a formula. */
const passedOver = '\\s"\'\\p{Cf}\\p{Cc}';
const formula = `(?:'*[\\t\\r\\n]|[${passedOver}]*[${signs}])`;
const begins = new RegExp(`^${formula}`, 'u');
const mark = new RegExp(`^'(?=${formula})`, 'u');
/**
 * A program with `;` or tabs as separators does not know the quotes of a CSV file, so it starts
 * cells and rows in the middle of a text. The whole run before a sign is matched at once, so that
 * the time is linear.
 */
const separator = /[;\t\v\f\r\n\u0085\u2028\u2029]/;
const run = new RegExp(`[;${passedOver}]+`, 'gu');
const isSign = new RegExp(`[${signs}]`, 'u');
const plainNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Replaces each run that another program may treat as the end of a cell before a formula. */
const replaceRuns = (text: string, replace: (before: string) => string): string =>
  text.replace(run, (before: string, at: number) =>
    isSign.test(text.charAt(at + before.length)) && separator.test(before)
      ? replace(before)
      : before,
  );

/**
 * Adds an apostrophe before texts that a spreadsheet would run. Plain numbers, also negative ones,
 * stay unchanged.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function markFormulas(text: string): string {
  if (plainNumber.test(text)) return text;
  const inside = replaceRuns(text, (before) => `${before}'`);
  return begins.test(text) ? `'${inside}` : inside;
}

/** Removes the apostrophes that {@link markFormulas} added. */
export const unmarkFormulas = (text: string): string =>
  replaceRuns(text.replace(mark, ''), (before) =>
    before.endsWith("'") ? before.slice(0, -1) : before,
  );
