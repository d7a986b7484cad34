/** Signs that make a formula of what they begin, with those that spreadsheets take for them. */
const signs = '=+\\-@\u2212\uFE62\uFE63\uFE66\uFE6B\uFF0B\uFF0D\uFF1D\uFF20';
/** What a spreadsheet may pass over before it looks. */
const passedOver = '\\s"\'\\p{Cf}\\p{Cc}';
const formula = `(?:'*[\\t\\r\\n]|[${passedOver}]*[${signs}])`;
const begins = new RegExp(`^${formula}`, 'u');
const mark = new RegExp(`^'(?=${formula})`, 'u');
/**
 * A program that separates cells by `;` or tabs does not know the quotes of a CSV file: for it, cells and rows begin in the
 * middle of a text. The whole run before a sign is matched at once, so that no text takes more time than its length.
 */
const separator = /[;\t\v\f\r\n\u0085\u2028\u2029]/;
const run = new RegExp(`[;${passedOver}]+`, 'gu');
const isSign = new RegExp(`[${signs}]`, 'u');
const plainNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Replaces each run that another program may take for the end of a cell before a formula. */
const replaceRuns = (text: string, replace: (before: string) => string): string =>
  text.replace(run, (before: string, at: number) =>
    isSign.test(text.charAt(at + before.length)) && separator.test(before)
      ? replace(before)
      : before,
  );

/**
 * Puts an apostrophe before what a spreadsheet would run. Plain numbers, also negative ones, stay what they are.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function markFormulas(text: string): string {
  if (plainNumber.test(text)) return text;
  const inside = replaceRuns(text, (before) => `${before}'`);
  return begins.test(text) ? `'${inside}` : inside;
}

/** Takes out the apostrophes that {@link markFormulas} put in. */
export const unmarkFormulas = (text: string): string =>
  replaceRuns(text.replace(mark, ''), (before) =>
    before.endsWith("'") ? before.slice(0, -1) : before,
  );
