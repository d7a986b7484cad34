import { longest } from '@hub/shared/scalars';

/** The sign at the end of a text that is not whole. */
const sign = '…';

/**
 * A text for a calendar or a map. A text longer than free text may be is cut, and ends with `…`. A partner may store such
 * a text, but a program that shows it in one line does not need it whole.
 */
export function cutText(text: string): string {
  if (text.length <= longest.freeText) return text;
  const cut = text.slice(0, longest.freeText - sign.length);
  // Do not leave half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${sign}`;
}
