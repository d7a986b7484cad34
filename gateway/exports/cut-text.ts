import { longest } from '@hub/shared/scalars';

/** The sign at the end of a text that is not whole. */
const sign = '…';

/**
 * A text as a calendar or a map gets it: what is longer than any free text is cut, and ends with `…`. A partner may hold
 * such a text, but a program that shows it in one line need not.
 */
export function cutText(text: string): string {
  if (text.length <= longest.freeText) return text;
  const cut = text.slice(0, longest.freeText - sign.length);
  // Half a character is none.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${sign}`;
}
