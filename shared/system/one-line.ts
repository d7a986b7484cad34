/**
 * Control characters, line and paragraph separators, half surrogate pairs, and characters that turn,
 * hide or join what stands beside them: U+202E shows a text from right to left.
 */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

/** Whether a text is one line that shows all that is in it. */
export const isOneLine = (text: string): boolean => !unseen.test(text);

/** The rule of {@link isOneLine}, in words that follow the name of what has the text. */
export const oneLineRule = 'must be one line, without control or format characters.';
